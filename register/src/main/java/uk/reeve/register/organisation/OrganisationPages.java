package uk.reeve.register.organisation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.SeeOther;
import uk.reeve.register.web.Words;

/// Who is on the register, for the installation's administrator.
@Controller
public class OrganisationPages {

    private static final int PAGE = 50;
    private static final Set<String> KINDS = Set.of("supplier", "coordinator", "researcher", "assessor", "operator");
    private static final List<String> NATIONS = List.of("England", "Wales", "Scotland", "Northern Ireland");

    private final Organisations organisations;
    private final Invitations invitations;

    OrganisationPages(Organisations organisations, Invitations invitations) {
        this.organisations = organisations;
        this.invitations = invitations;
    }

    /// @param next the address of the next page; null at the end
    public record OrganisationList(
            List<Organisations.Organisation> organisations,
            int councils,
            @Nullable String next,
            String q,
            Form form) {

        public String answer() {
            return !q.isBlank()
                    ? found() + " “" + q.strip() + "” in its name."
                    : councils == 0
                            ? "No council yet. 382 current UK councils are ready to import."
                            : Words.count(councils, "council") + " on the register.";
        }

        private String found() {
            int found = organisations.size();
            return next != null
                    ? "More than " + Words.count(found, "organisation has", "organisations have")
                    : found == 0 ? "No organisation has" : Words.count(found, "organisation has", "organisations have");
        }
    }

    /// @param link the invitation just made, shown this once
    public record One(
            Organisations.Organisation organisation,
            boolean standsAlone,
            List<Invitations.Waiting> waiting,
            @Nullable String link,
            Form form) {}

    @Allowed(to = Asker.Kind.ADMINISTRATOR)
    @GetMapping("/admin/organisations")
    Page list(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String after, Form form) {
        List<Organisations.Organisation> found = organisations.list(q, after, PAGE + 1);
        boolean more = found.size() > PAGE;
        List<Organisations.Organisation> page = more ? found.subList(0, PAGE) : found;
        String next = more
                ? "/admin/organisations?q=" + encoded(q) + "&after="
                        + encoded(page.getLast().name())
                : null;
        return Page.of(
                "organisation/organisations", new OrganisationList(page, organisations.councils(), next, q, form));
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    @Allowed(to = Asker.Kind.ADMINISTRATOR)
    @PostMapping("/admin/organisations")
    View add(Form form) {
        SetUp.required(form, "name", "Enter the organisation's name");
        if (!KINDS.contains(form.value("kind"))) {
            form.refuse("kind", "Choose what it is");
        }
        if (form.refused()) {
            return list("", "", form);
        }
        String slug = organisations.add(form.value("kind"), form.text("name"));
        return SeeOther.to("/admin/organisations/" + slug).saying(form.text("name") + " is on the register");
    }

    @Allowed(to = Asker.Kind.ADMINISTRATOR)
    @PostMapping("/admin/organisations/import")
    View importCouncils(Form form) {
        String nation = form.value("nation");
        if (!nation.equals("all") && !NATIONS.contains(nation)) {
            return list("", "", form.refuse("nation", "Choose which councils to import"));
        }
        int added = organisations.importCouncils(nation.equals("all") ? null : nation);
        return SeeOther.to("/admin/organisations")
                .saying(Words.count(added, "organisation") + " added, former councils among them");
    }

    @Allowed(to = Asker.Kind.ADMINISTRATOR)
    @GetMapping("/admin/organisations/{slug}")
    Page one(@PathVariable String slug, Form form) {
        return Page.of("organisation/organisation", one(find(slug), null, form));
    }

    /// Lets the first person in, who then invites the others.
    @Allowed(to = Asker.Kind.ADMINISTRATOR)
    @PostMapping("/admin/organisations/{slug}")
    View invite(@PathVariable String slug, Form form) {
        Organisations.Organisation organisation = find(slug);
        if (invitations.standsAlone(organisation.id())) {
            throw Problem.NOT_POSSIBLE.because(
                    "This organisation has an administrator of its own, who lets its people in. Nobody else does.");
        }
        SetUp.email(form);
        if (form.refused()) {
            return Page.of("organisation/organisation", one(organisation, null, form));
        }
        String link = invitations.invite(
                organisation.id(),
                organisation.name(),
                form.text("email"),
                Set.of("reader", "editor", "administrator"));
        return link == null
                ? SeeOther.to("/admin/organisations/" + slug)
                        .saying("The invitation is on its way to " + form.text("email"))
                : Page.of("organisation/organisation", one(organisation, link, Form.of(Map.of())));
    }

    private One one(Organisations.Organisation organisation, @Nullable String link, Form form) {
        return new One(
                organisation,
                invitations.standsAlone(organisation.id()),
                invitations.waiting(organisation.id()),
                link,
                form);
    }

    private Organisations.Organisation find(String slug) {
        return organisations.find(slug).orElseThrow(() -> Problem.NOT_FOUND.because(""));
    }
}
