package uk.reeve.register.organisation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.SeeOther;

@Controller
class SignInPages {

    private final People people;
    private final Entrance entrance;
    private final Argon2PasswordEncoder passwords;
    private final String nobody;

    SignInPages(People people, Entrance entrance, Argon2PasswordEncoder passwords) {
        this.people = people;
        this.entrance = entrance;
        this.passwords = passwords;
        // compared against where there is no such account, so that the time taken tells nothing
        this.nobody = passwords.encode("nobody has this password");
    }

    @Allowed(anyone = true)
    @GetMapping("/sign-in")
    Page show(Form form) {
        return Page.of("organisation/sign-in", form);
    }

    /// The same words for a wrong name and a wrong password.
    @Allowed(anyone = true)
    @PostMapping("/sign-in")
    View signIn(Form form, HttpServletRequest request, HttpServletResponse response) {
        Optional<People.Account> account = people.account(form.text("email"));
        String hash = account.map(People.Account::passwordHash).orElse(nobody);
        boolean right = passwords.matches(form.value("password"), hash);
        if (account.isEmpty() || !right || people.seats(account.get().id()).isEmpty()) {
            return show(form.refuse("email", "Check your email address and password. One of them is not right"));
        }
        entrance.enter(account.get().id(), request, response);
        return SeeOther.to("/today");
    }
}
