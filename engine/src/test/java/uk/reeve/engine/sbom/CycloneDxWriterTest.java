package uk.reeve.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.cyclonedx.parsers.BomParserFactory;
import org.junit.jupiter.api.Test;
import uk.reeve.engine.Shared;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;

class CycloneDxWriterTest {

    private static final List<String> SETS = List.of(
            "in-the-wild",
            "popular-containers",
            "maven-central",
            "trivy",
            "syft-grype",
            "bomber",
            "cyclonedx-bom-examples",
            "cyclonedx-spec-fixtures",
            "dependency-track",
            "guac-data",
            "osv-scanner",
            "sbomqs",
            "trustify");

    private static Bom bom() throws Exception {
        Component root = component("app", null, "application", "the app", null, null);
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("syft:distro:id", "debian");
        properties.put("aquasecurity:trivy:SrcName", "one\ntwo");
        Component x = new Component(
                "x",
                Purl.parse("pkg:maven/org.example/x@1.0?type=jar"),
                "org.example",
                "x",
                "1.0",
                "library",
                Scope.TEST,
                true,
                "Shop \"Ltd\"",
                List.of("MIT", "Ours"),
                Map.of("SHA-1", "e6b1000b94e835ffd37f4c6dcbdad43f4b48a02a"),
                List.of("cpe:2.3:a:example:x:1.0:*:*:*:*:*:*:*", "cpe:2.3:a:x:x:1.0:*:*:*:*:*:*:*"),
                properties,
                new Place("a/package.json", 12),
                null);
        Component y = new Component(
                "y",
                null,
                null,
                "ÿ & <y>",
                null,
                "file",
                Scope.BUNDLED,
                false,
                null,
                List.of("MIT OR Apache-2.0"),
                Map.of(),
                List.of(),
                Map.of(),
                new Place("b:3", 0),
                "x");
        Component z = component("z", Purl.parse("pkg:npm/%40scope/z@2"), "library", "@scope/z", "2", "y");
        return new Bom(
                null,
                "2026-03-01T10:00:00Z",
                new Bom.Tool("reeve", "0.1.0"),
                root,
                List.of(x, y, z),
                Map.of("z", List.of(), "app", List.of("x"), "x", List.of("y", "z")),
                Map.of("x", List.of(new Place("a/package.json", 12), new Place("c/pom.xml", 0))),
                List.of(
                        new Bom.Vulnerability(
                                "CVE-2024-0001",
                                "NVD",
                                List.of(new Bom.Reference("GHSA-aaaa-bbbb-cccc", "GitHub")),
                                List.of(new Bom.Rating(
                                        "GitHub",
                                        9.8,
                                        "critical",
                                        "CVSSv31",
                                        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")),
                                List.of(79, 502),
                                "Bad.",
                                "Move to 1.1.",
                                "2024-01-01T00:00:00Z",
                                "2024-01-02T00:00:00Z",
                                List.of("x"),
                                new Bom.Analysis("not_affected", "code_not_reachable", "never called"),
                                Map.of("reeve:confidence", "possible")),
                        new Bom.Vulnerability(
                                "MAL-2024-1",
                                null,
                                List.of(),
                                List.of(),
                                List.of(),
                                null,
                                null,
                                null,
                                null,
                                List.of("z"),
                                null,
                                Map.of())));
    }

    private static Component component(String ref, Purl purl, String type, String name, String version, String parent) {
        return new Component(
                ref,
                purl,
                null,
                name,
                version,
                type,
                Scope.RUNTIME,
                true,
                null,
                List.of(),
                Map.of(),
                List.of(),
                Map.of(),
                null,
                parent);
    }

    private static byte[] write(Bom bom) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CycloneDxWriter.write(out, bom);
        return out.toByteArray();
    }

    private static void assertValid(byte[] json) throws IOException {
        assertThat(errors(new String(json, StandardCharsets.UTF_8))).isEmpty();
    }

    /// What the schema of 1.6 that the CycloneDX project publishes says of it.
    private static List<String> errors(String json) throws IOException {
        if (schema == null) {
            Map<String, String> schemas = new LinkedHashMap<>();
            for (String name : List.of("bom-1.6.schema.json", "spdx.schema.json", "jsf-0.82.schema.json")) {
                try (InputStream in = BomParserFactory.class.getResourceAsStream("/" + name)) {
                    schemas.put(
                            "http://cyclonedx.org/schema/" + name,
                            new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7, builder -> builder.schemas(schemas)
                            .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                    .formatAssertionsEnabled(true)
                                    .build()))
                    .getSchema(SchemaLocation.of("http://cyclonedx.org/schema/bom-1.6.schema.json"));
        }
        List<String> errors = new ArrayList<>();
        for (Error error : schema.validate(json, InputFormat.JSON)) {
            errors.add(error.toString());
        }
        return errors;
    }

    private static Schema schema;

    @Test
    void the_schema_finds_a_flaw() throws Exception {
        String json = new String(write(bom()), StandardCharsets.UTF_8);

        assertThat(errors(json.replace("\"type\":\"file\"", "\"type\":\"fly\"")))
                .isNotEmpty();
        assertThat(errors(json.replace("{\"id\":\"MIT\"}", "{\"id\":\"TIM\"}"))).isNotEmpty();
        assertThat(errors(json.replace("2024-01-01T00:00:00Z", "then"))).isNotEmpty();
    }

    @Test
    void what_is_written_is_valid_by_the_schema_of_1_6() throws Exception {
        assertValid(write(bom()));
        assertValid(write(new Bom(
                null,
                "2026-03-01T10:00:00Z",
                new Bom.Tool("reeve", null),
                null,
                List.of(),
                Map.of(),
                Map.of(),
                List.of())));
    }

    @Test
    void what_is_written_is_read_back_equal() throws Exception {
        Bom bom = bom();

        Sbom read = SbomReader.read(new ByteArrayInputStream(write(bom)));

        List<Component> all = new ArrayList<>(List.of(bom.root()));
        all.addAll(bom.components());
        assertThat(read.warnings()).isEmpty();
        assertThat(read.components()).isEqualTo(all);
        assertThat(read.dependencies()).isEqualTo(bom.dependencies());
        assertThat(read.root()).isEqualTo("app");
        assertThat(read.timestamp()).isEqualTo(bom.timestamp());
        assertThat(read.tools()).containsExactly("reeve 0.1.0");
        assertThat(read.vulnerabilities())
                .containsExactly(
                        new Sbom.Claim(
                                "CVE-2024-0001",
                                List.of("GHSA-aaaa-bbbb-cccc"),
                                "not_affected",
                                "code_not_reachable",
                                "never called",
                                List.of("x")),
                        new Sbom.Claim("MAL-2024-1", List.of(), null, null, null, List.of("z")));
    }

    @Test
    void the_same_content_gives_the_same_bytes_and_the_serial_number_is_made_of_it() throws Exception {
        byte[] first = write(bom());
        byte[] second = write(bom());

        assertThat(second).isEqualTo(first);
        String serial = SbomReader.read(new ByteArrayInputStream(first)).serial();
        assertThat(serial).matches("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        Bom other = bom();
        other = new Bom(
                null,
                "2026-03-02T10:00:00Z",
                other.tool(),
                other.root(),
                other.components(),
                other.dependencies(),
                other.places(),
                other.vulnerabilities());
        assertThat(new String(write(other), StandardCharsets.UTF_8)).doesNotContain(serial);
    }

    @Test
    void half_a_pair_does_not_stop_the_writer() throws Exception {
        Component bad = component("a\ud800", null, "library", "\0", "1", null);
        byte[] json = write(new Bom(
                null,
                "2026-03-01T10:00:00Z",
                new Bom.Tool("reeve", null),
                null,
                List.of(bad),
                Map.of(),
                Map.of(),
                List.of()));

        assertValid(json);
        assertThat(SbomReader.read(new ByteArrayInputStream(json)).components())
                .extracting(Component::name)
                .containsExactly("\uFFFD");
    }

    @Test
    void every_real_document_is_valid_when_written_and_read_back_equal() throws Exception {
        int documents = 0;
        int components = 0;
        int validated = 0;
        for (String set : SETS) {
            try (ZipFile zip =
                    new ZipFile(Shared.path("data/sboms/" + set + ".zip").toFile())) {
                for (ZipEntry entry : zip.stream().toList()) {
                    byte[] bytes = zip.getInputStream(entry).readAllBytes();
                    if (!isCycloneDx(bytes)) {
                        continue;
                    }
                    Sbom sbom = SbomReader.read(new ByteArrayInputStream(bytes));
                    byte[] json = write(again(sbom));
                    if (json.length < 40_000) { // the schema's validator takes seconds for more
                        assertThat(errors(new String(json, StandardCharsets.UTF_8)))
                                .as(entry.getName())
                                .isEmpty();
                        validated++;
                    }
                    Sbom read = SbomReader.read(new ByteArrayInputStream(json));
                    assertThat(read.components()).as(entry.getName()).isEqualTo(sbom.components());
                    assertThat(read.dependencies()).as(entry.getName()).isEqualTo(sbom.dependencies());
                    documents++;
                    components += read.components().size();
                }
            }
        }
        System.out.println("written and read back equal: " + documents + " documents, " + components
                + " components; by the schema: " + validated);
        assertThat(documents).isPositive();
    }

    private static boolean isCycloneDx(byte[] bytes) throws IOException {
        try {
            return SbomReader.read(new ByteArrayInputStream(bytes)).format().equals("CycloneDX");
        } catch (Unreadable e) {
            return false;
        }
    }

    private static Bom again(Sbom sbom) {
        List<Component> rest = new ArrayList<>(sbom.components());
        Component root = null;
        for (Component component : sbom.components()) {
            if (component.ref().equals(sbom.root())) {
                root = component;
                rest.remove(component);
            }
        }
        return new Bom(
                null,
                "2026-03-01T10:00:00Z",
                new Bom.Tool("reeve", null),
                root,
                rest,
                sbom.dependencies(),
                Map.of(),
                List.of());
    }
}
