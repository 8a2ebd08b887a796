package uk.reeve.cli.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.reeve.engine.input.JsonInput;

class ValidationTest {

    private static final String JSON = """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
             "metadata": {"timestamp": "2026-03-01T10:00:00Z"},
             "components": [
              {"type": "library", "name": "x", "version": "1", "licenses": [{"license": {"id": "MIT"}}]}]}
            """;

    private static final String XML = """
            <bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1">
             <components>
              <component type="library"><name>x</name></component>
             </components>
            </bom>
            """;

    private static final String SPDX = """
            {"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "dataLicense": "CC0-1.0", "name": "x",
             "documentNamespace": "https://shop.example/1",
             "creationInfo": {"created": "2026-03-01T10:00:00Z", "creators": ["Tool: x"]},
             "packages": [{"SPDXID": "SPDXRef-1", "name": "a", "downloadLocation": "NOASSERTION"}]}
            """;

    @TempDir
    Path folder;

    private static Validation json(String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Validation.ofJson(JsonInput.read(new ByteArrayInputStream(bytes)), bytes);
    }

    private static Validation xml(String text) throws Exception {
        return Validation.ofXml(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Flaw> flaws(Validation validation) {
        return validation instanceof Validation.Invalid invalid
                ? invalid.flaws()
                : Assertions.fail("no flaws: " + validation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.3", "1.4", "1.5", "1.6", "1.7"})
    void each_version_of_json_has_its_schema(String version) throws Exception {
        String text = JSON.replace("1.6", version);

        assertThat(json(text)).isEqualTo(new Validation.Valid("CycloneDX " + version + " (JSON)"));
        assertThat(flaws(json(text.replace("\"library\"", "\"lib\"")))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"})
    void each_version_of_xml_has_its_schema(String version) throws Exception {
        String text = XML.replace("1.6", version).replace("</name>", "</name><version>1</version>");
        text = version.equals("1.0") ? text.replace("</version>", "</version><modified>false</modified>") : text;

        assertThat(xml(text)).isEqualTo(new Validation.Valid("CycloneDX " + version + " (XML)"));
        assertThat(flaws(xml(text.replace("\"library\"", "\"lib\"")))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.2", "2.3"})
    void spdx_has_its_schema(String version) throws Exception {
        String text = SPDX.replace("SPDX-2.3", "SPDX-" + version);

        assertThat(json(text.replace(
                        "}]}",
                        ", \"licenseConcluded\": \"MIT\", \"licenseDeclared\": \"MIT\","
                                + " \"copyrightText\": \"NONE\"}]}")))
                .isEqualTo(new Validation.Valid("SPDX " + version + " (JSON)"));
        assertThat(flaws(json(text.replace("\"name\": \"a\", ", ""))))
                .contains(new Flaw(4, "packages[0]", "required property 'name' not found"));
    }

    @Test
    void spdx_3_has_its_schema() throws Exception {
        String text = """
                {"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [
                  {"type": "CreationInfo", "@id": "_:c", "specVersion": "3.0.1", "created": "2026-03-01T10:00:00Z",
                   "createdBy": ["https://shop.example/#o"]},
                  {"type": "Organization", "spdxId": "https://shop.example/#o", "creationInfo": "_:c", "name": "Example"}]}
                """;

        assertThat(json(text)).isEqualTo(new Validation.Valid("SPDX 3.0.1 (JSON)"));
        assertThat(flaws(json(text.replace("\"createdBy\"", "\"madeBy\"")))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-03-01T10:00:00Z | then | 2 | metadata.timestamp | \"then\" does not match the date-time pattern",
                "{\"id\": \"MIT\"} | {\"id\": \"TIM\"} | 4 | components[0].licenses[0].license.id"
                        + " | \"TIM\" does not have a value in the enumeration",
                "\"name\": \"x\" | \"nome\": \"x\" | 4 | components[0] | required property 'name' not found",
                "\"version\": 1 | \"version\": 0 | 1 | version | 0 must have a minimum value of 1",
                "\"version\": 1 | \"version\": \"one\" | 1 | version | \"one\" string found, integer expected"
            })
    void a_flaw_of_json_has_a_line_a_path_and_a_reason(String right, String wrong, int line, String path, String reason)
            throws Exception {
        List<Flaw> flaws = flaws(json(JSON.replace(right, wrong)));

        assertThat(flaws).anySatisfy(flaw -> {
            assertThat(flaw.line()).isEqualTo(line);
            assertThat(flaw.path()).isEqualTo(path);
            assertThat(flaw.reason()).startsWith(reason);
        });
    }

    @Test
    void a_choice_that_is_not_met_is_one_flaw() throws Exception {
        assertThat(flaws(json(JSON.replace("\"MIT\"", "\"TIM\"")))).hasSize(1);
        String two = "{\"type\": \"library\", \"name\": \"%s\", \"licenses\": [{\"license\": {\"id\": \"TIM\"}}]}";
        assertThat(flaws(json("{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\", \"components\": ["
                        + two.formatted("a") + ",\n" + two.formatted("b") + "]}")))
                .extracting(Flaw::line)
                .containsExactly(1, 2);
    }

    @Test
    void a_flaw_of_xml_has_a_line_an_owner_and_a_reason() throws Exception {
        assertThat(flaws(xml(XML.replace("\"library\"", "\"lib\""))))
                .singleElement()
                .satisfies(flaw -> {
                    assertThat(flaw.line()).isEqualTo(3);
                    assertThat(flaw.path()).isEqualTo("component@type");
                    assertThat(flaw.reason()).startsWith("Value 'lib' is not facet-valid");
                });
    }

    @Test
    void the_same_component_twice_is_a_flaw_and_all_are_told() throws Exception {
        String one = "{\"type\": \"library\", \"name\": \"x\"}";
        assertThat(flaws(json("{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\", \"components\": [" + one + ", "
                        + one + "]}")))
                .hasSize(1);
        String many = IntStream.range(0, 50)
                .mapToObj(i -> "{\"type\": \"lib\", \"name\": \"x" + i + "\"}")
                .collect(Collectors.joining(", "));
        assertThat(flaws(json(
                        "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\", \"components\": [" + many + "]}")))
                .hasSize(50);
    }

    @Test
    void a_document_type_is_refused_and_no_entity_is_read() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "sesame");
        String type = "<!DOCTYPE bom [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>";

        for (String text : List.of(type + XML.replace(">x<", ">&x;<"), type + XML)) {
            assertThat(flaws(xml(text))).singleElement().satisfies(flaw -> assertThat(flaw.reason())
                    .contains("DOCTYPE")
                    .doesNotContain("sesame"));
        }
    }

    @Test
    void nothing_is_fetched_that_a_document_names() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String address = "http://127.0.0.1:" + server.getLocalPort() + "/";
            assertThat(json(JSON.replace("{\"bomFormat\"", "{\"$schema\": \"" + address + "s.json\", \"bomFormat\"")))
                    .isInstanceOf(Validation.Valid.class);
            assertThat(json(SPDX.replace(
                            "{\"spdxVersion\"", "{\"$schema\": \"" + address + "s.json\", \"spdxVersion\"")))
                    .isNotNull();
            assertThat(xml(XML.replace(
                            "version=\"1\"",
                            "version=\"1\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\""
                                    + address + " " + address + "x.xsd\"")))
                    .isInstanceOf(Validation.Valid.class);
            xml("<!DOCTYPE bom SYSTEM \"" + address + "x.dtd\">" + XML);

            server.setSoTimeout(200);
            Assertions.assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void what_lies_as_deep_as_a_document_may_is_held_against_the_schema_too() throws Exception {
        String deep = "{\"type\": \"library\", \"name\": \"x\", \"components\": [".repeat(240) + "]}".repeat(240);

        assertThat(json("{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\", \"components\": [" + deep + "]}"))
                .isInstanceOf(Validation.Valid.class);
    }

    @Test
    void what_has_no_schema_here_or_is_too_large_is_not_called_valid() throws Exception {
        Validation none = new Validation.NotDone("no schema of it ships with Reeve");
        assertThat(json("{\"spdxVersion\": \"SPDX-2.1\"}")).isEqualTo(none);
        assertThat(json("{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"9.9\"}"))
                .isEqualTo(none);
        assertThat(json("{\"@context\": \"https://spdx.org/rdf/3.0.0/spdx-context.jsonld\"}"))
                .isEqualTo(none);
        assertThat(xml("<bom xmlns='http://cyclonedx.org/schema/bom/9.9'/>")).isEqualTo(none);
        assertThat(xml("<bom")).isEqualTo(none);
        assertThat(json(JSON + " ".repeat(Validation.MOST_BYTES)))
                .isInstanceOfSatisfying(
                        Validation.NotDone.class, not -> assertThat(not.why()).contains("is larger than"));
    }

    @Test
    void a_broken_end_of_xml_is_a_flaw_like_others() throws IOException {
        assertThat(flaws(Validation.ofXml(XML.replace("</bom>", "").getBytes(StandardCharsets.UTF_8))))
                .hasSize(1);
    }
}
