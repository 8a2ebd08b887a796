package uk.reeve.register.advisory;

import java.time.LocalDate;
import java.util.ArrayList;
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
import uk.reeve.register.web.Row;
import uk.reeve.register.web.Words;

/// What is new, and what each vulnerability is.
@Controller
public class AdvisoryPages {

    private static final int EXPLOITED = 20;
    private static final int FRESH = 50;

    private final Vulnerabilities vulnerabilities;
    private final Records records;
    private final CveRecords cves;
    private final Freshness freshness;

    AdvisoryPages(Vulnerabilities vulnerabilities, Records records, CveRecords cves, Freshness freshness) {
        this.vulnerabilities = vulnerabilities;
        this.records = records;
        this.cves = cves;
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

    /// @param cve what the record of the CVE Program tells; null where it is not here
    public record Detail(Records.Told told, @Nullable CveRecord cve) {

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
            LocalDate since =
                    told.kev() != null ? LocalDate.parse(told.kev().added()) : cve == null ? null : cve.kevAdded();
            String exploited = since == null
                    ? "It is not known to be exploited. "
                    : "It is known to be exploited, since " + Words.date(since) + ". ";
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
            if (cve != null && cve.severity() != null) {
                return cve.severity().substring(0, 1).toUpperCase(Locale.ROOT)
                        + cve.severity().substring(1)
                        + (cve.score() == null ? "" : " " + cve.score()) + ", by the CVE's record ("
                        + cve.ratedBy() + ")";
            }
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

        /// What CISA says in the CVE's record; null where it says nothing.
        public @Nullable String byItself() {
            return cve == null || cve.automatable() == null
                    ? null
                    : (cve.automatable() ? "Yes" : "No") + ", by CISA in the CVE's record";
        }

        public @Nullable String control() {
            return cve == null || cve.totalImpact() == null
                    ? null
                    : (cve.totalImpact() ? "Yes" : "Only in part") + ", by CISA in the CVE's record";
        }

        public List<Row> rows() {
            List<Row> rows = new ArrayList<>(List.of(
                    Row.of("Severity", severity()),
                    Row.of("Exploited", exploited()),
                    Row.of("Likely to be", likely())));
            if (byItself() != null) {
                rows.add(Row.of("Works without sign-in or anyone's help", byItself()));
            }
            if (control() != null) {
                rows.add(Row.of("Gives full control", control()));
            }
            rows.add(Row.of("Kind", told.malicious() ? "The package itself is malicious" : "A flaw"));
            rows.add(Row.of("All its names", String.join(", ", told.names())));
            if (cve != null) {
                rows.add(Row.of(
                        "CVE's record",
                        (cve.rejected() ? "Rejected by the CVE Program, " : "Updated ")
                                + Words.dateAndTime(cve.updatedAt())));
            }
            return rows;
        }

        public String exploited() {
            if (told.kev() == null && cve != null && cve.kevAdded() != null) {
                return "Since " + Words.date(cve.kevAdded()) + ", by CISA in the CVE's record";
            }
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
                ? Page.of(
                        "advisory/vulnerability",
                        new Detail(told, cves.of(told.name()).orElse(null)))
                : new RedirectView("/vulnerabilities/"
                        + UriUtils.encodePathSegment(told.name(), java.nio.charset.StandardCharsets.UTF_8));
    }
}
