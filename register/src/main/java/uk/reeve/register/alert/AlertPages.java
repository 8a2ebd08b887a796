package uk.reeve.register.alert;

import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.SeeOther;

@Controller
public class AlertPages {

    private final Alerts alerts;

    AlertPages(Alerts alerts) {
        this.alerts = alerts;
    }

    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping("/alerts")
    Page alerts() {
        return Page.of("alert/alerts", new AlertList(alerts.told(200), Instant.now()));
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.EDITOR)
    @PostMapping("/alerts/{ref}/acknowledgement")
    View acknowledge(@PathVariable String ref) {
        alerts.acknowledge(ref);
        return SeeOther.to("/alerts").saying("You have acknowledged the alert");
    }

    /// @param alerts the newest first
    public record AlertList(List<Alerts.Told> alerts, Instant now) {

        public String answer() {
            long open = alerts.stream()
                    .filter(a -> !a.superseded() && a.kind().equals("exposed") && a.acknowledgedAt() == null)
                    .count();
            if (alerts.isEmpty()) {
                return "You have been told of nothing yet.";
            }
            return open == 0 ? "Every alert has been acknowledged." : open + " not acknowledged yet.";
        }
    }
}
