package uk.reeve.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import uk.reeve.engine.Shared;
import uk.reeve.engine.input.Unreadable;

/// Every SPDX document of the data, the broken ones too.
class SpdxRealDocumentsTest {

    private static final Map<String, String> ENCODINGS = Map.of(
            "SPDX JSON", "JSON",
            "SPDX tag-value", "tag-value",
            "SPDX YAML", "YAML",
            "SPDX RDF/XML", "RDF/XML",
            "SPDX3 JSON-LD", "JSON-LD");

    private record Row(String set, String path, String encoding, int packages) {}

    @Test
    void every_document_is_read_with_all_its_packages() throws IOException {
        Path folder = Shared.path("data/sboms");
        List<String> refused = new ArrayList<>();
        List<String> different = new ArrayList<>();
        Map<String, int[]> counts = new TreeMap<>();
        for (Row row : rows(folder)) {
            int[] count = counts.computeIfAbsent(row.encoding, _ -> new int[5]);
            count[0]++;
            try {
                Sbom sbom = read(folder, row);
                count[1]++;
                count[2] += sbom.components().size();
                count[3] += (int)
                        sbom.components().stream().filter(c -> c.purl() != null).count();
                count[4] += sbom.warnings().size();
                // The index counts files of YAML documents among their packages.
                if (sbom.components().size() != row.packages && !row.encoding.equals("YAML")) {
                    different.add(row.path + ": " + sbom.components().size() + ", not " + row.packages);
                }
            } catch (Unreadable e) {
                refused.add(e.at(row.path.substring(row.path.lastIndexOf('/') + 1)));
            }
        }
        counts.forEach((encoding, n) -> System.out.printf(
                "SPDX %s: %d documents, %d read, %d components, %d of them with a purl, %d warnings%n",
                encoding, n[0], n[1], n[2], n[3], n[4]));

        // An example of one element without a graph, which the index does not count.
        assertThat(different).containsExactly("serialization/jsonld/examples/package1.json: 1, not 0");
        assertThat(refused)
                .containsExactlyInAnyOrder(
                        "spdx-2-2-revision-8-ontology.owl.xml:1: is RDF without an SpdxDocument or Package of SPDX 2; it is"
                                + " no SPDX document",
                        "SPDXJSONExample-UTF-16.spdx.json:1: is UTF-16 or UTF-32, and JSON is UTF-8 (RFC 8259); save it as"
                                + " UTF-8",
                        "tests__spdx__parser__rdf__data__invalid_documents__invalid_creation_info.rdf.xml"
                                + ":1: tells no SPDX version and holds no package; it is no SPDX document",
                        "expected_tag_value.spdx:2: says it is version \"spdxVersion\", and SPDX 2.1 to 2.3 and 3.0 are"
                                + " read; export it in one of these");
    }

    @Test
    void broken_documents_say_what_is_wrong() throws Exception {
        Path folder = Shared.path("data/sboms");
        Map<String, String> first = new TreeMap<>();
        for (Row row : rows(folder)) {
            if (row.set.equals("broken")) {
                String name = row.path.substring(row.path.lastIndexOf("__") + 2);
                try {
                    Sbom sbom = read(folder, row);
                    first.put(
                            name,
                            sbom.warnings().isEmpty()
                                    ? ""
                                    : sbom.warnings().getFirst().message());
                } catch (Unreadable e) {
                    first.put(name, e.getMessage());
                }
            }
        }
        assertThat(first)
                .hasSize(10)
                .containsEntry("BadJSON.spdx.json", "\"creators\" should be a list; it was read as its only item")
                .containsEntry("example7-bin.spdx.json", "a creator should be one text, \"Person: name\"");
        assertThat(first.get("invalid-purl.json")).contains("\"DESCRIBE\"");
        assertThat(first.get("file_without_spdx_ids.xml")).contains("has no id");
    }

    @Test
    void an_entity_bomb_is_refused_with_its_line() throws IOException {
        try (InputStream in = Files.newInputStream(Shared.path("conformance/hostile/xml/bomb.spdx.rdf"))) {
            assertThatThrownBy(() -> SpdxRdf.read(in))
                    .isInstanceOf(Unreadable.class)
                    .hasMessageContaining("entit")
                    .extracting(e -> ((Unreadable) e).line())
                    .isEqualTo(2);
        }
    }

    @Test
    void the_example_of_the_specification_tells_its_root() throws Exception {
        try (InputStream in =
                Files.newInputStream(Shared.path("conformance/spdx/spdx-3.0.1-example-package_sbom.json"))) {
            Sbom sbom = Spdx3.read(in);
            assertThat(sbom.root()).isEqualTo("http://spdx.example.com/Package1");
            assertThat(sbom.authors()).containsExactly("Joshua Watt");
            assertThat(sbom.lifecycles()).containsExactly("build");
            assertThat(sbom.warnings()).isEmpty();
        }
    }

    @Test
    void one_document_in_two_encodings_has_the_same_packages() throws Exception {
        Path folder = Shared.path("data/sboms");
        Row json = new Row("in-the-wild", "in-the-wild/spdx/flux_0.26.3_sbom.spdx.json", "JSON", 0);
        Row tags = new Row("in-the-wild", "in-the-wild/spdx/flux_0.26.3_sbom.spdx", "tag-value", 0);
        assertThat(names(read(folder, json))).isEqualTo(names(read(folder, tags)));
    }

    private static List<String> names(Sbom sbom) {
        return sbom.components().stream()
                .map(c -> c.name() + " " + c.version() + " " + c.purl() + " " + c.licences())
                .sorted()
                .toList();
    }

    private static Sbom read(Path folder, Row row) throws IOException, Unreadable {
        Path zip = folder.resolve(row.set.equals("broken") ? "broken/broken.zip" : row.set + ".zip");
        try (ZipFile file = new ZipFile(zip.toFile())) {
            ZipEntry entry = file.getEntry(row.path);
            assertThat(entry).as(row.set + "!" + row.path).isNotNull();
            try (InputStream in = new BufferedInputStream(file.getInputStream(entry))) {
                return SpdxFixtures.read(row.encoding, in);
            }
        }
    }

    private static List<Row> rows(Path folder) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("INDEX.csv"))) {
            String[] field = line.split(",", -1);
            String encoding = ENCODINGS.get(field[2]);
            if (encoding != null) {
                rows.add(new Row(field[0], field[1], encoding, Integer.parseInt(field[4])));
            }
        }
        return rows;
    }
}
