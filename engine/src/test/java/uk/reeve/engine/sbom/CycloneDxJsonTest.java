package uk.reeve.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.reeve.engine.input.Unreadable;

class CycloneDxJsonTest {

    private static Sbom read(String json) throws IOException, Unreadable {
        return SbomReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    /// A 1.6 document with that list of components.
    private static Sbom components(String components) throws IOException, Unreadable {
        return read("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[" + components + "]}");
    }

    private static List<String> messages(Sbom sbom) {
        return sbom.warnings().stream().map(Problem::message).toList();
    }

    @Test
    void the_order_of_fields_does_not_matter() throws Exception {
        Sbom sbom = read("""
                {"dependencies": [{"dependsOn": ["b"], "ref": "a"}],
                 "components": [
                   {"components": [{"version": "2", "name": "inner", "bom-ref": "b", "type": "library"}],
                    "purl": "pkg:npm/outer@1", "version": "1", "name": "outer", "type": "library", "bom-ref": "a"}],
                 "metadata": {"component": {"type": "application", "name": "app", "bom-ref": "root"}},
                 "specVersion": "1.5", "bomFormat": "CycloneDX"}
                """);

        assertThat(sbom.specVersion()).isEqualTo("1.5");
        assertThat(sbom.root()).isEqualTo("root");
        assertThat(sbom.components()).extracting(Component::ref).containsExactly("root", "a", "b");
        assertThat(sbom.components().get(2).parent()).isEqualTo("a");
        assertThat(sbom.dependencies()).containsExactly(java.util.Map.entry("a", List.of("b")));
        assertThat(sbom.warnings()).isEmpty();
    }

    @Test
    void everything_that_the_model_has_a_place_for_is_read() throws Exception {
        Sbom sbom = read("""
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                 "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
                 "metadata": {
                   "timestamp": "2026-03-01T10:00:00Z",
                   "lifecycles": [{"phase": "build"}],
                   "tools": {"components": [{"type": "application", "name": "maker", "version": "3"}]},
                   "authors": [{"name": "Ann", "email": "ann@council.example"}],
                   "manufacturer": {"name": "Works Ltd"},
                   "supplier": {"name": "Shop Ltd"},
                   "component": {"bom-ref": "app", "type": "application", "name": "app"}},
                 "components": [{
                   "bom-ref": "x", "type": "library", "group": "org.example", "name": "x", "version": "1.0",
                   "purl": "pkg:maven/org.example/x@1.0", "cpe": "cpe:2.3:a:example:x:1.0:*:*:*:*:*:*:*",
                   "scope": "optional", "publisher": "Org",
                   "hashes": [{"alg": "MD5", "content": "3942447FAC867AE5CDB3229B658F4D48"}],
                   "licenses": [{"license": {"id": "MIT"}}, {"license": {"name": "Ours"}}],
                   "properties": [{"name": "syft:cpe23", "value": "cpe:2.3:a:x:x:1.0:*:*:*:*:*:*:*"},
                                  {"name": "syft:distro:id", "value": "debian"}, {"name": "other", "value": "no"}],
                   "evidence": {"occurrences": [{"location": "lib/x.jar", "line": 7}]}}],
                 "vulnerabilities": [{
                   "id": "CVE-2024-0001", "references": [{"id": "GHSA-aaaa-bbbb-cccc", "source": {"name": "GitHub"}}],
                   "analysis": {"state": "not_affected", "justification": "code_not_reachable", "detail": "no"},
                   "affects": [{"ref": "x"}]}]}
                """);

        assertThat(sbom.warnings()).isEmpty();
        assertThat(sbom.serial()).isEqualTo("urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79");
        assertThat(sbom.timestamp()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(sbom.lifecycles()).containsExactly("build");
        assertThat(sbom.tools()).containsExactly("maker 3");
        assertThat(sbom.authors()).containsExactly("Ann <ann@council.example>", "Works Ltd");
        assertThat(sbom.components().get(0).supplier()).isEqualTo("Shop Ltd");
        Component x = sbom.components().get(1);
        assertThat(x.purl()).hasToString("pkg:maven/org.example/x@1.0");
        assertThat(x.group()).isEqualTo("org.example");
        assertThat(x.scope()).isEqualTo(Scope.OPTIONAL);
        assertThat(x.supplier()).isEqualTo("Org");
        assertThat(x.hashes()).containsExactly(java.util.Map.entry("MD5", "3942447fac867ae5cdb3229b658f4d48"));
        assertThat(x.licences()).containsExactly("MIT", "Ours");
        assertThat(x.cpes())
                .containsExactly("cpe:2.3:a:example:x:1.0:*:*:*:*:*:*:*", "cpe:2.3:a:x:x:1.0:*:*:*:*:*:*:*");
        assertThat(x.properties()).containsExactly(java.util.Map.entry("syft:distro:id", "debian"));
        assertThat(x.place()).isEqualTo(new Place("lib/x.jar", 7));
        assertThat(sbom.vulnerabilities())
                .containsExactly(new Sbom.Claim(
                        "CVE-2024-0001",
                        List.of("GHSA-aaaa-bbbb-cccc"),
                        "not_affected",
                        "code_not_reachable",
                        "no",
                        List.of("x")));
    }

    @Test
    void a_component_without_a_package_url_is_kept() throws Exception {
        Sbom sbom = components("{\"type\":\"library\",\"name\":\"x\",\"version\":\"1\",\"cpe\":\"cpe:/a:x:x:1\"}");

        assertThat(sbom.components()).extracting(Component::name).containsExactly("x");
        assertThat(sbom.components().getFirst().purl()).isNull();
        assertThat(sbom.warnings()).isEmpty();
    }

    @Test
    void a_broken_package_url_is_quoted_with_its_line_and_the_component_kept() throws Exception {
        Sbom sbom = components("\n{\"type\":\"library\",\"name\":\"x\",\"purl\":\"npm/x\"}");

        assertThat(sbom.components().getFirst().purl()).isNull();
        assertThat(sbom.components().getFirst().name()).isEqualTo("x");
        assertThat(sbom.warnings()).hasSize(1);
        assertThat(sbom.warnings().getFirst().line()).isEqualTo(2);
        assertThat(messages(sbom).getFirst()).contains("\"npm/x\"").contains("kept without it");
    }

    @Test
    void where_name_or_version_differ_the_package_url_decides() throws Exception {
        Sbom sbom = components("{\"type\":\"library\",\"name\":\"log4j\",\"version\":\"2.15.0\","
                + "\"purl\":\"pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1\"}");

        assertThat(sbom.components().getFirst().name()).isEqualTo("log4j-core");
        assertThat(sbom.components().getFirst().group()).isEqualTo("org.apache.logging.log4j");
        assertThat(sbom.components().getFirst().version()).isEqualTo("2.14.1");
        assertThat(messages(sbom)).hasSize(2);
        assertThat(messages(sbom).get(0)).contains("\"log4j\"", "log4j-core@2.14.1");
        assertThat(messages(sbom).get(1)).contains("\"2.15.0\"", "2.14.1");
    }

    @Test
    void another_spelling_of_the_same_name_or_version_is_no_difference() throws Exception {
        Sbom sbom = components("""
                {"type": "library", "name": "@scope/x", "version": "1", "purl": "pkg:npm/%40scope/x@1"},
                {"type": "library", "name": "github.com/a/b", "version": "1.2.3", "purl": "pkg:golang/github.com/a/b@v1.2.3"},
                {"type": "library", "name": "Some_Lib", "version": "1", "purl": "pkg:pypi/some-lib@1"},
                {"type": "library", "group": "org.example", "name": "x", "version": "1", "purl": "pkg:maven/org.example/x@1"},
                {"type": "container", "name": "registry.example/alpine:3", "purl": "pkg:oci/alpine@sha256:12"},
                {"type": "library", "name": "p", "version": "1:2-3", "purl": "pkg:deb/debian/p@2-3?epoch=1"},
                {"type": "library", "name": "stdlib", "version": "go1.22", "purl": "pkg:golang/stdlib@1.22"}
                """);

        assertThat(messages(sbom)).isEmpty();
    }

    @Test
    void a_version_that_was_encoded_into_the_name_is_mended_with_a_warning() throws Exception {
        Sbom sbom = components("{\"type\":\"library\",\"name\":\"x\",\"purl\":\"pkg:golang/github.com/a/x%40v1.2.3\"}");

        assertThat(sbom.components().getFirst().version()).isEqualTo("v1.2.3");
        assertThat(messages(sbom)).hasSize(1);
        assertThat(messages(sbom).getFirst()).contains("pkg:golang/github.com/a/x%40v1.2.3");
    }

    @Test
    void a_ref_that_is_used_twice_is_made_unique() throws Exception {
        Sbom sbom = components(
                "{\"type\":\"library\",\"name\":\"x\",\"bom-ref\":\"r\"},{\"type\":\"library\",\"name\":\"y\",\"bom-ref\":\"r\"}");

        assertThat(sbom.components()).extracting(Component::ref).containsExactly("r", "r#2");
        assertThat(messages(sbom)).hasSize(1);
    }

    @Test
    void dependencies_on_what_is_not_there_give_a_warning_per_ref_and_a_hundred_at_most() throws Exception {
        StringBuilder refs = new StringBuilder();
        for (int i = 0; i < 150; i++) {
            refs.append("\"gone-").append(i).append("\",\"gone-").append(i).append("\",");
        }
        Sbom sbom = read("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[{\"type\":\"library\","
                + "\"name\":\"a\",\"bom-ref\":\"a\"}],\"services\":[{\"bom-ref\":\"s\",\"name\":\"s\"}],"
                + "\"dependencies\":[{\"ref\":\"a\",\"dependsOn\":[" + refs + "\"s\"]}]}");

        assertThat(sbom.warnings()).hasSize(101);
        assertThat(sbom.warnings().getLast().message()).isEqualTo("and 50 more refs that no component has");
        assertThat(sbom.dependencies()).containsExactly(java.util.Map.entry("a", List.of()));
    }

    @Test
    void a_value_of_the_wrong_type_is_left_out_with_a_warning_and_the_rest_kept() throws Exception {
        Sbom sbom = components("""
                "text", null, 7,
                {"type": "library", "name": "x", "version": 1.0, "licenses": "MIT", "hashes": [5], "purl": {"a": [1]},
                 "supplier": "Ann", "components": {}, "evidence": [], "properties": [{"value": "v"}]},
                {"type": "library", "name": "y"}
                """);

        assertThat(sbom.components()).extracting(Component::name).containsExactly("x", "y");
        assertThat(sbom.components().getFirst().version()).isEqualTo("1.0");
        assertThat(messages(sbom)).hasSize(11);
        assertThat(messages(sbom).getFirst())
                .isEqualTo("\"components\" holds the text \"text\" where an object belongs; it is left out");
    }

    @Test
    void a_missing_name_is_taken_from_the_package_url() throws Exception {
        Sbom sbom = components("{\"type\":\"library\",\"purl\":\"pkg:npm/x@1\"},{\"type\":\"library\"}");

        assertThat(sbom.components()).extracting(Component::name).containsExactly("x", "(no name)");
        assertThat(messages(sbom)).hasSize(2);
    }

    @Test
    void nul_and_half_a_pair_are_replaced_with_a_warning() throws Exception {
        Sbom sbom = components("{\"type\":\"library\",\"name\":\"a\\u0000b\",\"version\":\"\\ud800\"}");

        assertThat(sbom.components().getFirst().name()).isEqualTo("a\uFFFDb");
        assertThat(sbom.components().getFirst().version()).isEqualTo("\uFFFD");
        assertThat(messages(sbom)).hasSize(2);
    }

    @Test
    void a_version_that_does_not_exist_is_refused_with_those_that_are_read() {
        assertThatThrownBy(() -> read("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.99\"}"))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("\"1.99\"")
                .hasMessageContaining("1.0 to 1.7");
    }

    @Test
    void another_format_is_refused() {
        assertThatThrownBy(() -> read("{\"bomFormat\":\"Other\",\"specVersion\":\"1.6\"}"))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("\"Other\"");
        assertThatThrownBy(() -> read("{\"components\":[]}")).isInstanceOf(Unreadable.class);
    }

    @Test
    void a_second_document_gives_a_warning() throws Exception {
        Sbom sbom = read("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"} {\"bomFormat\":");

        assertThat(messages(sbom)).hasSize(1);
        assertThat(messages(sbom).getFirst()).startsWith("goes on after its end");
    }

    @Test
    void what_the_npm_and_composer_plugins_say_of_a_component_is_its_scope() throws Exception {
        Sbom sbom = components("""
                {"type": "library", "name": "a", "properties": [{"name": "cdx:npm:package:development", "value": "true"}]},
                {"type": "library", "name": "b", "properties": [{"name": "cdx:npm:package:bundled", "value": "true"}]},
                {"type": "library", "name": "c", "scope": "excluded"}
                """);

        assertThat(sbom.components())
                .extracting(Component::scope)
                .containsExactly(Scope.DEVELOPMENT, Scope.BUNDLED, Scope.DEVELOPMENT);
    }

    @Test
    void a_word_that_cyclonedx_does_not_know_says_nothing() throws Exception {
        Sbom sbom = read("""
                {"bomFormat": "CycloneDX", "specVersion": "1.6",
                 "vulnerabilities": [{"id": "CVE-2024-0001", "analysis": {"state": "fine", "justification": "trust me"}},
                                     {"analysis": {"state": "resolved"}}]}
                """);

        assertThat(sbom.vulnerabilities())
                .containsExactly(new Sbom.Claim("CVE-2024-0001", List.of(), null, null, null, List.of()));
        assertThat(messages(sbom)).hasSize(3);
    }
}
