package uk.reeve.register.organisation;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.SeeOther;

/// Back in, for who has forgotten the password.
@Controller
public class RecoveryPages {

    private final Recovery recovery;
    private final SecondFactors factors;
    private final Tries tries;
    private final Post post;

    RecoveryPages(Recovery recovery, SecondFactors factors, Tries tries, Post post) {
        this.recovery = recovery;
        this.factors = factors;
        this.tries = tries;
        this.post = post;
    }

    /// @param mail whether this register sends mail
    public record Ask(boolean mail, Form form) {}

    /// @param word whether an administrator has let the person back in
    /// @param codes whether the person has codes to show
    public record Back(String secret, String email, boolean word, boolean codes, Form form) {}

    @Allowed(anyone = true)
    @GetMapping("/recovery")
    Page show(Form form) {
        return Page.of("organisation/recovery", new Ask(post.there(), form));
    }

    /// The same answer for an address that has an account and for one that has none.
    @Allowed(anyone = true)
    @PostMapping("/recovery")
    View ask(Form form, HttpServletRequest request) {
        SetUp.email(form);
        if (!form.refused() && !tries.take("recovery " + form.text("email"), request.getRemoteAddr())) {
            form.refuse("email", Tries.LATER);
        }
        if (form.refused() || !post.there()) {
            return show(form);
        }
        recovery.ask(form.text("email"));
        return SeeOther.to("/recovery").saying("If we know that address, we sent it a link. It works for one hour");
    }

    @Allowed(anyone = true)
    @GetMapping("/recovery/{secret}")
    Page back(@PathVariable String secret, Form form) {
        return page(find(secret), secret, form);
    }

    private static Page page(Recovery.Link link, String secret, Form form) {
        return Page.of("organisation/recovery-link", new Back(secret, link.email(), link.word(), link.codes(), form));
    }

    @Allowed(anyone = true)
    @PostMapping("/recovery/{secret}")
    View recover(@PathVariable String secret, Form form, HttpServletRequest request) {
        Recovery.Link link = find(secret);
        SetUp.password(form);
        if (!form.refused() && !link.word()) {
            if (!tries.take("code " + link.person(), request.getRemoteAddr())) {
                form.refuse("code", Tries.LATER);
            } else if (factors.spend(link.person(), form.value("code"))) {
                tries.cameIn("code " + link.person(), request.getRemoteAddr());
            } else {
                form.refuse(
                        "code", "Enter the code that your app shows now, or a recovery code that you have not used");
            }
        }
        if (form.refused()) {
            return page(link, secret, form);
        }
        if (!recovery.recover(link, form.value("password"))) {
            throw gone();
        }
        return SeeOther.to("/sign-in")
                .saying(
                        "Your password is changed. You are signed out everywhere, and passkeys and API keys that you made are gone");
    }

    private Recovery.Link find(String secret) {
        return recovery.find(secret).orElseThrow(RecoveryPages::gone);
    }

    private static RuntimeException gone() {
        return Problem.NOT_FOUND.because("This link was used, is over an hour old, or never was. Ask for another.");
    }

    @Allowed(role = Asker.Role.ADMINISTRATOR)
    @PostMapping("/organisation/people/{person}/return")
    View letBackIn(@PathVariable UUID person) {
        if (!recovery.letBackIn(person)) {
            throw Problem.NOT_FOUND.because("");
        }
        return SeeOther.to("/organisation/people")
                .saying("For 24 hours they need no code to get back in. They ask for a link on the page Sign in");
    }
}
