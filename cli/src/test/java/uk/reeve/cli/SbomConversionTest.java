package uk.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.cli.schema.Validation;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Sbom;

class SbomConversionTest {

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void given() throws IOException {
        bench = new Workbench(folder);
    }

    private Validation validated(String name) throws Exception {
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        return Validation.ofJson(JsonInput.read(new ByteArrayInputStream(bytes)), bytes);
    }

    @Test
    void to_spdx_and_back_components_and_relations_stay_and_what_is_lost_is_listed() throws Exception {
        assertThat(bench.run("sbom", "convert", "bom.json", "--output", "bom.spdx.json"))
                .isZero();
        assertThat(bench.err())
                .isEqualTo("Not in the SPDX 2.3 that was written, by element and how often:\n"
                        + "  components.description  1\n");
        assertThat(validated("bom.spdx.json")).isInstanceOf(Validation.Valid.class);
        assertThat(Files.readString(folder.resolve("bom.spdx.json")))
                .contains("From author: Example Ltd", "From made: 2030-01-02T10:00:00Z");

        assertThat(bench.run("sbom", "convert", "bom.spdx.json", "--output", "back.json"))
                .isZero();
        assertThat(validated("back.json")).isInstanceOf(Validation.Valid.class);
        Sbom first = bench.read("bom.json");
        Sbom back = bench.read("back.json");
        assertThat(back.components()).extracting(Component::name).containsExactly("cafe", "teapot", "cup");
        for (int i = 0; i < 3; i++) {
            Component before = first.components().get(i);
            Component after = back.components().get(i);
            assertThat(after.purl()).isEqualTo(before.purl());
            assertThat(after.hashes()).isEqualTo(before.hashes());
            assertThat(after.licences()).isEqualTo(before.licences());
        }
        assertThat(back.root()).isEqualTo("SPDXRef-app");
        assertThat(back.dependencies())
                .containsEntry("SPDXRef-app", List.of("SPDXRef-a"))
                .containsEntry("SPDXRef-a", List.of("SPDXRef-b"));
    }

    @Test
    void a_distribution_s_source_package_stays() throws Exception {
        bench.file("host.json", """
                {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": [
                  {"type": "library", "bom-ref": "c", "name": "libc6", "version": "2.36-9", "purl": "pkg:deb/debian/libc6@2.36-9",
                   "properties": [{"name": "aquasecurity:trivy:SrcName", "value": "glibc"},
                    {"name": "aquasecurity:trivy:SrcVersion", "value": "2.36"},
                    {"name": "aquasecurity:trivy:SrcRelease", "value": "9"},
                    {"name": "shop.example:shelf", "value": "3"}]}]}
                """);

        assertThat(bench.run("sbom", "convert", "host.json", "-o", "host.spdx.json"))
                .isZero();
        assertThat(bench.err()).endsWith(":\n  components.properties (shop.example:shelf)  1\n");
        assertThat(bench.read("host.spdx.json").components().getFirst().properties())
                .containsEntry("aquasecurity:trivy:SrcName", "glibc")
                .containsEntry("aquasecurity:trivy:SrcVersion", "2.36-9");
    }

    @Test
    void of_xml_too_is_told_what_is_lost() throws IOException {
        bench.file("bom.xml", """
                <bom xmlns="http://cyclonedx.org/schema/bom/1.5" version="1">
                 <components>
                  <component type="library" bom-ref="a">
                   <name>x</name><version>1</version><description>d</description>
                   <hashes><hash alg="SHA-1">e6b1000b94e835ffd37f4c6dcbdad43f4b48a02a</hash></hashes>
                   <purl>pkg:npm/x@1</purl>
                   <properties><property name="shop.example:shelf">3</property></properties>
                   <components><component type="library"><name>y</name><copyright>c</copyright></component></components>
                  </component>
                 </components>
                 <dependencies><dependency ref="a"/></dependencies>
                </bom>
                """);

        assertThat(bench.run("sbom", "convert", "bom.xml", "--format", "cyclonedx"))
                .isZero();
        assertThat(bench.err())
                .isEqualTo("Not in the CycloneDX 1.6 that was written, by element and how often:\n"
                        + "  components.copyright  1\n  components.description  1\n"
                        + "  components.properties (shop.example:shelf)  1\n");
    }

    @Test
    void of_spdx_too_is_told_what_is_lost() throws IOException {
        bench.file("x.spdx.json", """
                {"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "dataLicense": "CC0-1.0", "name": "x",
                 "documentNamespace": "https://shop.example/1",
                 "creationInfo": {"created": "2026-03-01T10:00:00Z", "creators": ["Tool: x"]},
                 "packages": [
                  {"SPDXID": "SPDXRef-1", "name": "a", "downloadLocation": "NOASSERTION", "copyrightText": "me",
                   "externalRefs": [{"referenceCategory": "OTHER", "referenceType": "shelf", "referenceLocator": "3"}]},
                  {"SPDXID": "SPDXRef-2", "name": "b", "downloadLocation": "NOASSERTION"}],
                 "relationships": [
                  {"spdxElementId": "SPDXRef-1", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "SPDXRef-2"},
                  {"spdxElementId": "SPDXRef-1", "relationshipType": "PATCH_FOR", "relatedSpdxElement": "SPDXRef-2"}]}
                """);

        assertThat(bench.run("sbom", "convert", "x.spdx.json")).isZero();
        assertThat(bench.out()).containsPattern("\"bomFormat\" ?: ?\"CycloneDX\"");
        assertThat(bench.err())
                .endsWith(":\n  name  1\n  packages.copyrightText  1\n  packages.externalRefs (shelf)  1\n"
                        + "  relationships (PATCH_FOR)  1\n");
    }

    @Test
    void merged_each_component_stands_once_relations_stay_and_what_disagrees_is_told() throws Exception {
        bench.file("other.json", """
                {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
                 "components": [
                  {"type": "library", "bom-ref": "a", "name": "saucer", "version": "3", "purl": "pkg:npm/saucer@3"},
                  {"type": "library", "bom-ref": "t", "name": "teapot", "version": "1.0.0",
                   "purl": "pkg:npm/teapot@1.0.0", "licenses": [{"license": {"id": "ISC"}}]}],
                 "dependencies": [{"ref": "t", "dependsOn": ["a"]}]}
                """);

        assertThat(bench.run("sbom", "merge", "bom.json", "other.json", "-o", "all.json"))
                .isZero();

        Sbom all = bench.read("all.json");
        assertThat(all.components()).extracting(Component::ref).containsExactly("app", "a", "b", "a#2");
        assertThat(all.dependencies()).containsEntry("app", List.of("a")).containsEntry("a", List.of("b", "a#2"));
        assertThat(all.components().get(1).licences()).containsExactly("MIT");
        assertThat(all.root()).isEqualTo("app");
        assertThat(validated("all.json")).isInstanceOf(Validation.Valid.class);
        assertThat(bench.err())
                .endsWith("The inputs disagree; what the first says is kept:\n"
                        + "  pkg:npm/teapot@1.0.0: licence is MIT by bom.json, and ISC by other.json\n");
        assertThat(Files.readString(folder.resolve("all.json")))
                .containsPattern("\"value\" ?: ?\"bom\\.json sha256:[0-9a-f]{64}\"")
                .containsPattern("\"value\" ?: ?\"other\\.json sha256:[0-9a-f]{64}\"");
    }

    @Test
    void what_lies_in_another_component_still_does_after_merging() throws Exception {
        bench.file("war.json", """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [
                  {"type": "application", "bom-ref": "w", "name": "war", "version": "1", "components": [
                    {"type": "library", "bom-ref": "a", "name": "saucer", "version": "3", "purl": "pkg:npm/saucer@3"}]}]}
                """);

        assertThat(bench.run("sbom", "merge", "bom.json", "war.json", "--format", "spdx", "-o", "all.spdx.json"))
                .isZero();
        assertThat(bench.read("all.spdx.json").components())
                .filteredOn(component -> component.name().equals("saucer"))
                .extracting(Component::parent)
                .containsExactly("SPDXRef-w");
    }

    @Test
    void the_same_again_is_the_same_to_the_byte() throws Exception {
        bench.run("sbom", "merge", "bom.json", "bom.json", "-o", "1.json");
        bench.run("sbom", "merge", "bom.json", "bom.json", "-o", "2.json");

        assertThat(folder.resolve("1.json")).hasSameTextualContentAs(folder.resolve("2.json"));
        assertThat(bench.err()).doesNotContain("disagree");
    }

    @Test
    void what_is_asked_for_wrongly_is_one_line() {
        assertThat(bench.run("sbom", "convert", "bom.json", "--format", "swid")).isEqualTo(2);
        assertThat(bench.err()).isEqualTo("reeve: --format takes no \"swid\"; it takes spdx, cyclonedx\n");
        assertThat(bench.run("sbom", "convert")).isEqualTo(2);
        assertThat(bench.run("sbom", "merge", "bom.json")).isEqualTo(2);
        assertThat(bench.err()).hasLineCount(1).contains("merge needs two SBOMs or more");
    }

    @Test
    void nobodys_word_becomes_one_on_anothers_component() throws Exception {
        bench.file("a.json", """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [
                  {"type": "library", "bom-ref": "log4j", "name": "log4j-core", "version": "2.14.1",
                   "purl": "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1"}]}
                """);
        bench.file("b.json", """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [
                  {"type": "library", "bom-ref": "x", "name": "x", "version": "1"}],
                 "vulnerabilities": [{"id": "CVE-2021-44228", "analysis": {"state": "not_affected"},
                  "affects": [{"ref": "log4j"}]}]}
                """);

        assertThat(bench.run("sbom", "merge", "a.json", "b.json", "-o", "all.json"))
                .isZero();
        assertThat(bench.read("all.json").vulnerabilities()).isEmpty();
        assertThat(bench.err())
                .contains("CVE-2021-44228: b.json says it of a component that it does not hold; left out");
    }

    @Test
    void what_was_sent_is_not_written_over_and_what_is_written_is_as_old() throws Exception {
        bench.file("a.json", """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                 "metadata": {"timestamp": "2022-11-14T10:00:00Z"}, "components": []}
                """);

        assertThat(bench.run("sbom", "convert", "a.json", "-o", "a.json")).isEqualTo(Exit.USAGE);
        assertThat(bench.err()).contains("a.json would be written over; give --output another name");
        assertThat(bench.run("sbom", "convert", "a.json", "-o", "b.json")).isZero();
        assertThat(bench.read("b.json").timestamp()).isEqualTo("2022-11-14T10:00:00Z");
    }
}
