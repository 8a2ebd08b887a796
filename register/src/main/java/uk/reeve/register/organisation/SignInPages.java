package uk.reeve.register.organisation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.SeeOther;

/// By password, and by a code where the person has set one up.
@Controller
public class SignInPages {

    /// The session's word that the password was right: the person's id, and when.
    private static final String HALF_WAY = "half-way";

    private static final Duration HALF_WAY_LASTS = Duration.ofMinutes(10);

    private final People people;
    private final Entrance entrance;
    private final SecondFactors factors;
    private final Tries tries;
    private final OrganisationSignIn provider;
    private final Clock clock;
    private final Argon2PasswordEncoder passwords;
    private final String nobody;

    SignInPages(
            People people,
            Entrance entrance,
            SecondFactors factors,
            Tries tries,
            OrganisationSignIn provider,
            Clock clock,
            Argon2PasswordEncoder passwords) {
        this.people = people;
        this.entrance = entrance;
        this.factors = factors;
        this.tries = tries;
        this.provider = provider;
        this.clock = clock;
        this.passwords = passwords;
        // compared against where there is no such account, so that the time taken tells nothing
        this.nobody = passwords.encode(Secret.fresh());
    }

    /// @param organisation what the button of the provider's sign-in says; null where there is none
    public record SignIn(@Nullable String organisation, Form form) {}

    /// @param organisation why the provider's sign-in led back without letting anybody in, see [NotIn#key]
    @Allowed(anyone = true)
    @GetMapping("/sign-in")
    Page show(@RequestParam(defaultValue = "") String organisation, Form form) {
        NotIn.of(organisation).ifPresent(why -> form.refuse("organisation", why.sentence()));
        return show(form);
    }

    Page show(Form form) {
        return Page.of("organisation/sign-in", new SignIn(provider.label(), form));
    }

    /// Comes here only where the provider cannot be asked.
    @Allowed(anyone = true)
    @GetMapping(OrganisationSignIn.START)
    View startOrganisation() {
        return provider.label() == null ? SeeOther.to("/sign-in") : OrganisationSignIn.away(NotIn.NO_ANSWER);
    }

    /// The same words for a wrong name and a wrong password.
    @Allowed(anyone = true)
    @PostMapping("/sign-in")
    View signIn(Form form, HttpServletRequest request, HttpServletResponse response) {
        if (!tries.take(form.text("email"), request.getRemoteAddr())) {
            return show(form.refuse("email", Tries.LATER));
        }
        Optional<People.Account> account = people.account(form.text("email"));
        String hash = account.map(People.Account::passwordHash).orElse(null); // some have none
        boolean right = passwords.matches(form.value("password"), hash == null ? nobody : hash);
        if (account.isEmpty()
                || hash == null
                || !right
                || people.seats(account.get().id()).isEmpty()) {
            return show(form.refuse("email", "Check your email address and password. One of them is not right"));
        }
        tries.cameIn(form.text("email"), request.getRemoteAddr());
        UUID person = account.get().id();
        if (factors.of(person).isPresent()) {
            request.getSession()
                    .setAttribute(HALF_WAY, person + " " + clock.instant().toEpochMilli());
            return SeeOther.to("/sign-in/code");
        }
        entrance.enter(person, request, response);
        return SeeOther.to("/today");
    }

    @Allowed(anyone = true)
    @GetMapping("/sign-in/code")
    View showCode(Form form, HttpServletRequest request) {
        return halfWay(request) == null ? SeeOther.to("/sign-in") : Page.of("organisation/sign-in-code", form);
    }

    @Allowed(anyone = true)
    @PostMapping("/sign-in/code")
    View code(Form form, HttpServletRequest request, HttpServletResponse response) {
        UUID person = halfWay(request);
        if (person == null) {
            return SeeOther.to("/sign-in");
        }
        String tried = "code " + person;
        if (!tries.take(tried, request.getRemoteAddr())) {
            form.refuse("code", Tries.LATER);
        } else if (!factors.spend(person, form.value("code"))) {
            form.refuse("code", "Enter the code that your app shows now, or a recovery code that you have not used");
        }
        if (form.refused()) {
            return Page.of("organisation/sign-in-code", form);
        }
        tries.cameIn(tried, request.getRemoteAddr());
        request.getSession().removeAttribute(HALF_WAY);
        entrance.enter(person, request, response);
        return SeeOther.to("/today");
    }

    /// Whose password was right, in this session, in the last ten minutes.
    private @Nullable UUID halfWay(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(HALF_WAY) instanceof String text)) {
            return null;
        }
        String[] parts = text.split(" ", -1);
        Instant since = Instant.ofEpochMilli(Long.parseLong(parts[1]));
        return clock.instant().isAfter(since.plus(HALF_WAY_LASTS)) ? null : UUID.fromString(parts[0]);
    }
}
