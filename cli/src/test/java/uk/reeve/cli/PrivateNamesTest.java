package uk.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.reeve.cli.report.Given;
import uk.reeve.cli.report.Schemas;
import uk.reeve.engine.sbom.Scope;

class PrivateNamesTest {

    @ParameterizedTest
    @CsvSource({
        "@council/*, pkg:npm/%40council/forms@1, true",
        "@council/*, pkg:npm/%40councillor/forms@1, false",
        "@council/*, pkg:npm/council@1, false",
        "uk.gov.council:*, pkg:maven/uk.gov.council/forms@1, true",
        "uk.gov.council:*, pkg:maven/uk.gov.council.other/forms@1, false",
        "uk.gov.council*, pkg:maven/uk.gov.council.other/forms@1, true",
        "Council.*, pkg:nuget/council.forms@1, true",
        "council_*, pkg:pypi/council-forms@1, true",
        "council_*, pkg:npm/council-forms@1, false",
        "git.council.example/*, pkg:golang/git.council.example/forms@v1.0.0, true",
        "forms, pkg:npm/forms@1, true",
        "forms, pkg:npm/forms-public@1, false"
    })
    void a_pattern_means_the_whole_name_with_one_star_for_any_text(String pattern, String purl, boolean fits) {
        assertThat(new PrivateNames(List.of(pattern)).has(Given.component(purl, Scope.RUNTIME)))
                .isEqualTo(fits);
    }

    @Test
    void the_schema_takes_what_the_program_takes() throws Exception {
        assertThat(errors("private: [\"@council/*\", \"uk.gov.council:*\", forms, \"*-council\"]"))
                .isEmpty();
        assertThat(errors("private: \"@council/*\"")).isEmpty();
        for (String wrong : List.of("*", "@*", "", "a*b*c")) {
            assertThat(PrivateNames.fault(wrong)).isNotEmpty();
            assertThat(errors("private: [\"" + wrong + "\"]")).as(wrong).isNotEmpty();
        }
    }

    private static List<String> errors(String yaml) throws Exception {
        return Schemas.errors(
                Schemas.file("docs/reference/reeve.schema.json"),
                SpecificationVersion.DRAFT_2020_12,
                yaml,
                InputFormat.YAML);
    }
}
