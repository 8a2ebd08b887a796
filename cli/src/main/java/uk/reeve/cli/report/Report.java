package uk.reeve.cli.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.match.Confidence;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.match.Outcome;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.support.Standing;
import uk.reeve.scanner.Inventory;

/// Everything that one scan has to say. Each format is made from it and from nothing else.
///
/// @param maker version of Reeve
/// @param time of the run, or what `SOURCE_DATE_EPOCH` says
/// @param targets what was scanned, as the person named it
/// @param rows a row for each item of the inventory, in its order
/// @param lapses releases that are out of support, or soon will be: ended ones first
/// @param hiding how many findings each cause hid; causes that hid none are left out
/// @param notes rules that have run out or hide nothing, old knowledge: a sentence each
/// @param baseline whether a baseline was given, so that findings are new or known
/// @param failed a sentence for each word of `--fail-on` that was met; empty where none was
/// @param exitStatus of the run
public record Report(
        String maker,
        Instant time,
        List<String> targets,
        Inventory inventory,
        List<Row> rows,
        List<Lapse> lapses,
        List<HiddenCount> hiding,
        Knowledge knowledge,
        List<String> notes,
        boolean baseline,
        List<String> failed,
        int exitStatus) {

    /// A component, what the index says of it, and what is held of that.
    ///
    /// @param findings in the order of the outcome's
    public record Row(Inventory.Item item, Outcome outcome, List<Judged> findings) {

        public Component component() {
            return item.component();
        }

        /// Whether it is left out of what is shipped.
        public boolean development() {
            return item.component().scope().isDevelopment();
        }
    }

    /// A finding and what became of it.
    ///
    /// @param hidden null where nothing hides it
    /// @param known whether the baseline has it already
    public record Judged(Finding finding, @Nullable Hiding hidden, boolean known) {

        /// Whether it counts: exact, not hidden, and not said to be unimportant.
        public boolean counts() {
            return hidden == null && finding.confidence() == Confidence.EXACT && !finding.unimportant();
        }
    }

    /// A release of a product whose support has ended or ends soon.
    ///
    /// @param rows the components that are of it: the product's own, the operating system, else its packages
    /// @param hidden null where nothing hides it
    /// @param known whether the baseline has it already
    public record Lapse(
            Standing standing, List<Row> rows, @Nullable Hiding hidden, boolean known) {

        /// Whether it counts: ended, exact and not hidden.
        public boolean counts() {
            return hidden == null
                    && standing.state() == Standing.State.ENDED
                    && standing.confidence() == Confidence.EXACT;
        }

        /// Whether all its components are left out of what is shipped.
        public boolean development() {
            boolean development = true;
            for (Row row : rows) {
                development &= row.development();
            }
            return development;
        }
    }

    /// Why a finding is hidden.
    ///
    /// @param file that says so; empty for an option
    /// @param state `not_affected`, `fixed` in VEX's words; null where the cause takes no such position
    /// @param justification in VEX's words; null where there is none
    /// @param reason in the words of whoever hides it; empty where there is none
    /// @param until ISO date, the last on which it hides; null where it has no end
    /// @param by who says so; empty where it is not told
    public record Hiding(
            Cause cause,
            String file,
            @Nullable String state,
            @Nullable String justification,
            String reason,
            @Nullable String until,
            String by) {}

    /// What hides findings.
    public enum Cause {
        VEX("VEX"),
        DISTRIBUTION("the distribution's word"),
        RULE("reeve.yaml"),
        IGNORE_FILE("--ignore"),
        BELOW_SEVERITY("--min-severity"),
        NOT_FIXED("--only-fixed");

        private final String word;

        Cause(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /// How many findings one cause hid.
    ///
    /// @param until the soonest end of the rules that hid them; null where they have none
    public record HiddenCount(
            Cause cause, int findings, @Nullable String until) {}
}
