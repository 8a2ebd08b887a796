package uk.reeve.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpdxExpressionTest {

    @ParameterizedTest
    @CsvSource({
        "MIT, MIT",
        "mit, MIT",
        "apache-2.0 OR mit, Apache-2.0 OR MIT",
        "(MIT), (MIT)",
        "( MIT OR(ISC AND Zlib) ), (MIT OR (ISC AND Zlib))",
        "GPL-2.0+, GPL-2.0+",
        "Apache-2.0+, Apache-2.0+",
        "GPL-2.0-only WITH classpath-exception-2.0, GPL-2.0-only WITH Classpath-exception-2.0",
        "LicenseRef-Oak AND MIT, LicenseRef-Oak AND MIT"
    })
    void a_valid_expression_has_ids_as_the_list_writes_them(String told, String written) {
        assertThat(SpdxExpression.canonical(told)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Apache 2.0",
                "MIT/X11",
                "Oak-1.0",
                "MIT and ISC",
                "MIT ISC",
                "MIT AND",
                "AND MIT",
                "(MIT",
                "MIT)",
                "()",
                "MIT WITH ISC",
                "MIT WITH",
                "(MIT) WITH Classpath-exception-2.0",
                "Classpath-exception-2.0",
                "GPL-2.0-only WITH Classpath-exception-2.0 WITH LLVM-exception",
                "LicenseRef-",
                "LicenseRef-a_b",
                "DocumentRef-a:LicenseRef-b",
                "GPL++"
            })
    void what_the_list_or_the_grammar_does_not_have_is_no_expression(String told) {
        assertThat(SpdxExpression.canonical(told)).isNull();
    }

    @Test
    void an_invalid_licence_gets_a_reference_that_no_other_has() {
        Component own = component("LicenseRef-1");
        SpdxLicenceNames names = new SpdxLicenceNames(List.of(component("Apache 2.0", "MIT"), own));
        assertThat(names.expression(List.of("Apache 2.0", "mit"))).isEqualTo("LicenseRef-2 AND MIT");
        assertThat(names.expression(own.licences())).isEqualTo("LicenseRef-1");
        assertThat(names.expression(List.of("Apache 2.0"))).isEqualTo("LicenseRef-2");
        assertThat(names.references())
                .containsEntry("Apache 2.0", "LicenseRef-2")
                .containsKey("LicenseRef-1");
        assertThat(names.expression(List.of())).isEqualTo("NOASSERTION");
        assertThat(names.expression(List.of("NOASSERTION", "MIT OR ISC"))).isEqualTo("MIT OR ISC");
    }

    private static Component component(String... licences) {
        return new Component(
                "a",
                null,
                null,
                "a",
                null,
                "library",
                Scope.RUNTIME,
                true,
                null,
                List.of(licences),
                java.util.Map.of(),
                List.of(),
                java.util.Map.of(),
                null,
                null);
    }
}
