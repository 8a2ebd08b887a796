package uk.reeve.register.alert;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;

@RestController
class AlertApi {

    private final Alerts alerts;

    AlertApi(Alerts alerts) {
        this.alerts = alerts;
    }

    record AlertList(List<Alerts.Told> alerts) {}

    /// What the asking council was told, the newest first; at most 1,000.
    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping("/api/v1/alerts")
    AlertList list() {
        return new AlertList(alerts.told(1_000));
    }
}
