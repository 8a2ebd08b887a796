package uk.reeve.register.organisation;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.SeeOther;

/// The first account of a new register, by a link that the start prints: it works once, for 60 minutes. Afterwards the
/// page does not exist.
@Controller
public class SetUp {

    private static final Duration LASTS = Duration.ofMinutes(60);

    /// Of RFC 5321 what needs no quotes: nothing that a mail server could read as another address, or as two.
    private static final Pattern EMAIL = Pattern.compile(
            "[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?=.{4,180}$)([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,63}");

    private static final Pattern ONE_LINE =
            Pattern.compile("[^\\p{Cntrl}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]{1,200}");

    private final Invitations invitations;
    private final Clock clock;
    private final String address;
    private final boolean demo;
    private volatile byte @Nullable [] key;
    private volatile Instant until = Instant.MIN;

    SetUp(
            Invitations invitations,
            Clock clock,
            @Value("${reeve.address:}") String address,
            @Value("${reeve.demo:false}") boolean demo) {
        this.invitations = invitations;
        this.clock = clock;
        this.address = address;
        this.demo = demo;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        if (!demo && invitations.nobodyYet()) {
            String port = event.getApplicationContext().getEnvironment().getProperty("local.server.port", "8080");
            System.out.println("Open " + (address.isEmpty() ? "http://localhost:" + port : address) + "/set-up?key="
                    + open() + " (works once, for 60 minutes)");
        }
    }

    /// Opens the page for 60 minutes.
    String open() {
        String fresh = Secret.fresh();
        key = Secret.hash(fresh);
        until = clock.instant().plus(LASTS);
        return fresh;
    }

    private void check(@Nullable String given) {
        byte[] right = key;
        boolean fits = right != null && given != null && MessageDigest.isEqual(right, Secret.hash(given));
        if (!fits || clock.instant().isAfter(until)) {
            throw Problem.NOT_FOUND.because("");
        }
    }

    @Allowed(anyone = true)
    @GetMapping("/set-up")
    Page show(@RequestParam(name = "key", required = false) @Nullable String given, Form form) {
        check(given);
        return Page.of("organisation/set-up", form);
    }

    @Allowed(anyone = true)
    @PostMapping("/set-up")
    View create(@RequestParam(name = "key", required = false) @Nullable String given, Form form) {
        check(given);
        required(form, "register", "Enter the register's name, like \"Northern councils' register\"");
        required(form, "name", "Enter your name");
        email(form);
        password(form);
        if (form.refused()) {
            return Page.of("organisation/set-up", form);
        }
        boolean made =
                invitations.first(form.text("register"), form.text("email"), form.text("name"), form.value("password"));
        key = null;
        if (!made) {
            throw Problem.NOT_FOUND.because("");
        }
        return SeeOther.to("/sign-in").saying("The register is set up. Sign in with what you just chose");
    }

    static void required(Form form, String field, String sentence) {
        if (!ONE_LINE.matcher(form.text(field)).matches()) {
            form.refuse(field, sentence);
        }
    }

    static void email(Form form) {
        if (!EMAIL.matcher(form.text("email")).matches()) {
            form.refuse("email", "Enter an email address, like name@example.gov.uk");
        }
    }

    static void password(Form form) {
        int length = form.value("password").length();
        if (length < 12 || length > 200) {
            form.refuse("password", "Enter a password of at least 12 characters; three words are good");
        }
    }
}
