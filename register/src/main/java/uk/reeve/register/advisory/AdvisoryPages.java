package uk.reeve.register.advisory;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;
import org.springframework.web.util.UriUtils;
import uk.reeve.engine.match.Rating;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.Words;

/// What is new, and what each vulnerability is.
@Controller
public class AdvisoryPages {

    private static final int EXPLOITED = 20;
    private static final int FRESH = 50;

    private final Vulnerabilities vulnerabilities;
    private final Records records;
    private final Freshness freshness;

    AdvisoryPages(Vulnerabilities vulnerabilities, Records records, Freshness freshness) {
        this.vulnerabilities = vulnerabilities;
        this.records = records;
        this.freshness = freshness;
    }

    /// @param exploited newest entry of KEV first
    /// @param fresh newest here first
    public record Newest(List<Vulnerabilities.Line> exploited, List<Vulnerabilities.Line> fresh) {

        public String answer() {
            return fresh.isEmpty()
                    ? "No flaw is known yet in anything that is listed here."
                    : exploited.isEmpty()
                            ? "No flaw known here is known to be exploited."
                            : "The newest that is known to be exploited is "
                                    + exploited.getFirst().heading() + ".";
        }
    }

    public record Detail(Records.Told told) {

        public String heading() {
            return Records.heading(told.name());
        }

        public String answer() {
            if (told.withdrawn()) {
                return "Withdrawn by every source; kept for the record.";
            }
            long fixed = told.packages().stream()
                    .filter(one -> !one.fixedIn().isEmpty())
                    .count();
            String exploited = told.kev() == null
                    ? "It is not known to be exploited. "
                    : "It is known to be exploited, since "
                            + Words.date(LocalDate.parse(told.kev().added())) + ". ";
            return exploited
                    + (fixed == 0
                            ? "No fixed version is known."
                            : "Fixed versions are known for " + Words.count(fixed, "package") + " of "
                                    + Words.count(told.packages().size()) + ".");
        }

        public @Nullable String sentence() {
            return Records.sentence(told.name());
        }

        public String severity() {
            Rating rating = told.rating();
            return rating == null ? "Not rated" : words(rating) + ", by " + rating.source();
        }

        public String words(@Nullable Rating rating) {
            if (rating == null) {
                return "Not rated";
            }
            String word = rating.word().substring(0, 1).toUpperCase(Locale.ROOT)
                    + rating.word().substring(1);
            return rating.score() < 0 ? word : word + " " + rating.score();
        }

        public String exploited() {
            return told.kev() == null
                    ? "Not known to be"
                    : "Since " + Words.date(LocalDate.parse(told.kev().added())) + ", by CISA's list (KEV)"
                            + (told.kev().ransomware() ? "; by ransomware too" : "");
        }

        public String likely() {
            return told.epss() == null
                    ? "No score"
                    : String.format(
                            Locale.UK,
                            "%.1f%% within 30 days (EPSS), more than %.0f%% of all flaws",
                            told.epss().score() * 100,
                            Math.floor(told.epss().percentile() * 100));
        }
    }

    @Allowed(anyone = true)
    @GetMapping("/advisories")
    Page newest() {
        return Page.of(
                "advisory/advisories", new Newest(vulnerabilities.exploited(EXPLOITED), vulnerabilities.newest(FRESH)));
    }

    /// @param administers whether who looks can have them fetched
    public record Sources(List<Freshness.State> states, boolean administers) {

        public String answer() {
            long old = states.stream().filter(Freshness.State::old).count();
            return old == 0
                    ? "Every source is at most a day old."
                    : Words.count(old, "source is", "sources are") + " older than a day: what was told since is"
                            + " missing here. " + (administers ? "" : "Ask who runs this register to fetch them.");
        }
    }

    @Allowed(anyone = true)
    @GetMapping("/advisories/sources")
    Page sources() {
        return Page.of(
                "advisory/all-sources",
                new Sources(freshness.states(), freshness.ofAll().administers()));
    }

    /// The same words for what nobody knows and for what is held back.
    @Allowed(anyone = true)
    @GetMapping("/vulnerabilities/{name}")
    View vulnerability(@PathVariable String name) {
        String spelt = Records.spelt(name);
        Records.Told told = records.of(spelt)
                .orElseThrow(() -> Problem.NOT_FOUND.because(
                        spelt.matches("[A-Za-z0-9][A-Za-z0-9:._-]{0,99}")
                                ? "We have no record of " + spelt + "."
                                : ""));
        return told.name().equals(name)
                ? Page.of("advisory/vulnerability", new Detail(told))
                : new RedirectView("/vulnerabilities/"
                        + UriUtils.encodePathSegment(told.name(), java.nio.charset.StandardCharsets.UTF_8));
    }
}
