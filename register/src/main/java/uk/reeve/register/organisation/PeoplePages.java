package uk.reeve.register.organisation;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.web.Confirm;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.NavLink;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.Row;
import uk.reeve.register.web.SeeOther;
import uk.reeve.register.web.Words;

@Controller
public class PeoplePages {

    private static final NavLink BACK = new NavLink("Back to people", "/organisation/people");
    private static final Set<String> ROLES = Set.of("reader", "editor", "administrator");

    private final Invitations invitations;
    private final People people;
    private final Argon2PasswordEncoder passwords;

    PeoplePages(Invitations invitations, People people, Argon2PasswordEncoder passwords) {
        this.passwords = passwords;
        this.people = people;
        this.invitations = invitations;
    }

    /// @param me who looks
    /// @param link the invitation just made, shown this once
    public record PeopleList(
            List<Invitations.Colleague> people,
            List<Invitations.Waiting> waiting,
            UUID me,
            @Nullable String link,
            Form form) {

        public String answer() {
            return people.size() == 1
                    ? "Only you so far. A second administrator avoids a lock-out."
                    : people.size() + " people act for your organisation.";
        }
    }

    public record Join(Invitations.Invitation invitation, String secret, Form form) {}

    @Allowed(role = Asker.Role.ADMINISTRATOR)
    @GetMapping("/organisation/people")
    Page people(Form form) {
        return Page.of(
                "organisation/people",
                new PeopleList(
                        invitations.colleagues(),
                        invitations.waiting(Asking.person().organisation()),
                        Asking.person().person(),
                        null,
                        form));
    }

    @Allowed(role = Asker.Role.ADMINISTRATOR)
    @PostMapping("/organisation/people")
    View invite(Form form) {
        SetUp.email(form);
        Set<String> roles = new HashSet<>(form.values("roles"));
        roles.retainAll(ROLES);
        if (roles.isEmpty()) {
            form.refuse("roles", "Choose what they may do");
        }
        List<Invitations.Waiting> waiting = invitations.waiting(Asking.person().organisation());
        if (waiting.size() >= Invitations.MOST_WAITING) {
            form.refuse(
                    "email", "There are " + Invitations.MOST_WAITING + " invitations that wait. Withdraw some first");
        } else if (waiting.stream().anyMatch(one -> one.email().equalsIgnoreCase(form.text("email")))) {
            form.refuse("email", "That address is invited already. To invite it anew, withdraw the invitation first");
        }
        if (form.refused()) {
            return people(form);
        }
        String link =
                invitations.invite(Asking.person().organisation(), people.organisation(), form.text("email"), roles);
        return link == null
                ? SeeOther.to("/organisation/people").saying("The invitation is on its way to " + form.text("email"))
                : Page.of(
                        "organisation/people",
                        new PeopleList(
                                invitations.colleagues(),
                                invitations.waiting(Asking.person().organisation()),
                                Asking.person().person(),
                                link,
                                Form.of(Map.of())));
    }

    @Allowed(role = Asker.Role.ADMINISTRATOR)
    @GetMapping("/organisation/people/{person}/removal")
    Page removal(@PathVariable UUID person) {
        Invitations.Colleague colleague = invitations.colleagues().stream()
                .filter(one -> one.id().equals(person)
                        && !person.equals(Asking.person().person()))
                .findFirst()
                .orElseThrow(() -> Problem.NOT_FOUND.because(""));
        return new Confirm(
                        "Remove " + colleague.name() + "?",
                        "They act for your organisation no more, and API keys that they made for it are revoked. What they decided stays on record.",
                        List.of(
                                Row.of("Name", colleague.name()),
                                Row.of("Email address", colleague.email()),
                                Row.of("May", colleague.roles())),
                        BACK,
                        "Remove " + colleague.name(),
                        "/organisation/people/" + person + "/removal")
                .page();
    }

    @Allowed(role = Asker.Role.ADMINISTRATOR)
    @PostMapping("/organisation/people/{person}/removal")
    View remove(@PathVariable UUID person) {
        if (!invitations.remove(person)) {
            throw Problem.NOT_FOUND.because("");
        }
        return SeeOther.to("/organisation/people")
                .saying("They act for your organisation no more, and API keys that they made for it are revoked");
    }

    @Allowed(role = Asker.Role.ADMINISTRATOR)
    @GetMapping("/organisation/people/invitations/{id}/withdrawal")
    Page withdrawal(@PathVariable UUID id) {
        Invitations.Waiting invitation = invitations.waiting(Asking.person().organisation()).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.NOT_FOUND.because(""));
        return new Confirm(
                        "Withdraw this invitation?",
                        "Its link stops working. To let them in after all, invite them again.",
                        List.of(
                                Row.of("Email address", invitation.email()),
                                Row.of("Works until", Words.date(invitation.expiresAt()))),
                        BACK,
                        "Withdraw the invitation",
                        "/organisation/people/invitations/" + id + "/withdrawal")
                .page();
    }

    @Allowed(role = Asker.Role.ADMINISTRATOR)
    @PostMapping("/organisation/people/invitations/{id}/withdrawal")
    View withdraw(@PathVariable UUID id) {
        if (!invitations.withdraw(id)) {
            throw Problem.NOT_FOUND.because("");
        }
        return SeeOther.to("/organisation/people").saying("The invitation does not work any more");
    }

    @Allowed(anyone = true)
    @GetMapping("/join/{secret}")
    Page show(@PathVariable String secret, Form form) {
        return Page.of("organisation/join", new Join(find(secret), secret, form));
    }

    @Allowed(anyone = true)
    @PostMapping("/join/{secret}")
    View join(@PathVariable String secret, Form form) {
        Invitations.Invitation invitation = find(secret);
        if (!invitation.mayAccept()) {
            return Page.of("organisation/join", new Join(invitation, secret, form));
        }
        if (!invitation.known()) {
            SetUp.required(form, "name", "Enter your name");
            SetUp.password(form);
        }
        if (form.refused()) {
            return Page.of("organisation/join", new Join(invitation, secret, form));
        }
        String hash = invitation.known() ? "" : passwords.encode(form.value("password"));
        if (!invitations.accept(invitation, form.text("name"), person -> people.password(person, hash))) {
            throw Problem.NOT_FOUND.because("");
        }
        return invitation.known()
                ? SeeOther.to("/account/acting-for").saying("You have joined " + invitation.organisationName())
                : SeeOther.to("/sign-in")
                        .saying("You have joined " + invitation.organisationName() + ". Sign in to begin");
    }

    private Invitations.Invitation find(String secret) {
        return invitations.find(secret).orElseThrow(PeoplePages::noInvitation);
    }

    static RuntimeException noInvitation() {
        return Problem.NOT_FOUND.because(
                "This invitation was used, is over 7 days old, or never was. Ask who invited you for another.");
    }
}
