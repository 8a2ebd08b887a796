package uk.reeve.register.exposure;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.register.advisory.Vulnerabilities;
import uk.reeve.register.web.UrgencyMark;
import uk.reeve.register.web.Words;

/// What a vulnerability means to one council: within how many days to act, and why (DOMAIN 9.1 and 9.5).
public enum Urgency {
    ACT_NOW(3, "Act now"),
    IN_14_DAYS(14, "In 14 days"),
    IN_60_DAYS(60, "In 60 days"),
    NEXT_UPGRADE(0, "Next upgrade");

    private final int days;
    private final String words;

    Urgency(int days, String words) {
        this.days = days;
        this.words = words;
    }

    /// As the database counts: 0 is the next upgrade.
    public int days() {
        return days;
    }

    public String words() {
        return words;
    }

    public UrgencyMark mark() {
        return UrgencyMark.valueOf(name());
    }

    /// @param days 3, 14, 60 or 0
    public static Urgency of(int days) {
        for (Urgency urgency : values()) {
            if (urgency.days == days) {
                return urgency;
            }
        }
        throw new IllegalArgumentException(days + " is no class of urgency");
    }

    /// The same of a vulnerability as it stands.
    static List<String> reasons(Vulnerabilities.Vulnerability vulnerability, String exposure) {
        return reasons(
                vulnerability.malicious(),
                vulnerability.kevAdded(),
                vulnerability.kevRansomware(),
                vulnerability.automatable(),
                vulnerability.totalImpact(),
                exposure);
    }

    /// The facts that urgency rests on, in words, the gravest first. What nobody told is marked *assumed* (RULINGS 14).
    ///
    /// @param exposure `internet`, `network`, `isolated` or `unknown`
    public static List<String> reasons(
            boolean malicious,
            @Nullable String kevAdded,
            boolean ransomware,
            @Nullable Boolean automatable,
            @Nullable Boolean totalImpact,
            String exposure) {
        List<String> reasons = new ArrayList<>();
        if (malicious) {
            reasons.add("the package itself is malicious");
        }
        if (kevAdded != null) {
            reasons.add("exploited in the wild (KEV, " + Words.date(LocalDate.parse(kevAdded)) + ")");
        }
        if (ransomware) {
            reasons.add("used by ransomware");
        }
        boolean known = kevAdded != null;
        if (automatable == null ? known : automatable) {
            reasons.add("works without sign-in or anyone's help" + (automatable == null ? " (assumed)" : ""));
        }
        if (totalImpact == null ? known : totalImpact) {
            reasons.add("gives full control" + (totalImpact == null ? " (assumed)" : ""));
        }
        switch (exposure) {
            case "internet" -> reasons.add("the system faces the internet");
            case "unknown" ->
                reasons.add("nobody said whether the system faces the internet, so it counts as if it did");
            default -> {
                // no reason to hurry
            }
        }
        return reasons;
    }
}
