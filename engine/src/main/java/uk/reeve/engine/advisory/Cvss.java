package uk.reeve.engine.advisory;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A CVSS vector, complete and with known values only. Scores are 0.0 to 10.0, one decimal.
///
/// Source: FIRST's specifications of CVSS 2.0, 3.0, 3.1 and 4.0.
///
/// @param metrics name to value as written, "not defined" ones too
public record Cvss(Version version, Map<String, String> metrics) {

    public enum Version {
        V2_0("2.0"),
        V3_0("3.0"),
        V3_1("3.1"),
        V4_0("4.0");

        private final String number;

        Version(String number) {
            this.number = number;
        }

        /// `2.0`, `3.0`, `3.1` or `4.0`.
        @Override
        public String toString() {
            return number;
        }
    }

    private static final int MAX_CHARS = 500;

    /// Reads a vector: `CVSS:3.1/AV:N/…`, and for 2.0 `AV:N/…`, in parentheses or not. Metrics may come in any order.
    public static Cvss parse(String vector) throws BadCvss {
        String text = vector.strip();
        if (text.length() > MAX_CHARS) {
            throw new BadCvss(vector, "is longer than " + MAX_CHARS + " characters");
        }
        if (text.startsWith("(") && text.endsWith(")")) {
            text = text.substring(1, text.length() - 1);
        }
        int start = 0;
        Version version = Version.V2_0;
        if (text.startsWith("CVSS:")) {
            start = text.indexOf('/') + 1;
            version = version(vector, start == 0 ? text : text.substring(5, start - 1));
        }
        Map<String, String> metrics = new LinkedHashMap<>();
        int end = text.endsWith("/") ? text.length() - 1 : text.length();
        while (start < end) {
            int slash = text.indexOf('/', start);
            slash = slash < 0 || slash > end ? end : slash;
            put(vector, version, metrics, text.substring(start, slash));
            start = slash + 1;
        }
        for (String metric : CvssMetrics.mandatory(version)) {
            if (!metrics.containsKey(metric)) {
                throw new BadCvss(vector, "lacks " + metric + ", which every CVSS " + version + " vector has");
            }
        }
        return new Cvss(version, Collections.unmodifiableMap(metrics));
    }

    private static Version version(String vector, String number) throws BadCvss {
        return switch (number) {
            case "2.0" -> Version.V2_0;
            case "3.0" -> Version.V3_0;
            case "3.1" -> Version.V3_1;
            case "4.0" -> Version.V4_0;
            default -> throw new BadCvss(vector, "begins with no known version; they are 2.0, 3.0, 3.1 and 4.0");
        };
    }

    private static void put(String vector, Version version, Map<String, String> metrics, String part) throws BadCvss {
        int colon = part.indexOf(':');
        String name = colon < 0 ? part : part.substring(0, colon);
        String allowed = CvssMetrics.values(version, name);
        if (colon < 0 || allowed.isEmpty()) {
            throw new BadCvss(vector, "has \"" + part + "\", which is no metric of CVSS " + version);
        }
        String value = part.substring(colon + 1);
        if (value.isEmpty() || value.indexOf(' ') >= 0 || !(" " + allowed + " ").contains(" " + value + " ")) {
            throw new BadCvss(vector, "has \"" + part + "\"; the values of " + name + " are " + allowed);
        }
        if (metrics.putIfAbsent(name, value) != null) {
            throw new BadCvss(vector, "gives " + name + " twice");
        }
    }

    /// The most specific score that the vector gives: environmental, else temporal or threat, else base.
    public double score() {
        return switch (version) {
            case V2_0 -> given(CvssMetrics.ENVIRONMENTAL_2) ? environmentalScore() : temporalScore();
            case V3_0, V3_1 -> given(CvssMetrics.ENVIRONMENTAL_3) ? environmentalScore() : temporalScore();
            case V4_0 -> environmentalScore();
        };
    }

    /// The score without what changes over time and from place to place.
    public double baseScore() {
        return switch (version) {
            case V2_0 -> Cvss2.base(this);
            case V3_0, V3_1 -> Cvss3.base(this);
            case V4_0 -> Cvss4.score(this, false, false);
        };
    }

    /// The base score changed by the temporal metrics, in 4.0 the threat metrics; the base score where none is given.
    public double temporalScore() {
        return switch (version) {
            case V2_0 -> Cvss2.temporal(this);
            case V3_0, V3_1 -> Cvss3.temporal(this);
            case V4_0 -> Cvss4.score(this, true, false);
        };
    }

    /// The score with all metrics; those that are not given count as not defined.
    public double environmentalScore() {
        return switch (version) {
            case V2_0 -> Cvss2.environmental(this);
            case V3_0, V3_1 -> Cvss3.environmental(this);
            case V4_0 -> Cvss4.score(this, true, true);
        };
    }

    /// The word for [#score] by the bands of its version.
    public Severity.Band band() {
        return Severity.Band.of(version, score());
    }

    /// The metric's value; the version's "not defined" where it is not given.
    String value(String metric) {
        String value = metrics.get(metric);
        return value == null ? (version == Version.V2_0 ? "ND" : "X") : value;
    }

    /// The modified metric's value, or the base metric's where that is not defined.
    String modified(String metric) {
        String value = metrics.get("M" + metric);
        return value == null || value.equals("X") ? value(metric) : value;
    }

    private boolean given(String[] names) {
        for (String name : names) {
            String value = value(name);
            if (!value.equals("X") && !value.equals("ND")) {
                return true;
            }
        }
        return false;
    }
}
