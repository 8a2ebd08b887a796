package uk.reeve.register.alert;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// How soon a council is told, and at what hour: the rules of DOMAIN 10 for which the register has the facts, and 2 for
/// Cyber Essentials. The gravest stands first.
public enum AlertClass {
    INSTANT("instant", "At once", "at any hour"),
    SAME_DAY("same-day", "The same day", "at 4pm on working days"),
    DAILY("daily", "Daily", "on working days"),
    WEEKLY("weekly", "Weekly", "on Mondays");

    /// Cyber Essentials: what is critical or high is mended within this many days after its fix came out.
    static final int ESSENTIAL_DAYS = 14;

    /// So many days before its last one, it is told again.
    static final int LAST_DAYS = 3;

    /// EPSS from which attacks count as likely.
    static final double LIKELY = 0.5;

    private static final double HIGH = 7.0;

    private final String key;
    private final String words;
    private final String hour;

    AlertClass(String key, String words, String hour) {
        this.key = key;
        this.words = words;
        this.hour = hour;
    }

    /// As the database has it.
    public String key() {
        return key;
    }

    public String words() {
        return words;
    }

    public String hour() {
        return hour;
    }

    static AlertClass of(String key) {
        for (AlertClass one : values()) {
            if (one.key.equals(key)) {
                return one;
            }
        }
        throw new IllegalArgumentException(key + " is no class of alert");
    }

    /// What is known of one affected system and one flaw.
    ///
    /// @param days within which to act: 3, 14, 60 or 0
    /// @param criticality of its service; 1 is the gravest
    /// @param exposed whether it faces the internet, or nobody said
    /// @param takenBack whether its supplier has just taken "not affected" or "fixed" back
    /// @param essentialDue the last day by Cyber Essentials; null where no clock runs
    record Facts(
            int days,
            boolean malicious,
            boolean exploited,
            boolean ransomware,
            int criticality,
            boolean exposed,
            boolean takenBack,
            @Nullable Double epss,
            @Nullable LocalDate essentialDue) {}

    static AlertClass of(Facts facts, LocalDate today) {
        if (facts.malicious()
                || facts.days() == 3
                || facts.exploited() && facts.ransomware() && facts.criticality() == 1
                || facts.exploited() && facts.takenBack()) {
            return INSTANT;
        }
        LocalDate essential = facts.essentialDue();
        if (facts.days() == 14
                || facts.exposed() && facts.epss() != null && facts.epss() >= LIKELY
                || essential != null && !essential.isAfter(today.plusDays(LAST_DAYS))) {
            return SAME_DAY;
        }
        return essential == null ? WEEKLY : DAILY;
    }

    /// The last day by Cyber Essentials; null where none of its clocks runs: nothing to mend it with yet, or neither
    /// critical nor high. What nobody rated counts as high (DOMAIN 2).
    static @Nullable LocalDate essentialDue(String severity, @Nullable Double score, @Nullable LocalDate fixedOn) {
        boolean counts = score != null && score >= HIGH
                || severity.equals("critical")
                || severity.equals("high")
                || severity.equals("unrated");
        return counts && fixedOn != null ? fixedOn.plusDays(ESSENTIAL_DAYS) : null;
    }
}
