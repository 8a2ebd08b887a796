package uk.reeve.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.XmlInput;
import uk.reeve.engine.quality.MinimumElements.Body;
import uk.reeve.engine.sbom.SbomReader;

class MinimumElementsTest {

    private static final String JSON = """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
             "metadata": {"authors": [{"name": "Example", "email": "sbom@shop.example"}],
              "component": {"type": "application", "bom-ref": "app", "name": "app",
               "externalReferences": [{"type": "security-contact", "url": "mailto:security@shop.example"}]}},
             "components": [
              {"type": "library", "bom-ref": "a", "name": "a", "version": "1", "supplier": {"name": "Example"},
               "properties": [{"name": "bsi:component:filename", "value": "a.jar"},
                {"name": "bsi:component:executable", "value": "non-executable"},
                {"name": "bsi:component:archive", "value": "archive"},
                {"name": "bsi:component:structured", "value": "structured"}],
               "externalReferences": [{"type": "vcs", "url": "https://git.shop.example/a"},
                {"type": "distribution", "url": "https://shop.example/a.jar"}]},
              {"type": "library", "bom-ref": "b", "name": "b", "swhid": ["swh:1:cnt:94a9ed024d3859793618152ea559a168bbcbb5e2"]}],
             "vulnerabilities": [{"id": "CVE-2030-0001", "affects": [{"ref": "a"}]}]}
            """;

    private static final String XML = """
            <bom xmlns="http://cyclonedx.org/schema/bom/1.6" serialNumber="urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79">
             <metadata>
              <authors><author><name>Example</name><email>sbom@shop.example</email></author></authors>
              <component type="application" bom-ref="app"><name>app</name>
               <externalReferences><reference type="security-contact"><url>mailto:security@shop.example</url></reference>
               </externalReferences></component>
             </metadata>
             <components>
              <component type="library" bom-ref="a"><supplier><name>Example</name></supplier><name>a</name><version>1</version>
               <externalReferences><reference type="vcs"><url>https://git.shop.example/a</url></reference>
                <reference type="distribution"><url>https://shop.example/a.jar</url></reference></externalReferences>
               <properties><property name="bsi:component:filename">a.jar</property>
                <property name="bsi:component:executable">non-executable</property>
                <property name="bsi:component:archive">archive</property>
                <property name="bsi:component:structured">structured</property></properties>
              </component>
              <component type="library" bom-ref="b"><name>b</name>
               <swhid>swh:1:cnt:94a9ed024d3859793618152ea559a168bbcbb5e2</swhid></component>
             </components>
             <vulnerabilities><vulnerability><id>CVE-2030-0001</id>
              <affects><target><ref>a</ref></target></affects></vulnerability></vulnerabilities>
            </bom>
            """;

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Presence> presences(List<MinimumElements.Line> lines) {
        Map<String, Presence> presences = new LinkedHashMap<>();
        lines.forEach(line -> presences.put(line.name(), line.presence()));
        return presences;
    }

    @Test
    void each_element_is_there_in_part_or_missing_and_says_who_asks_and_how_to_mend_it() throws Exception {
        List<MinimumElements.Line> lines =
                MinimumElements.of(SbomReader.read(bytes(JSON)), Said.of(JsonInput.read(bytes(JSON))));

        Presence half = new Presence.Partly(1, 2);
        assertThat(presences(lines))
                .containsEntry("SBOM author", new Presence.There())
                .containsEntry("Author's mail or web address", new Presence.There())
                .containsEntry("Timestamp", new Presence.Missing())
                .containsEntry("SBOM URI", new Presence.There())
                .containsEntry("Producer", half)
                .containsEntry("Name", new Presence.There())
                .containsEntry("Version", half)
                .containsEntry("Identifier", half)
                .containsEntry("Dependencies", new Presence.Missing())
                .containsEntry("File name", half)
                .containsEntry("Executable, archive, structured", half)
                .containsEntry("Address of the source, if any", half)
                .containsEntry("Address of the deployed, if any", half)
                .containsEntry("security.txt (optional)", new Presence.There())
                .containsEntry("Carries no list of vulnerabilities", new Presence.Unwanted(1));
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.asked()).isNotEmpty();
            assertThat(line.mend().isEmpty()).isEqualTo(line.presence() instanceof Presence.There);
        });
    }

    @Test
    void xml_says_the_same_as_json() throws Exception {
        assertThat(MinimumElements.of(SbomReader.read(bytes(XML)), Said.of(XmlInput.read(bytes(XML)))))
                .isEqualTo(MinimumElements.of(SbomReader.read(bytes(JSON)), Said.of(JsonInput.read(bytes(JSON)))));
    }

    @Test
    void each_body_asks_for_what_the_table_of_the_domain_says() throws Exception {
        List<MinimumElements.Line> lines = MinimumElements.of(SbomReader.read(bytes(JSON)), null);

        assertThat(names(lines, Body.NTIA_2021))
                .containsExactly(
                        "SBOM author", "Timestamp", "Producer", "Name", "Version", "Identifier", "Dependencies");
        assertThat(names(lines, Body.CISA_2025)).contains("Tool", "Generation context", "Hash", "Licence");
        assertThat(names(lines, Body.BSI_2_1)).contains("SBOM URI", "File name").doesNotContain("Tool");
    }

    private static List<String> names(List<MinimumElements.Line> lines, Body body) {
        return lines.stream()
                .filter(line -> line.asked().contains(body))
                .map(MinimumElements.Line::name)
                .toList();
    }

    @Test
    void spdx_has_other_places() throws Exception {
        String text = """
                {"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "dataLicense": "CC0-1.0", "name": "x",
                 "documentNamespace": "https://shop.example/1",
                 "creationInfo": {"created": "2030-01-01T00:00:00Z", "creators": ["Organization: Example (sbom@shop.example)"],
                  "comment": "Made from a source tree."},
                 "packages": [
                  {"SPDXID": "SPDXRef-1", "name": "a", "downloadLocation": "https://shop.example/a.jar",
                   "packageFileName": "a.jar"},
                  {"SPDXID": "SPDXRef-2", "name": "b", "downloadLocation": "NOASSERTION"}]}
                """;
        List<MinimumElements.Line> lines =
                MinimumElements.of(SbomReader.read(bytes(text)), Said.of(JsonInput.read(bytes(text))));

        assertThat(presences(lines))
                .containsEntry("Author's mail or web address", new Presence.There())
                .containsEntry("Generation context", new Presence.There())
                .containsEntry("File name", new Presence.Partly(1, 2))
                .containsEntry("Address of the deployed, if any", new Presence.Partly(1, 2));
        assertThat(lines)
                .filteredOn(line -> line.name().equals("Tool"))
                .extracting(MinimumElements.Line::mend)
                .containsExactly("add a creator \"Tool: NAME-VERSION\"");
    }
}
