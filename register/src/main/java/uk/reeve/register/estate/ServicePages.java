package uk.reeve.register.estate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.SeeOther;
import uk.reeve.register.web.Words;

@Controller
public class ServicePages {

    private final Services services;

    ServicePages(Services services) {
        this.services = services;
    }

    public record Model(List<Services.Row> services, boolean edits) {

        public String answer() {
            return services.isEmpty()
                    ? "No service is named yet. Name one on a system, and rank it here."
                    : "You named " + Words.count(services.size(), "service")
                            + ". Their criticality decides which exposures stand first.";
        }
    }

    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping("/services")
    Page list() {
        return Page.of(
                "estate/services", new Model(services.list(), Asking.person().may(Asker.Role.EDITOR)));
    }

    /// A field that is missing or no rank leaves its service as it is.
    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.EDITOR)
    @PostMapping("/services")
    View rank(Form form) {
        Map<UUID, Integer> ranks = new HashMap<>();
        for (Services.Row service : services.list()) {
            String rank = form.value("criticality-" + service.id());
            if (rank.matches("[1-4]")) {
                ranks.put(service.id(), Integer.parseInt(rank));
            }
        }
        return SeeOther.to("/services").saying(Words.count(services.rank(ranks), "service") + " ranked anew.");
    }
}
