package uk.reeve.engine.advisory;

import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How bad one source calls a vulnerability: by a CVSS vector, or by a word. A word never becomes a number.
///
/// @param band the vector's by its version's bands, or the word's
/// @param cvss null where the source gives a word only
/// @param said the vector or the word as told
public record Severity(Band band, @Nullable Cvss cvss, String said) implements Comparable<Severity> {

    private static final Comparator<Severity> ORDER =
            Comparator.comparing(Severity::band).thenComparingDouble(s -> s.cvss == null ? 0 : s.cvss.score());

    public enum Band {
        NONE,
        LOW,
        MEDIUM,
        HIGH,
        CRITICAL;

        /// 2.0 has no band above high, and none for zero.
        static Band of(Cvss.Version version, double score) {
            if (version == Cvss.Version.V2_0) {
                return score < 4 ? LOW : score < 7 ? MEDIUM : HIGH;
            }
            return score < 0.05 ? NONE : score < 4 ? LOW : score < 7 ? MEDIUM : score < 9 ? HIGH : CRITICAL;
        }
    }

    /// From a CVSS vector.
    public static Severity ofVector(String vector) throws BadCvss {
        Cvss cvss = Cvss.parse(vector);
        return new Severity(cvss.band(), cvss, vector);
    }

    /// From a word as GitHub, Debian, Ubuntu, Red Hat, SUSE and others use it; null for one that says nothing of it
    /// (`unknown`, `untriaged`) or is not known.
    public static @Nullable Severity ofWord(String word) {
        Band band =
                switch (word.strip().toLowerCase(Locale.ROOT)) {
                    case "critical" -> Band.CRITICAL;
                    case "high", "important" -> Band.HIGH;
                    case "medium", "moderate" -> Band.MEDIUM;
                    case "low", "negligible", "unimportant", "minor" -> Band.LOW;
                    case "none", "info", "informational" -> Band.NONE;
                    default -> null;
                };
        return band == null ? null : new Severity(band, null, word);
    }

    /// Milder first; of one band those with a score by their score.
    @Override
    public int compareTo(Severity other) {
        return ORDER.compare(this, other);
    }
}
