package uk.reeve.register.organisation;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.SeeOther;

/// Another password, by who is signed in and knows the present one.
@Controller
public class PasswordPages {

    private final People people;
    private final Tries tries;
    private final Post post;
    private final Argon2PasswordEncoder passwords;

    PasswordPages(People people, Tries tries, Post post, Argon2PasswordEncoder passwords) {
        this.people = people;
        this.tries = tries;
        this.post = post;
        this.passwords = passwords;
    }

    public record Password(String email, Form form) {}

    @Allowed
    @GetMapping("/account/password")
    Page show(Form form) {
        return Page.of("organisation/password", new Password(me().email(), form));
    }

    @Allowed
    @PostMapping("/account/password")
    View change(Form form, HttpServletRequest request) {
        People.Account account = me();
        SetUp.password(form);
        if (!tries.take(account.email(), request.getRemoteAddr())) {
            form.refuse("present", Tries.LATER);
        } else if (!passwords.matches(form.value("present"), Objects.requireNonNull(account.passwordHash()))) {
            form.refuse("present", "Enter the password by which you sign in now");
        } else {
            tries.cameIn(account.email(), request.getRemoteAddr());
            if (form.value("password").equals(form.value("present"))) {
                form.refuse("password", "Enter another password than the present one");
            }
        }
        if (form.refused()) {
            return show(form);
        }
        people.change(
                account.id(),
                passwords.encode(form.value("password")),
                request.getSession().getId());
        request.changeSessionId();
        post.changed(
                account.email(), "Your password was changed. You are signed out everywhere but where it was done.");
        return SeeOther.to("/account").saying("Your password is changed. You are signed out everywhere else");
    }

    /// Who has no password sets none here: an open browser is not enough.
    private People.Account me() {
        return people.account(Asking.person().person())
                .filter(account -> account.passwordHash() != null)
                .orElseThrow(() -> Problem.NOT_FOUND.because(""));
    }
}
