package uk.reeve.register.organisation;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.web.Page;

@Controller
public class MorePages {

    /// @param sentence what the page answers
    public record Link(String text, String href, String sentence) {}

    public record More(List<Link> links) {}

    @Allowed
    @GetMapping("/more")
    Page more() {
        Asker.Person person = Asking.person();
        boolean council = person.kind() == Asker.Kind.COUNCIL;
        List<Link> links = new ArrayList<>();
        if (council) {
            links.add(new Link(
                    "Services", "/services", "What residents lose when a system fails, and how grave that is"));
            links.add(new Link("What we tell you", "/account/alerts", "Which alerts come at once, and where to"));
        }
        links.add(new Link("Who is exposed?", "/who-is-exposed", "Where a flaw, a package or a product is"));
        links.add(new Link("Advisories", "/advisories", "What has become known"));
        if (person.may(Asker.Role.ADMINISTRATOR)) {
            links.add(new Link("People", "/organisation/people", "Who may do what for your organisation"));
            links.add(new Link("API keys", "/organisation/keys", "Which machines act for your organisation"));
            links.add(new Link(
                    "Who saw and changed our data", "/organisation/record", "The record of it, others' looks too"));
            if (council) {
                links.add(new Link("Deliveries", "/organisation/deliveries", "Whether what we sent you arrived"));
                links.add(new Link("Webhooks", "/organisation/webhooks", "Alerts for your own machines"));
            }
        }
        links.add(new Link("Your account", "/account", "How you sign in, and for whom you act"));
        return Page.of("organisation/more", new More(links));
    }
}
