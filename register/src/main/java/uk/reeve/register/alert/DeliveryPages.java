package uk.reeve.register.alert;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.SeeOther;
import uk.reeve.register.web.Words;

@Controller
public class DeliveryPages {

    private static final int MOST = 200;

    private final Deliveries deliveries;
    private final AlertDelivery delivery;
    private final Preferences preferences;

    DeliveryPages(Deliveries deliveries, AlertDelivery delivery, Preferences preferences) {
        this.deliveries = deliveries;
        this.delivery = delivery;
        this.preferences = preferences;
    }

    /// @param rows what failed first, then what waits
    /// @param mail whether any leaves this register
    public record Model(
            List<Deliveries.Row> rows, Deliveries.Totals totals, List<Preferences.OnCall> onCall, boolean mail) {

        public String answer() {
            if (rows.isEmpty()) {
                return "Nothing was to be sent in the last 30 days.";
            }
            if (totals.failed() > 0) {
                return Words.count(totals.failed(), "delivery", "deliveries") + " did not arrive in the last 30 days.";
            }
            if (totals.waiting() > 0 && !mail) {
                return "No mail leaves this register: alerts stand on its pages.";
            }
            return totals.waiting() > 0
                    ? Words.count(totals.waiting(), "delivery waits", "deliveries wait") + "; none has failed."
                    : "All " + Words.count(totals.sent(), "delivery", "deliveries") + " arrived in 30 days.";
        }

        public boolean most() {
            return rows.size() == MOST;
        }
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.ADMINISTRATOR)
    @GetMapping("/organisation/deliveries")
    Page list() {
        return Page.of(
                "alert/deliveries",
                new Model(deliveries.list(MOST), deliveries.totals(), preferences.onCall(), delivery.on()));
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.ADMINISTRATOR)
    @PostMapping("/organisation/deliveries/{id}/retry")
    View retry(@PathVariable UUID id) {
        if (!deliveries.again(id)) {
            throw Problem.NOT_FOUND.because("");
        }
        return SeeOther.to("/organisation/deliveries").saying("It is sent again now");
    }

    /// What became of a delivery, in words.
    ///
    /// @param mail whether any leaves this register
    public static String state(Deliveries.Row row, boolean mail) {
        boolean byMail = row.channel().equals("email");
        return switch (row.state()) {
            case "sent" -> "Arrived";
            case "failed" -> "Given up after " + Words.count(row.tries(), "try", "tries");
            default ->
                byMail && !mail
                        ? "On pages only: no mail leaves this register"
                        : row.tries() > 0
                                ? "Tried " + Words.count(row.tries(), "time") + "; again at "
                                        + Words.dateAndTime(row.dueAt())
                                : row.digest() ? "Goes at " + Words.dateAndTime(row.dueAt()) : "About to go";
        };
    }
}
