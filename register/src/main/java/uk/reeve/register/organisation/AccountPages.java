package uk.reeve.register.organisation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.codec.binary.Base32;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.SeeOther;
import uk.reeve.register.web.Words;

/// A person's own account: for whom they act, how they come in, and how they leave.
@Controller
public class AccountPages {

    private final People people;
    private final Entrance entrance;
    private final SecondFactors factors;
    private final Passkeys passkeys;
    private final Tries tries;
    private final Argon2PasswordEncoder passwords;
    private final Post post;

    AccountPages(
            People people,
            Entrance entrance,
            SecondFactors factors,
            Passkeys passkeys,
            Tries tries,
            Argon2PasswordEncoder passwords,
            Post post) {
        this.people = people;
        this.entrance = entrance;
        this.factors = factors;
        this.passkeys = passkeys;
        this.tries = tries;
        this.passwords = passwords;
        this.post = post;
    }

    /// @param codesLeft unused recovery codes; null where no codes are asked for
    /// @param administrator of the organisation acted for
    public record Account(
            String email,
            List<People.Seat> seats,
            List<Passkeys.Passkey> passkeys,
            @Nullable Integer codesLeft,
            boolean password,
            boolean administrator,
            Form form) {}

    public record ActingFor(List<People.Seat> seats, Form form) {}

    /// @param codes recovery codes just made, shown this once
    /// @param qr the path of an SVG picture, one unit a module
    /// @param password whether the person has one
    public record SecondFactor(
            @Nullable Integer codesLeft,
            List<String> codes,
            String secret,
            String uri,
            QrPicture qr,
            boolean password,
            Form form) {

        public String answer() {
            if (!password && codesLeft == null) {
                return "You have no password. With codes you can get back in should your passkey or your organisation's sign-in fail.";
            }
            if (!password && codesLeft != null) {
                return "With a code you can get back in. " + Words.count(codesLeft, "recovery code") + " left.";
            }
            if (codesLeft == null) {
                return "Besides your password you will need a code that your phone shows.";
            }
            return "Your password is not enough to sign in as you. " + Words.count(codesLeft, "recovery code")
                    + " left.";
        }

        /// In groups of four, to type.
        public String spelt() {
            return secret.replaceAll("(.{4})(?!$)", "$1 ");
        }
    }

    /// @param alone organisations that have no other administrator
    public record Erasure(String email, boolean password, List<String> alone, Form form) {}

    @Allowed
    @GetMapping("/account")
    Page show(Form form) {
        UUID person = Asking.person().person();
        People.Account account = me();
        return Page.of(
                "organisation/account",
                new Account(
                        account.email(),
                        people.seats(person),
                        passkeys.of(person),
                        codesLeft(),
                        account.passwordHash() != null,
                        Asking.person().may(Asker.Role.ADMINISTRATOR),
                        form));
    }

    @Allowed
    @GetMapping("/account/acting-for")
    Page actingFor(Form form) {
        if (form.values("organisation").isEmpty()) {
            form.with("organisation", Asking.person().organisation().toString());
        }
        return Page.of(
                "organisation/acting-for",
                new ActingFor(people.seats(Asking.person().person()), form));
    }

    @Allowed
    @PostMapping("/account/acting-for")
    View actFor(Form form, HttpServletRequest request, HttpServletResponse response) {
        Optional<People.Seat> chosen = people.seats(Asking.person().person()).stream()
                .filter(seat -> seat.organisation().toString().equals(form.value("organisation")))
                .findFirst();
        if (chosen.isEmpty()) {
            return actingFor(form.refuse("organisation", "Choose one of your organisations"));
        }
        entrance.actFor(chosen.get().organisation(), request, response);
        return SeeOther.to("/today").saying("You are acting for " + chosen.get().name());
    }

    @Allowed
    @GetMapping("/account/second-factor")
    Page secondFactor(Form form) {
        return secondFactor(SecondFactors.freshSecret(), List.of(), form);
    }

    private Page secondFactor(byte[] secret, List<String> codes, Form form) {
        String spelt = new Base32().encodeToString(secret);
        String uri = "otpauth://totp/Reeve:" + encoded(me().email()) + "?secret=" + spelt + "&issuer=Reeve";
        return Page.of(
                "organisation/second-factor",
                new SecondFactor(codesLeft(), codes, spelt, uri, QrPicture.of(uri), me().passwordHash() != null, form));
    }

    /// The secret comes back with the form: whoever sends it is at that person's browser, and chooses their own.
    @Allowed
    @PostMapping("/account/second-factor")
    Page beginSecondFactor(Form form) {
        String spelt = form.value("secret");
        byte[] secret = spelt.matches("[A-Z2-7]{32}") ? new Base32().decode(spelt) : SecondFactors.freshSecret();
        List<String> codes = factors.begin(
                Asking.person().person(), secret, form.text("code").replaceAll("\\s", ""));
        if (codes.isEmpty()) {
            form.refuse("code", "Enter the 6 digits that your app shows now for this register");
        } else {
            post.changed(
                    me().email(),
                    "Codes of an authenticator app are asked for from now on when you sign in by password.");
        }
        return secondFactor(secret, codes, codes.isEmpty() ? form : Form.of(Map.of()));
    }

    @Allowed
    @PostMapping("/account/second-factor/codes")
    Page renewCodes(Form form, HttpServletRequest request) {
        if (codesLeft() == null || !shown(form, request)) {
            return secondFactor(form);
        }
        List<String> codes = factors.renewCodes(Asking.person().person());
        post.changed(me().email(), "Ten new recovery codes were made. Those from before work no more.");
        return secondFactor(SecondFactors.freshSecret(), codes, Form.of(Map.of()));
    }

    @Allowed
    @PostMapping("/account/second-factor/removal")
    View endSecondFactor(Form form, HttpServletRequest request) {
        if (!shown(form, request)) {
            return secondFactor(form);
        }
        factors.end(Asking.person().person());
        post.changed(
                me().email(), "Codes of an authenticator app are no longer asked for. Recovery codes work no more.");
        return SeeOther.to("/account").saying("Your password alone lets you in again");
    }

    /// Whether the person has a code now, too: an open browser is not enough.
    private boolean shown(Form form, HttpServletRequest request) {
        UUID person = Asking.person().person();
        if (!tries.take("code " + person, request.getRemoteAddr())) {
            form.refuse("code", Tries.LATER);
        } else if (!factors.spend(person, form.value("code"))) {
            form.refuse("code", "Enter the code that your app shows now, or a recovery code that you have not used");
        } else {
            tries.cameIn("code " + person, request.getRemoteAddr());
        }
        return !form.refused();
    }

    @Allowed
    @GetMapping("/account/erasure")
    Page erasure(Form form) {
        People.Account account = me();
        return Page.of(
                "organisation/erasure",
                new Erasure(
                        account.email(), account.passwordHash() != null, people.administeredAlone(account.id()), form));
    }

    @Allowed
    @PostMapping("/account/erasure")
    View erase(Form form, HttpServletRequest request) {
        People.Account account = me();
        if (account.passwordHash() != null) {
            if (!tries.take(account.email(), request.getRemoteAddr())) {
                form.refuse("password", Tries.LATER);
            } else if (!passwords.matches(form.value("password"), account.passwordHash())) {
                form.refuse("password", "Enter your password");
            }
        } else if (!form.text("email").equalsIgnoreCase(account.email())) {
            form.refuse("email", "Enter your email address as it stands above");
        }
        if (!form.refused() && people.lastOfTheInstallation(account.id())) {
            form.refuse(
                    account.passwordHash() != null ? "password" : "email",
                    "You are this register's only administrator. Invite another first");
        }
        if (form.refused()) {
            return erasure(form);
        }
        people.erase(account.id());
        entrance.leave(request);
        return SeeOther.to("/").saying("Your account is erased");
    }

    private @Nullable Integer codesLeft() {
        return factors.of(Asking.person().person())
                .map(SecondFactors.Standing::codesLeft)
                .orElse(null);
    }

    private People.Account me() {
        return people.account(Asking.person().person()).orElseThrow(() -> Problem.NOT_FOUND.because(""));
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }
}
