package uk.reeve.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.reeve.engine.input.Unreadable;

class SbomReaderTest {

    private static final String BOM =
            "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[\n{\"name\":\"x\",\"purl\":\"bad\",\"type\":\"library\"}]}";
    private static final String STATEMENT =
            "{\"_type\":\"https://in-toto.io/Statement/v1\",\n\"subject\":[{\"name\":\"é\"}],\n"
                    + "\"predicateType\":\"https://cyclonedx.org/bom\",\n\"predicate\":" + BOM + "}";

    private static Sbom read(String text) throws IOException, Unreadable {
        return SbomReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"bomFormat\":\"CycloneDX\"}|CYCLONEDX_JSON",
                "{\"$schema\":\"http://cyclonedx.org/schema/bom-1.6.schema.json\",|CYCLONEDX_JSON",
                "{\"version\":1,\"metadata\":{\"SPDXID\":1},\"specVersion\":\"1.4\"|CYCLONEDX_JSON",
                "{\"components\":[{\"spdxVersion\":\"a\\\"}]\"}|CYCLONEDX_JSON",
                "{\"SPDXID\":\"SPDXRef-DOCUMENT\",\"name\":\"a\"|SPDX_JSON",
                "{\"files\":[{\"bomFormat\":1}],\"packages\":[|SPDX_JSON",
                "{\"@context\":\"https://spdx.org/rdf/3.0.1/spdx-context.jsonld\"|SPDX_3",
                "{\"_type\":\"https://in-toto.io/Statement/v1\",\"predicateType\":|ATTESTATION",
                "{\"payloadType\":\"application/vnd.in-toto+json\"|ATTESTATION",
                "<?xml version='1.0'?><bom xmlns='http://cyclonedx.org/schema/bom/1.1'>|CYCLONEDX_XML",
                "<rdf:RDF xmlns:spdx='http://spdx.org/rdf/terms#'>|SPDX_RDF",
                "SPDXVersion: SPDX-2.3|SPDX_TAGS",
                "SPDXID: SPDXRef-DOCUMENT\\nspdxVersion: SPDX-2.3|SPDX_YAML",
            })
    void content_decides_the_format(String head, SbomKind kind) {
        assertThat(SbomKind.of(head.replace("\\n", "\n"))).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[{\"bomFormat\":\"CycloneDX\"}]",
                "{\"name\":\"x\",\"version\":\"1.0.0\",\"dependencies\":{\"lodash\":\"4\"}}",
                "{\"name\":\"x\",\"lockfileVersion\":3,\"packages\":{\"\":{}}}",
                "{\"@context\":\"https://schema.org\"}",
                "{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"e30=\"}",
                "{\"_type\":\"x\",\"predicateType\":\"https://slsa.dev/provenance/v1\",\"predicate\":{}}",
                "<project xmlns='http://maven.apache.org/POM/4.0.0'/>",
                "dataLicence: x",
                "# SPDX-License-Identifier: MIT\nname: ci",
            })
    void another_file_does_not_look_like_an_sbom(String head) {
        assertThat(SbomReader.looksLikeSbom(head)).isFalse();
    }

    @Test
    void an_sbom_looks_like_one() {
        assertThat(SbomReader.looksLikeSbom(BOM)).isTrue();
        assertThat(SbomReader.looksLikeSbom("{\"components\":[{\"bom-ref\":\"a\""))
                .isTrue();
        assertThat(SbomReader.looksLikeSbom("\uFEFF{\"SPDXID\":\"SPDXRef-DOCUMENT\""))
                .isTrue();
        assertThat(SbomReader.looksLikeSbom(STATEMENT)).isTrue();
        assertThat(SbomReader.looksLikeSbom("{\"payload\":\"" + base64(STATEMENT)))
                .isTrue();
        assertThat(SbomReader.looksLikeSbom("SPDXVersion: SPDX-2.3\n")).isTrue();
    }

    @Test
    void the_predicate_of_a_statement_is_read_with_the_lines_of_the_file() throws Exception {
        Sbom sbom = read(STATEMENT);

        assertThat(sbom.specVersion()).isEqualTo("1.5");
        assertThat(sbom.components()).extracting(Component::name).containsExactly("x");
        assertThat(sbom.warnings()).extracting(Problem::line).containsExactly(5);
    }

    @Test
    void envelopes_bundles_and_what_cosign_wraps_are_opened() throws Exception {
        String envelope = "{\"signatures\":[{\"sig\":\"\"}],\"payload\":\"" + base64(STATEMENT)
                + "\",\"payloadType\":\"application/vnd.in-toto+json\"}";
        String bundle =
                "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"dsseEnvelope\":" + envelope + "}";
        String cosign = "{\"predicateType\":\"cosign.sigstore.dev/attestation/v1\",\"predicate\":{\"Data\":\""
                + BOM.replace("\"", "\\\"").replace("\n", "\\n") + "\",\"Timestamp\":\"\"}}";

        for (String text : new String[] {envelope, bundle, cosign}) {
            assertThat(read(text).components()).extracting(Component::name).containsExactly("x");
        }
    }

    @Test
    void an_attestation_without_an_sbom_is_refused_in_words() {
        assertThatThrownBy(() -> read("{\"predicateType\":\"https://slsa.dev/provenance/v1\"}"))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("slsa.dev");
        assertThatThrownBy(() -> read("{\"payload\":\"!!\",\"payloadType\":\"x\"}"))
                .isInstanceOf(Unreadable.class);
        assertThatThrownBy(() ->
                        read("{\"predicate\":{\"predicate\":{\"predicate\":{\"predicate\":{\"predicate\":{}}}}}}"))
                .isInstanceOf(Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "{}", "[]", "<a/>", "hello", "{\"name\":\"x\"}", "{\"bomFormat\":null}"})
    void what_is_no_sbom_is_refused_with_what_to_do(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(Unreadable.class);
    }

    @Test
    void more_components_than_memory_should_hold_end_the_reading() {
        for (String[] document : new String[][] {
            {
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[",
                "{\"type\":\"library\",\"name\":\"a\"},",
                "{}]}"
            },
            {
                "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\"><components>",
                "<component type=\"library\"><name>a</name></component>",
                "</components></bom>"
            },
            {"SPDXVersion: SPDX-2.3\n", "PackageName: a\n", ""}
        }) {
            String text = document[0] + document[1].repeat(uk.reeve.engine.input.Limits.COMPONENTS + 2) + document[2];
            assertThatThrownBy(() -> SbomReader.read(
                            new java.io.ByteArrayInputStream(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                    .isInstanceOf(uk.reeve.engine.input.Unreadable.class)
                    .hasMessageContaining("lists more than 500,000 components");
        }
    }
}
