package uk.reeve.register.organisation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.web.Confirm;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.NavLink;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.Row;
import uk.reeve.register.web.SeeOther;
import uk.reeve.register.web.Words;

/// Adds, uses and removes passkeys. The page's script asks for options, lets the browser answer them, and sends
/// the answer as a field of the page's form.
@Controller
class PasskeyPages {

    private static final Logger LOG = LoggerFactory.getLogger(PasskeyPages.class);

    /// The session's challenge: 256 random bits, good for one answer.
    private static final String CHALLENGE = "passkey-challenge";

    private final Passkeys passkeys;
    private final AccountPages account;
    private final People people;
    private final Entrance entrance;
    private final SignInPages signIn;
    private final Invitations invitations;
    private final Post post;

    PasskeyPages(
            Passkeys passkeys,
            AccountPages account,
            People people,
            Entrance entrance,
            SignInPages signIn,
            Invitations invitations,
            Post post) {
        this.invitations = invitations;
        this.post = post;
        this.passkeys = passkeys;
        this.account = account;
        this.people = people;
        this.entrance = entrance;
        this.signIn = signIn;
    }

    @Allowed
    @PostMapping("/account/passkeys/options")
    ResponseEntity<String> optionsToAdd(HttpServletRequest request) {
        return json(passkeys.optionsToAdd(me(), challenge(request)));
    }

    @Allowed
    @PostMapping("/account/passkeys")
    View add(Form form, HttpServletRequest request) {
        Bytes challenge = spend(request);
        String label = form.text("label").isEmpty() ? "Passkey" : form.text("label");
        if (label.length() > 100) {
            form.refuse("label", "Enter a name of at most 100 characters");
        } else if (challenge == null) {
            form.refuse("label", "The passkey was not added. Try again");
        } else {
            try {
                passkeys.add(me(), challenge, form.value("credential"), label);
                changed("A passkey was added to your account.");
                return SeeOther.to("/account").saying("The passkey is added. Sign in with it next time");
            } catch (RuntimeException e) { // the library's many reasons, none for people
                LOG.info("a passkey was not added: {}", e.getClass().getSimpleName());
                form.refuse("label", "The passkey was not added. Try again");
            }
        }
        return account.show(form);
    }

    @Allowed
    @GetMapping("/account/passkeys/{id}/removal")
    View removal(@PathVariable String id, Form form) {
        Passkeys.Passkey passkey = passkeys.of(Asking.person().person()).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.NOT_FOUND.because(""));
        return onlyWayIn()
                ? onlyWayIn(form)
                : new Confirm(
                                "Remove this passkey?",
                                "It does not let you in any more. To use the device again, add it again.",
                                List.of(
                                        Row.of("Name", passkey.label()),
                                        Row.of("Added", Words.date(passkey.made())),
                                        Row.of(
                                                "Last used",
                                                passkey.lastUsed() == null ? "Never" : Words.date(passkey.lastUsed()))),
                                new NavLink("Back to your account", "/account"),
                                "Remove " + passkey.label(),
                                "/account/passkeys/" + id + "/removal")
                        .page();
    }

    private People.Account me() {
        return people.account(Asking.person().person()).orElseThrow(() -> Problem.NOT_FOUND.because(""));
    }

    private boolean onlyWayIn() {
        UUID person = Asking.person().person();
        return passkeys.of(person).size() == 1
                && people.account(person).map(People.Account::passwordHash).isEmpty();
    }

    private Page onlyWayIn(Form form) {
        return account.show(form.refuse("label", "This passkey is your only way in. Add another first"));
    }

    @Allowed
    @PostMapping("/account/passkeys/{id}/removal")
    View remove(@PathVariable String id, Form form) {
        UUID person = Asking.person().person();
        if (onlyWayIn()) {
            return onlyWayIn(form);
        }
        if (passkeys.remove(person, id)) {
            changed("A passkey of your account was removed.");
        }
        return SeeOther.to("/account")
                .saying("The passkey does not let you in any more. Delete it on your device, too");
    }

    private void changed(String what) {
        post.changed(me().email(), what);
    }

    /// As [#optionsToAdd], for who has no account yet.
    @Allowed(anyone = true)
    @PostMapping("/join/{secret}/passkey/options")
    ResponseEntity<String> optionsToJoin(@PathVariable String secret, HttpServletRequest request) {
        return json(passkeys.optionsToAdd(newcomer(invitation(secret)), challenge(request)));
    }

    @Allowed(anyone = true)
    @PostMapping("/join/{secret}/passkey")
    View join(@PathVariable String secret, Form form, HttpServletRequest request) {
        Invitations.Invitation invitation = invitation(secret);
        Bytes challenge = spend(request);
        SetUp.required(form, "your-name", "Enter your name");
        if (!form.refused()) {
            try {
                boolean joined = challenge != null
                        && invitations.accept(
                                invitation,
                                form.text("your-name"),
                                _ -> passkeys.add(
                                        newcomer(invitation), challenge, form.value("credential"), "First passkey"));
                if (joined) {
                    return SeeOther.to("/sign-in")
                            .saying("You have joined " + invitation.organisationName() + ". Sign in with your passkey");
                }
            } catch (RuntimeException e) { // the library's many reasons, none for people
                LOG.info("nobody joined by a passkey: {}", e.getClass().getSimpleName());
            }
            form.refuse("your-name", "The passkey was not made. Try again, or choose a password");
        }
        return Page.of("organisation/join", new PeoplePages.Join(invitation, secret, form));
    }

    private Invitations.Invitation invitation(String secret) {
        return invitations
                .find(secret)
                .filter(invitation -> !invitation.known())
                .orElseThrow(PeoplePages::noInvitation);
    }

    private static People.Account newcomer(Invitations.Invitation invitation) {
        return new People.Account(invitation.id(), invitation.email(), invitation.email(), null);
    }

    @Allowed(anyone = true)
    @PostMapping("/sign-in/passkey/options")
    ResponseEntity<String> optionsToEnter(HttpServletRequest request) {
        return json(passkeys.optionsToEnter(challenge(request)));
    }

    @Allowed(anyone = true)
    @PostMapping("/sign-in/passkey")
    View enter(Form form, HttpServletRequest request, HttpServletResponse response) {
        Bytes challenge = spend(request);
        try {
            if (challenge != null) {
                UUID person = passkeys.enter(challenge, form.value("credential"));
                if (!people.seats(person).isEmpty()) {
                    entrance.enter(person, request, response);
                    return SeeOther.to("/today");
                }
            }
        } catch (RuntimeException e) {
            LOG.info("a passkey did not let in: {}", e.getClass().getSimpleName());
        }
        return signIn.show(form.refuse("email", "The passkey did not let you in. Try again, or use your password"));
    }

    private static ResponseEntity<String> json(String body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }

    private static Bytes challenge(HttpServletRequest request) {
        Bytes challenge = Bytes.random();
        request.getSession().setAttribute(CHALLENGE, challenge.toBase64UrlString());
        return challenge;
    }

    private static @Nullable Bytes spend(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(CHALLENGE) instanceof String text)) {
            return null;
        }
        session.removeAttribute(CHALLENGE);
        return Bytes.fromBase64(text);
    }
}
