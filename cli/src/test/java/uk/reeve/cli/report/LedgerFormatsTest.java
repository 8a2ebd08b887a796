package uk.reeve.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import uk.reeve.engine.Shared;
import uk.reeve.engine.match.Outcome;
import uk.reeve.scanner.Inventory.LedgerLine;

/// What was not looked at is in every format.
class LedgerFormatsTest {

    static final java.util.List<String> FORMATS = Formats.NAMES;

    private static final Look VERBOSE = new Look(200, false, true, true);

    private static Report report() {
        Given given = new Given();
        for (LedgerLine.Kind kind : LedgerLine.Kind.values()) {
            String word = kind.name().toLowerCase(java.util.Locale.ROOT);
            given.ledger(kind, word + ".lock", 3, "first-" + word + " is why");
            given.ledger(kind, word + ".lock", 4, "second-" + word + " is why");
        }
        for (Outcome.Coverage coverage : Outcome.Coverage.values()) {
            String word = coverage.name().toLowerCase(java.util.Locale.ROOT);
            given.unknown("pkg:generic/one-" + word + "@1", coverage, "because of its " + word);
            given.unknown("pkg:generic/two-" + word + "@1", coverage, "because of its " + word);
        }
        return given.report();
    }

    @ParameterizedTest
    @FieldSource("FORMATS")
    void everything_that_was_not_looked_at_is_in_every_format(String format) {
        String text = Given.written(report(), format, VERBOSE).replace("\\_", "_");
        for (LedgerLine.Kind kind : LedgerLine.Kind.values()) {
            String word = kind.name().toLowerCase(java.util.Locale.ROOT);
            assertThat(text).contains(word + ".lock", "first-" + word, "second-" + word);
        }
        for (Outcome.Coverage coverage : Outcome.Coverage.values()) {
            String word = coverage.name().toLowerCase(java.util.Locale.ROOT);
            if (coverage != Outcome.Coverage.LOOKED_AT) {
                assertThat(text).contains("generic/one-" + word, "generic/two-" + word);
            }
        }
    }

    @Test
    void cyclonedx_names_it_as_properties_of_the_document_which_is_then_incomplete() throws Exception {
        String text = Given.written(report(), "cyclonedx", Look.PLAIN);
        assertThat(Schemas.cyclonedx(text)).isEmpty();
        assertThat(text).contains("""
                        {"name":"reeve:not-looked-at:unlocked","value":"unlocked.lock:3: first-unlocked is why"}""").contains("""
                        {"name":"reeve:not-looked-at:no-identity","value":"a.lock: pkg:generic/one-no_identity@1: no package \
                        identity"}""").contains("\"compositions\":[{\"aggregate\":\"incomplete\"}]");
    }

    @Test
    void cyclonedx_is_not_incomplete_because_of_a_warning_or_of_a_component_that_is_listed() {
        Given given = new Given()
                .unknown("pkg:generic/thing@1", Outcome.Coverage.NOT_COVERED, "no advisory source covers it")
                .ledger(LedgerLine.Kind.WARNING, "bom.json", 3, "is odd");
        assertThat(Given.written(given.report(), "cyclonedx", Look.PLAIN))
                .contains("reeve:not-looked-at:warning")
                .doesNotContain("compositions");
    }

    @Test
    void sarif_stays_valid_and_warns_of_what_could_not_be_read() throws Exception {
        String text = Given.written(report(), "sarif", Look.PLAIN);
        assertThat(text).contains("Not looked at (partly read): partly_read.lock:3: first-partly_read is why");
        assertThat(text.split("\"level\" : \"warning\"")).hasSize(5);
        assertThat(Schemas.errors(
                        Shared.path("conformance/sarif/sarif-2.1/schema/sarif-schema-2.1.0.json"),
                        SpecificationVersion.DRAFT_4,
                        text,
                        InputFormat.JSON))
                .isEmpty();
    }
}
