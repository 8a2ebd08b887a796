package uk.reeve.register.alert;

import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.SeeOther;

@Controller
public class AlertPages {

    private final Alerts alerts;
    private final AlertDelivery delivery;

    AlertPages(Alerts alerts, AlertDelivery delivery) {
        this.alerts = alerts;
        this.delivery = delivery;
    }

    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping("/alerts")
    Page alerts() {
        return Page.of(
                "alert/alerts",
                new AlertList(
                        alerts.told(200),
                        delivery.on(),
                        administers(),
                        Asking.person().may(Asker.Role.EDITOR)));
    }

    private static boolean administers() {
        return Asking.person().may(Asker.Role.ADMINISTRATOR);
    }

    /// Where a mail leads: to what it tells of.
    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping("/alerts/{ref}")
    View one(@PathVariable String ref) {
        return SeeOther.to("/exposures/" + alerts.vulnerability(ref).orElseThrow(() -> Problem.NOT_FOUND.because("")));
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.EDITOR)
    @PostMapping("/alerts/{ref}/acknowledgement")
    View acknowledge(@PathVariable String ref) {
        alerts.acknowledge(ref);
        return SeeOther.to("/alerts").saying("You have acknowledged the alert");
    }

    /// @param alerts the newest first
    /// @param mail whether any leaves this register
    /// @param administers whether who looks may see deliveries and webhooks
    /// @param acknowledges whether who looks may acknowledge
    public record AlertList(List<Alerts.Told> alerts, boolean mail, boolean administers, boolean acknowledges) {

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
