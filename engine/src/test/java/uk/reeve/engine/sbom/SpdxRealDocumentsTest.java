package uk.reeve.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;

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

/// Every SPDX document of the data: read, with as many components as it has packages.
class SpdxRealDocumentsTest {

    private record Row(String set, String path, String format, int components) {}

    @Test
    void every_document_is_read_with_all_its_packages() throws IOException {
        Path folder = Shared.path("data/sboms");
        List<String> refused = new ArrayList<>();
        List<String> different = new ArrayList<>();
        Map<String, int[]> counts = new TreeMap<>();
        for (Row row : rows(folder)) {
            Path zip = folder.resolve(row.set.equals("broken") ? "broken/broken.zip" : row.set + ".zip");
            int[] count = counts.computeIfAbsent(row.format, _ -> new int[5]);
            count[0]++;
            try (ZipFile file = new ZipFile(zip.toFile());
                    InputStream in = new BufferedInputStream(file.getInputStream(entry(file, row)))) {
                Sbom sbom = read(row.format, in);
                count[1]++;
                count[2] += sbom.components().size();
                for (Component c : sbom.components()) {
                    count[3] += c.purl() == null ? 0 : 1;
                }
                count[4] += sbom.warnings().size();
                if (System.getProperty("spdx.show") != null) {
                    for (Problem p : sbom.warnings()) {
                        System.out.println("WARN " + row.path + ":" + p.line() + ": " + p.message());
                    }
                    System.out.println("DOC " + row.path + " " + sbom.specVersion() + " n=" + sbom.components().size() + " deps="
                            + sbom.dependencies().size() + " root=" + sbom.root() + " ts=" + sbom.timestamp() + " tools=" + sbom.tools()
                            + " authors=" + sbom.authors() + " ns=" + sbom.serial() + " claims=" + sbom.vulnerabilities()
                            + " nested=" + sbom.components().stream().filter(c -> c.parent() != null).count()
                            + " scopes=" + sbom.components().stream().filter(c -> c.scope() != Scope.RUNTIME).count());
                }
                if (sbom.components().size() != row.components) {
                    different.add(row.path + ": " + sbom.components().size() + ", not " + row.components);
                }
            } catch (Unreadable e) {
                refused.add(e.at(row.path));
            }
        }
        counts.forEach((format, n) -> System.out.printf(
                "%s: %d documents, %d read, %d components, %d with a purl, %d warnings%n",
                format, n[0], n[1], n[2], n[3], n[4]));
        refused.forEach(System.out::println);
        different.forEach(System.out::println);
    }

    private static Sbom read(String format, InputStream in) throws IOException, Unreadable {
        return switch (format) {
            case "SPDX JSON" -> SpdxJson.read(in);
            case "SPDX tag-value" -> SpdxTagValue.read(in);
            case "SPDX YAML" -> SpdxYaml.read(in);
            case "SPDX RDF/XML" -> SpdxRdf.read(in);
            case "SPDX3 JSON-LD" -> Spdx3.read(in);
            default -> throw new IllegalArgumentException(format);
        };
    }

    private static List<Row> rows(Path folder) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("INDEX.csv"))) {
            String[] f = line.split(",", -1);
            if (f[2].startsWith("SPDX")) {
                rows.add(new Row(f[0], f[1], f[2], Integer.parseInt(f[4])));
            }
        }
        return rows;
    }

    private static ZipEntry entry(ZipFile zip, Row row) {
        ZipEntry found = zip.getEntry(row.path);
        assertThat(found).as(row.set + "!" + row.path).isNotNull();
        return found;
    }
}
