package uk.reeve.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.reeve.engine.Shared;
import uk.reeve.engine.input.Unreadable;

/// Documents that someone wrote to do harm.
class CycloneDxHostileTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "xml/billion-laughs.cdx.xml|entities are not expanded",
                "xml/quadratic-blowup.cdx.xml|entities are not expanded",
                "xml/parameter-entity-bomb.cdx.xml|entities are not expanded",
                "xml/xxe-file.cdx.xml|entities are not expanded",
                "xml/xxe-http.cdx.xml|entities are not expanded",
                "xml/deep-20000.cdx.xml|levels deep",
                "xml/many-attributes.cdx.xml|attributes",
                "xml/duplicate-attribute.cdx.xml|attribute twice",
                "xml/wrong-encoding.cdx.xml|",
                "xml/invalid-chars.cdx.xml|",
                "xml/bom-and-blank.cdx.xml|",
                "xml/namespace-1.99.cdx.xml|1.0 to 1.7",
                "json/deep-components-5000.cdx.json|levels deep",
                "json/deep-arrays-100000.json|",
                "json/huge-number.cdx.json|digits",
                "json/utf16.cdx.json|UTF-8",
            })
    void is_refused_in_one_sentence_with_its_line(String file, String reason) throws Exception {
        try {
            Sbom sbom = read(file);
            fail(file + " was read, with " + sbom.warnings());
        } catch (Unreadable e) {
            System.out.println(e.at(file));
            assertThat(e.getMessage()).contains(reason == null ? "" : reason).doesNotContain("\n", "root:");
            assertThat(e.line()).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "xml/xxe-parameter.cdx.xml, 1, 0",
        "xml/external-dtd.cdx.xml, 1, 0",
        "xml/xinclude.cdx.xml, 1, 2",
        "xml/schema-location.cdx.xml, 1, 0",
        "xml/stylesheet-pi.cdx.xml, 0, 0",
        "xml/utf16-le-bom.cdx.xml, 1, 0",
        "json/duplicate-keys.cdx.json, 1, 3",
        "json/exponent.cdx.json, 0, 1",
        "json/bom-utf8.cdx.json, 0, 0",
        "json/lone-surrogate.cdx.json, 1, 1",
        "json/nul-in-name.cdx.json, 1, 1",
        "json/cyclic-dependencies.cdx.json, 2, 1",
        "json/prototype-names.cdx.json, 1, 1",
        "json/html-in-name.cdx.json, 1, 0",
        "json/trailing-garbage.cdx.json, 0, 1",
    })
    void is_read_and_nothing_is_fetched(String file, int components, int warnings) throws Exception {
        Sbom sbom = read(file);

        System.out.println(file + ": " + sbom.warnings());
        assertThat(sbom.components()).hasSize(components);
        assertThat(sbom.warnings()).hasSize(warnings);
        assertThat(sbom.toString()).doesNotContain("root:", "\0");
    }

    @Test
    void every_hostile_cyclonedx_document_is_in_one_of_the_two_tables() throws Exception {
        List<String> names = new ArrayList<>();
        for (String folder : List.of("json", "xml")) {
            try (Stream<Path> files = Files.list(Shared.path("conformance/hostile/" + folder))) {
                files.map(f -> f.getFileName().toString())
                        .filter(n -> n.contains(".cdx."))
                        .forEach(names::add);
            }
        }
        assertThat(names).hasSize(15 + 15);
    }

    private static Sbom read(String file) throws IOException, Unreadable {
        Path path = Shared.path("conformance/hostile/" + file);
        try (InputStream in = Files.newInputStream(path)) {
            return SbomReader.read(in);
        }
    }

    private static final String JSON = """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                 "metadata": {"timestamp": "2026-03-01T10:00:00Z", "component": {"type": "application", "name": "a"}},
                 "components": [
                  {"type": "library", "bom-ref": "x", "name": "x", "version": "1.0", "purl": "pkg:npm/x@1.0",
                   "licenses": [{"license": {"id": "MIT"}}], "properties": [{"name": "syft:a", "value": "b"}]},
                  {"type": "library", "bom-ref": "y", "name": "yé", "hashes": [{"alg": "MD5", "content": "00"}]}],
                 "dependencies": [{"ref": "x", "dependsOn": ["y"]}],
                 "vulnerabilities": [{"id": "CVE-2024-0001", "affects": [{"ref": "x"}]}]}""";
    private static final String XML = """
                <?xml version="1.0" encoding="UTF-8"?>
                <bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1">
                 <metadata><component type="application"><name>a</name></component></metadata>
                 <components>
                  <component type="library" bom-ref="x"><name>x</name><version>1.0</version>
                   <licenses><license><id>MIT</id></license></licenses><purl>pkg:npm/x@1.0</purl></component>
                  <component type="library" bom-ref="y"><name>y &amp; é</name></component>
                 </components>
                 <dependencies><dependency ref="x"><dependency ref="y"/></dependency></dependencies>
                </bom>""";

    @Test
    void a_document_that_stops_is_refused_wherever_it_stops() throws Exception {
        int refused = 0;
        int inWords = 0;
        for (String whole : List.of(JSON, XML)) {
            byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
            SbomReader.read(new ByteArrayInputStream(bytes));
            for (int end = 0; end < bytes.length; end++) {
                try {
                    SbomReader.read(new ByteArrayInputStream(Arrays.copyOf(bytes, end)));
                    fail("read up to " + end + " of " + bytes.length + ": "
                            + whole.substring(Math.max(0, end - 40), end));
                } catch (Unreadable e) {
                    refused++;
                    inWords += e.getMessage().startsWith("stops in the middle of ") ? 1 : 0;
                }
            }
        }
        System.out.println("stops: refused " + refused + ", in those words " + inWords);
        assertThat(refused).isGreaterThan(1_000);
    }

    @Test
    void a_damaged_document_is_refused_or_read_and_never_anything_else() throws Exception {
        Random random = new Random(7);
        byte[] signs = "{}[]\",:0<>/=&; \n\0\u0080\u00FF".getBytes(StandardCharsets.ISO_8859_1);
        String statement = "{\"predicateType\": \"https://cyclonedx.org/bom\", \"predicate\": " + JSON + "}";
        String payload = Base64.getEncoder().encodeToString(statement.getBytes(StandardCharsets.UTF_8));
        String envelope = "{\"payload\": \"" + payload + "\"}";
        int read = 0;
        int refused = 0;
        for (String whole : List.of(JSON, XML, statement, envelope)) {
            byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 1_000; i++) {
                byte[] damaged = bytes.clone();
                for (int n = random.nextInt(4); n >= 0; n--) {
                    damaged[random.nextInt(damaged.length)] =
                            random.nextBoolean() ? signs[random.nextInt(signs.length)] : (byte) random.nextInt();
                }
                try {
                    SbomReader.read(new ByteArrayInputStream(damaged));
                    read++;
                } catch (Unreadable e) {
                    refused++;
                }
            }
        }
        System.out.println("damaged: read " + read + ", refused " + refused);
        assertThat(read).isPositive();
    }

    @Test
    void a_document_that_stops_in_a_component_says_so_with_its_line() throws Exception {
        String whole =
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[\n{\"type\":\"library\",\"na";
        try {
            SbomReader.read(new ByteArrayInputStream(whole.getBytes(StandardCharsets.UTF_8)));
            fail("was read");
        } catch (Unreadable e) {
            assertThat(e.at("a.json")).isEqualTo("a.json:2: stops in the middle of a component; export it again");
        }
    }

    @Test
    void three_hundred_thousand_components_are_read_as_a_stream() throws Exception {
        StringBuilder text = new StringBuilder("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[");
        int many = 300_000;
        for (int i = 0; i < many; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"library\",\"bom-ref\":\"r")
                    .append(i)
                    .append("\",\"name\":\"n")
                    .append(i)
                    .append("\",\"version\":\"1.0\",\"purl\":\"pkg:npm/n")
                    .append(i)
                    .append("@1.0\"}\n");
        }
        byte[] bytes = text.append("]}").toString().getBytes(StandardCharsets.UTF_8);

        Sbom sbom = Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> SbomReader.read(new ByteArrayInputStream(bytes)));

        assertThat(sbom.components()).hasSize(many);
        assertThat(sbom.warnings()).isEmpty();
    }
}
