package uk.reeve.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;

/// The same document in every encoding gives the same components.
class SpdxEncodingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"JSON", "tag-value", "YAML", "RDF/XML", "JSON-LD"})
    void the_same_document_gives_the_same_components(String encoding) throws Exception {
        Sbom sbom = read(encoding, SpdxFixtures.document(encoding));

        assertThat(sbom.warnings()).isEmpty();
        assertThat(sbom.format()).isEqualTo("SPDX");
        assertThat(sbom.encoding()).isEqualTo(encoding);
        assertThat(sbom.specVersion()).isEqualTo(encoding.equals("JSON-LD") ? "3.0.1" : "2.3");
        assertThat(sbom.timestamp()).isEqualTo("2026-02-03T04:05:06Z");
        assertThat(sbom.tools()).containsExactly("heron-1.2");
        assertThat(sbom.authors()).startsWith("Example Council");
        assertThat(sbom.serial()).startsWith("https://example.org/bin-rota");

        String ids = encoding.equals("JSON-LD") ? "https://example.org/bin-rota#" : "SPDXRef-";
        assertThat(sbom.root()).isEqualTo(ids + "app");
        assertThat(sbom.components().stream().map(Component::name).toList())
                .containsExactlyInAnyOrder("bin-rota", "org.example:waste-core", "tide", "checker");
        assertThat(sbom.components().getFirst()).isEqualTo(app(ids));
        assertThat(component(sbom, ids + "lib")).isEqualTo(lib(ids));
        assertThat(component(sbom, ids + "check").scope()).isEqualTo(Scope.TEST);
        assertThat(sbom.dependencies())
                .isEqualTo(Map.of(ids + "lib", List.of(ids + "deep"), ids + "app", List.of(ids + "check")));
    }

    /// A cut anywhere but after a whole line of a format of lines leaves a trace: the reader refuses, or warns.
    @TestFactory
    Stream<DynamicTest> a_cut_is_never_silent() {
        return Stream.of("JSON", "tag-value", "YAML", "RDF/XML", "JSON-LD")
                .flatMap(encoding -> Stream.iterate(1, i -> i <= 20, i -> i + 1)
                        .map(i -> DynamicTest.dynamicTest(encoding + " at " + i + " of 21", () -> cut(encoding, i))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void tag_value_yaml_and_rdf_may_be_utf_16_with_a_byte_order_mark(String charset) throws Exception {
        for (String encoding : List.of("tag-value", "YAML", "RDF/XML")) {
            String text =
                    "\uFEFF" + SpdxFixtures.document(encoding).replace("encoding=\"UTF-8\"", "encoding=\"UTF-16\"");
            Sbom sbom = SpdxFixtures.read(encoding, new ByteArrayInputStream(text.getBytes(Charset.forName(charset))));
            assertThat(sbom.components()).as(encoding).hasSize(4);
        }
    }

    @Test
    void lines_may_end_with_a_carriage_return_alone() throws Exception {
        Sbom sbom = read("tag-value", SpdxFixtures.TAG_VALUE.replace('\n', '\r'));
        assertThat(sbom.components()).hasSize(4);
        assertThat(sbom.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JSON", "tag-value", "YAML", "RDF/XML", "JSON-LD"})
    void what_is_empty_or_something_else_is_refused(String encoding) {
        for (String text : List.of("", "hello", "[]", "{}", "<a/>", "- x", "\u0000")) {
            assertThatThrownBy(() -> read(encoding, text)).as(text).isInstanceOf(Unreadable.class);
        }
    }

    @Test
    void an_unknown_version_is_refused_with_the_versions_that_are_read() {
        assertThatThrownBy(() -> read("JSON", "{\n\"spdxVersion\": \"SPDX-9.1\"}"))
                .isInstanceOf(Unreadable.class)
                .hasMessage(
                        "says it is version \"SPDX-9.1\", and SPDX 2.1 to 2.3 and 3.0 are read; export it in one of these")
                .extracting(e -> ((Unreadable) e).line())
                .isEqualTo(2);
        assertThatThrownBy(() -> read("JSON-LD", SpdxFixtures.SPDX_3.replace("\"3.0.1\"", "\"3.7\"")))
                .isInstanceOf(Unreadable.class)
                .hasMessage(
                        "says it is SPDX version \"3.7\", and SPDX 2.1 to 2.3 and 3.0 are read; export it in one of these");
    }

    private static void cut(String encoding, int part) throws IOException {
        byte[] whole = SpdxFixtures.document(encoding).getBytes(StandardCharsets.UTF_8);
        int at = whole.length * part / 21;
        if (whole[at - 1] == '\n') {
            at--;
        }
        try {
            Sbom sbom = SpdxFixtures.read(encoding, new ByteArrayInputStream(Arrays.copyOf(whole, at)));
            assertThat(sbom.warnings()).isNotEmpty();
        } catch (Unreadable e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        }
    }

    private static Component app(String ids) {
        return new Component(
                ids + "app",
                null,
                null,
                "bin-rota",
                null,
                "application",
                Scope.RUNTIME,
                true,
                null,
                List.of(),
                Map.of(),
                List.of(),
                Map.of("spdx:downloadLocation", "https://example.org/bin-rota.zip"),
                null,
                null);
    }

    private static Component lib(String ids) throws BadPurl {
        return new Component(
                ids + "lib",
                Purl.parse("pkg:maven/org.example/waste-core@2.0.1"),
                null,
                "org.example:waste-core",
                "2.0.1",
                "library",
                Scope.RUNTIME,
                true,
                "Example Works",
                List.of("MIT"),
                Map.of("SHA-1", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
                List.of("cpe:2.3:a:example:waste_core:2.0.1:*:*:*:*:*:*:*"),
                Map.of(),
                null,
                ids + "app");
    }

    private static Component component(Sbom sbom, String ref) {
        return sbom.components().stream()
                .filter(c -> c.ref().equals(ref))
                .findFirst()
                .orElseThrow();
    }

    private static Sbom read(String encoding, String text) throws IOException, Unreadable {
        return SpdxFixtures.read(encoding, SpdxFixtures.in(text));
    }
}
