package uk.reeve.engine.version;

/// One signpost of a [Vers]: `>=1.0` is [Comparator#GREATER_OR_EQUAL] and `1.0`.
///
/// @param version decoded; empty with [Comparator#ANY] only
public record Constraint(Comparator comparator, String version) {

    /// In the order in which those of one version stand: what ends before, the version itself, what begins after it.
    public enum Comparator {
        LESS("<"),
        LESS_OR_EQUAL("<="),
        EQUAL(""),
        NOT_EQUAL("!="),
        GREATER_OR_EQUAL(">="),
        GREATER(">"),
        ANY("*");

        private final String sign;

        Comparator(String sign) {
            this.sign = sign;
        }

        /// As it is written before the version; empty for equality.
        public String sign() {
            return sign;
        }

        boolean isLower() {
            return this == GREATER || this == GREATER_OR_EQUAL;
        }

        boolean isUpper() {
            return this == LESS || this == LESS_OR_EQUAL;
        }

        boolean holdsItsVersion() {
            return this == EQUAL || this == LESS_OR_EQUAL || this == GREATER_OR_EQUAL;
        }
    }
}
