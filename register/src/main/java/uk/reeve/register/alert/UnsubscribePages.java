package uk.reeve.register.alert;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;

/// Ends a person's summaries by a link of one of them, which is good for that alone and once (RFC 8058): a mail program
/// sends the POST by itself, with no cookie and no form's token.
@Controller
public class UnsubscribePages {

    private final Preferences preferences;

    UnsubscribePages(Preferences preferences) {
        this.preferences = preferences;
    }

    public record Stop(String secret, String organisation, boolean done) {

        public String answer() {
            return done
                    ? "You get no more summaries for " + organisation
                            + ". What is told at once, or is told to others, stays as it was."
                    : "You would get no more summaries for " + organisation + ".";
        }
    }

    @Allowed(anyone = true)
    @GetMapping("/unsubscribe/{secret}")
    Page ask(@PathVariable String secret) {
        return page(secret, preferences.summariesOf(secret, false), false);
    }

    @Allowed(anyone = true)
    @PostMapping("/unsubscribe/{secret}")
    Page stop(@PathVariable String secret) {
        return page(secret, preferences.summariesOf(secret, true), true);
    }

    private static Page page(String secret, java.util.Optional<String> organisation, boolean done) {
        return Page.of(
                "alert/unsubscribe",
                new Stop(
                        secret,
                        organisation.orElseThrow(
                                () -> Problem.NOT_FOUND.because(
                                        "This link was used, is over 60 days old, or never was. Sign in and open Alerts to choose what we tell you.")),
                        done));
    }
}
