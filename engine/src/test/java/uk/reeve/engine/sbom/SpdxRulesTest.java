package uk.reeve.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.reeve.engine.sbom.SpdxFixtures.in;
import static uk.reeve.engine.sbom.SpdxFixtures.json;
import static uk.reeve.engine.sbom.SpdxFixtures.messages;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.reeve.engine.input.Unreadable;

class SpdxRulesTest {

    @Test
    void a_broken_purl_keeps_its_package() throws Exception {
        Sbom sbom = json(pack("a", "oak", "1.0", "pkg:npm"), "");
        assertThat(sbom.components()).singleElement().satisfies(c -> {
            assertThat(c.purl()).isNull();
            assertThat(c.name()).isEqualTo("oak");
            assertThat(c.version()).isEqualTo("1.0");
        });
        assertThat(messages(sbom)).singleElement().asString().startsWith("3: \"pkg:npm\"");
    }

    @Test
    void where_purl_and_version_differ_the_purl_decides() throws Exception {
        Sbom sbom = json(pack("a", "oak", "1.0", "pkg:npm/oak@2.0"), "");
        assertThat(sbom.components().getFirst().version()).isEqualTo("2.0");
        assertThat(messages(sbom))
                .containsExactly(
                        "3: \"oak\" and \"pkg:npm/oak@2.0\" disagree about the version, which the document gives"
                                + " as \"1.0\"; the package URL decides");
    }

    @Test
    void where_purl_and_name_differ_the_purl_decides() throws Exception {
        Sbom sbom = json(pack("a", "elm", "2.0", "pkg:npm/%40wood/oak@2.0"), "");
        assertThat(sbom.components().getFirst().name()).isEqualTo("oak");
        assertThat(sbom.components().getFirst().group()).isEqualTo("@wood");
        assertThat(sbom.warnings()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, pkg:npm/oak@1.0, 1.0",
        "v1.0, pkg:npm/oak@1.0, v1.0",
        "1.0, pkg:npm/oak, 1.0",
        "NOASSERTION, pkg:npm/oak@1.0, 1.0",
        "2:1.0-3, pkg:rpm/x/oak@1.0-3?epoch=2, 2:1.0-3",
        "1.0, pkg:rpm/x/oak@1.0-3, 1.0-3",
    })
    void writings_of_one_version_do_not_differ(String told, String purl, String version) throws Exception {
        Sbom sbom = json(pack("a", "oak", told, purl), "");
        assertThat(sbom.components().getFirst().version()).isEqualTo(version);
        assertThat(sbom.warnings()).isEmpty();
    }

    @Test
    void a_version_that_is_encoded_into_the_name_of_a_purl_is_mended() throws Exception {
        Sbom sbom = json(pack("a", "example.org/oak", "v1.2.3", "pkg:golang/example.org/oak%40v1.2.3"), "");
        assertThat(sbom.components().getFirst().purl()).hasToString("pkg:golang/example.org/oak@v1.2.3");
        assertThat(sbom.warnings()).hasSize(1);
    }

    @Test
    void of_several_purls_the_first_good_one_counts() throws Exception {
        Sbom sbom = json("""
                {"SPDXID": "SPDXRef-a", "name": "oak", "externalRefs": [
                {"referenceType": "purl", "referenceLocator": "oak"},
                {"referenceCategory": "OTHER", "referenceType": "website", "referenceLocator": "pkg:npm/oak@1"},
                {"referenceType": "purl", "referenceLocator": "pkg:npm/oak@1"},
                {"referenceType": "purl", "referenceLocator": "pkg:npm/oak@2"}]}
                """, "");
        assertThat(sbom.components().getFirst().purl()).hasToString("pkg:npm/oak@1");
        assertThat(messages(sbom)).hasSize(2);
        assertThat(messages(sbom).getFirst()).startsWith("4: \"oak\"");
        assertThat(messages(sbom).getLast())
                .isEqualTo(
                        "7: \"SPDXRef-a\" has two package URLs; \"pkg:npm/oak@1\" counts, \"pkg:npm/oak@2\" does not");
    }

    @ParameterizedTest
    @CsvSource({
        "maven-central, org.example:oak:1.0, pkg:maven/org.example/oak@1.0",
        "npm, @wood/oak@1.0, pkg:npm/%40wood/oak@1.0",
        "npm, oak@1.0, pkg:npm/oak@1.0",
        "nuget, Oak/1.0, pkg:nuget/Oak@1.0",
    })
    void coordinates_of_a_registry_stand_for_a_purl(String type, String locator, String purl) throws Exception {
        Sbom sbom = json(
                "{\"SPDXID\": \"a\", \"name\": \"oak\", \"externalRefs\": [{\"referenceType\": \"" + type
                        + "\", \"referenceLocator\": \"" + locator + "\"}]}",
                "");
        assertThat(sbom.components().getFirst().purl()).hasToString(purl);
    }

    @Test
    void a_name_with_a_version_is_kept() throws Exception {
        Sbom sbom = json(pack("a", "oak@1.0", "NOASSERTION", null), "");
        assertThat(sbom.components().getFirst().name()).isEqualTo("oak@1.0");
        assertThat(sbom.components().getFirst().version()).isNull();
        assertThat(sbom.warnings()).isEmpty();
    }

    @Test
    void packages_without_name_or_id_and_with_the_id_of_another_are_kept() throws Exception {
        Sbom sbom = json("""
                {"SPDXID": "SPDXRef-a"},
                {"name": "no-id"},
                {"SPDXID": "SPDXRef-a", "name": "again"},
                "no package",
                {"SPDXID": "SPDXRef-n", "name": null, "versionInfo": {"x": 1}}
                """, "");
        assertThat(sbom.components().stream().map(Component::ref))
                .containsExactly("SPDXRef-a", "package-2", "SPDXRef-a#2", "SPDXRef-n");
        assertThat(sbom.components().stream().map(Component::name))
                .containsExactly("SPDXRef-a", "no-id", "again", "SPDXRef-n");
        assertThat(messages(sbom))
                .containsExactly(
                        "4: the package \"no-id\" has no id; no relation can name it, the rest of it counts",
                        "5: the id \"SPDXRef-a\" stands for two packages; relations mean the first, and both count",
                        "6: an item of \"packages\" is no package; it was left out",
                        "7: \"versionInfo\" is no text; it was left out",
                        "3: the package \"SPDXRef-a\" has no name; its id stands for it",
                        "7: the package \"SPDXRef-n\" has no name; its id stands for it");
    }

    @Test
    void relations_of_every_kind_give_dependencies_scopes_and_parents() throws Exception {
        Sbom sbom = json(
                pack("root", "r", "1", null)
                        + "," + pack("a", "a", "1", null)
                        + "," + pack("b", "b", "1", null)
                        + "," + pack("c", "c", "1", null)
                        + "," + pack("d", "d", "1", null)
                        + "," + pack("e", "e", "1", null)
                        + "," + pack("f", "f", "1", null),
                String.join(
                        ",",
                        relation("SPDXRef-root", "DESCRIBED_BY", "SPDXRef-DOCUMENT"),
                        relation("SPDXRef-root", "depends_on", "SPDXRef-a"),
                        relation("SPDXRef-b", "DEV_DEPENDENCY_OF", "SPDXRef-root"),
                        relation("SPDXRef-c", "BUILD_TOOL_OF", "SPDXRef-root"),
                        relation("SPDXRef-d", "OPTIONAL_DEPENDENCY_OF", "SPDXRef-root"),
                        relation("SPDXRef-a", "HAS_PREREQUISITE", "SPDXRef-e"),
                        relation("SPDXRef-e", "TEST_DEPENDENCY_OF", "SPDXRef-root"),
                        relation("SPDXRef-root", "CONTAINS", "SPDXRef-f"),
                        relation("SPDXRef-f", "CONTAINED_BY", "SPDXRef-e"),
                        relation("SPDXRef-a", "DEPENDS_ON", "NOASSERTION"),
                        relation("SPDXRef-a", "DEPENDS_ON", "DocumentRef-x:SPDXRef-y"),
                        relation("SPDXRef-a", "GENERATED_FROM", "SPDXRef-nowhere")));
        assertThat(sbom.warnings()).isEmpty();
        assertThat(sbom.root()).isEqualTo("SPDXRef-root");
        assertThat(sbom.dependencies())
                .isEqualTo(Map.of(
                        "SPDXRef-root",
                        List.of("SPDXRef-a", "SPDXRef-b", "SPDXRef-c", "SPDXRef-d", "SPDXRef-e"),
                        "SPDXRef-a",
                        List.of("SPDXRef-e")));
        assertThat(sbom.components().stream().map(Component::scope))
                .containsExactly(
                        Scope.RUNTIME,
                        Scope.RUNTIME,
                        Scope.DEVELOPMENT,
                        Scope.BUILD,
                        Scope.OPTIONAL,
                        Scope.RUNTIME, // a dependency in earnest, and one of the tests
                        Scope.RUNTIME);
        assertThat(sbom.components().getLast().parent()).isEqualTo("SPDXRef-e");
    }

    @Test
    void relations_that_lead_nowhere_or_in_a_circle_are_told() throws Exception {
        Sbom sbom = json(
                pack("a", "a", "1", null) + "," + pack("b", "b", "1", null),
                String.join(
                        ",\n",
                        relation("SPDXRef-a", "CONTAINS", "SPDXRef-b"),
                        relation("SPDXRef-b", "CONTAINS", "SPDXRef-a"),
                        relation("SPDXRef-a", "DEPENDS_ON", "SPDXRef-a"),
                        relation("SPDXRef-a", "DEPENDS_ON", "SPDXRef-x"),
                        relation("SPDXRef-a", "LIKES", "SPDXRef-b"),
                        "{\"spdxElementId\": \"SPDXRef-a\"}"));
        assertThat(sbom.dependencies()).isEmpty();
        assertThat(sbom.components().stream().filter(c -> c.parent() != null)).hasSize(1);
        assertThat(messages(sbom))
                .containsExactly(
                        "10: \"LIKES\" is no relation of SPDX 2; it was left out, correct the word",
                        "11: the relation \"SPDXRef-a\" nothing nothing is not complete; it was left out",
                        "9: a relation names \"SPDXRef-x\", and the document has no such element; it was left out",
                        "3: \"SPDXRef-b\" is contained in itself; it was put at the top");
    }

    @Test
    void a_hundred_warnings_are_told_and_the_others_counted() throws Exception {
        String packages = "{},".repeat(119) + "{}";
        Sbom sbom = json(packages, "");
        assertThat(sbom.components()).hasSize(120);
        assertThat(sbom.warnings()).hasSize(101);
        assertThat(sbom.warnings().getLast()).isEqualTo(new Problem(0, "and 140 more"));
    }

    @Test
    void characters_that_are_no_text_are_left_out() throws Exception {
        Sbom sbom = json(pack("a", "o\\u0000a\\ud800k\\ud83c\\udf33", "1", null), "");
        assertThat(sbom.components().getFirst().name()).isEqualTo("oa\uFFFDk\uD83C\uDF33");
        assertThat(sbom.warnings()).hasSize(1);
    }

    @Test
    void checksums_are_spelt_alike_and_wrong_ones_left_out() throws Exception {
        Sbom sbom = json("""
                {"SPDXID": "a", "name": "a", "checksums": [
                {"algorithm": "SHA256", "checksumValue": "%s"},
                {"algorithm": "md5", "checksumValue": "D41D8CD98F00B204E9800998ECF8427E"},
                {"algorithm": "SHA1", "checksumValue": "xyz"}]}
                """.formatted("AB".repeat(32)), "");
        assertThat(sbom.components().getFirst().hashes())
                .isEqualTo(Map.of("SHA-256", "ab".repeat(32), "MD5", "d41d8cd98f00b204e9800998ecf8427e"));
        assertThat(messages(sbom)).containsExactly("6: \"xyz\" is no SHA-1 checksum; it was left out");
    }

    @Test
    void trivy_tells_the_operating_system_and_source_packages() throws Exception {
        Sbom sbom = json("""
                {"SPDXID": "SPDXRef-OperatingSystem-1", "name": "debian", "versionInfo": "12"},
                {"SPDXID": "SPDXRef-Package-2", "name": "oak-dev", "sourceInfo": "built package from: oak 1:2.3-1"}
                """, "");
        assertThat(sbom.components().getFirst().type()).isEqualTo("operating-system");
        assertThat(sbom.components().getLast().properties())
                .isEqualTo(Map.of("aquasecurity:trivy:SrcName", "oak", "aquasecurity:trivy:SrcVersion", "1:2.3-1"));
    }

    @Test
    void slips_in_json_are_mended() throws Exception {
        Sbom sbom = SpdxJson.read(in("""
                {"sbom": {"spdxVersion": "2.3",
                "creationInfo": {"creators": "Tool: heron"},
                "packages": {"SPDXID": "a", "packageName": "oak", "packageVersion": "1"},
                "documentDescribes": "a"}}
                """));
        assertThat(sbom.root()).isEqualTo("a");
        assertThat(sbom.tools()).containsExactly("heron");
        assertThat(sbom.components().getFirst().version()).isEqualTo("1");
        assertThat(sbom.warnings()).hasSize(6);
    }

    @Test
    void files_alone_cannot_be_checked() throws Exception {
        Sbom sbom = SpdxJson.read(in("{\"spdxVersion\": \"SPDX-2.2\", \"files\": [{\"SPDXID\": \"a\"}, {}]}"));
        assertThat(messages(sbom))
                .containsExactly("0: the document holds 2 files, no package; there is nothing to check");
    }

    @Test
    void what_goes_on_after_its_end_is_refused() {
        assertThatThrownBy(() -> SpdxJson.read(in("{\"spdxVersion\": \"SPDX-2.2\"}\n{}")))
                .isInstanceOf(Unreadable.class)
                .hasMessage("goes on after its end; keep one document a file");
    }

    private static String pack(String id, String name, String version, String purl) {
        String refs = purl == null
                ? ""
                : ", \"externalRefs\": [{\"referenceType\": \"purl\", \"referenceLocator\": \"" + purl + "\"}]";
        return "{\"SPDXID\": \"SPDXRef-" + id + "\", \"name\": \"" + name + "\", \"versionInfo\": \"" + version + "\""
                + refs + "}";
    }

    private static String relation(String from, String type, String to) {
        return "{\"spdxElementId\": \"" + from + "\", \"relationshipType\": \"" + type
                + "\", \"relatedSpdxElement\": \"" + to + "\"}";
    }
}
