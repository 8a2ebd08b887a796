package uk.reeve.engine.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.reeve.engine.Shared;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.version.Ecosystem;

/// Every example of the OSV schema's own repository: the records of its linter, good and bad, and the pairs of its GHSA
/// converter, of which the right half is a record.
class OsvSchemaConformanceTest {

    /// The linter's bad records, and why Reeve cannot or need not refuse them: it takes what can be compared, and the
    /// rest is the database's to mend.
    private static final Map<String, String> KNOWN_DIFFERENT = Map.of(
            "nointroduced-CVE-2023-41045.json", "a range that never begins covers nothing",
            "nondistinct-CVE-2018-5407.json", "the doubtful range is of commits, which are not compared",
            "nopackage-GHSA-9v2f-6vcg-3hgv.json", "that no registry has the package shows on the network only");

    /// Ecosystems whose records no source that Reeve reads has: their records are counted at the import, and match
    /// nothing.
    private static final String[] UNKNOWN = {
        "Alpaquita", "Android", "Azure Linux", "BellSoft Hardened Containers", "CleanStart",
        "Docker Hardened Images", "Echo", "FreeBSD", "Julia", "Linux",
        "Mageia", "MinimOS", "OSS-Fuzz", "Photon OS", "Root",
        "TuxCare", "VSCode", "opam", "openEuler"
    };

    @Test
    void every_record_is_read_as_it_is_written_and_what_is_no_record_is_refused() throws IOException, Unreadable {
        int tried = 0;
        int equal = 0;
        int refused = 0;
        int different = 0;
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, byte[]> example : files("testdata/").entrySet()) {
            String name = example.getKey().substring(example.getKey().lastIndexOf('/') + 1);
            tried++;
            boolean record = example.getKey().contains("osv-linter/") || name.endsWith(".osv.json");
            try {
                OsvRecord read = OsvReader.read(new ByteArrayInputStream(example.getValue()));
                String difference = record ? difference(read, example.getValue()) : "is no record, and was read";
                if (difference != null) {
                    wrong.add(name + ": " + difference);
                } else if (KNOWN_DIFFERENT.containsKey(name)) {
                    different++;
                } else {
                    equal++;
                }
            } catch (Unreadable e) {
                if (record) {
                    wrong.add(name + ": " + e.getMessage());
                }
                refused++;
            }
        }
        System.out.println("OSV schema examples: tried " + tried + ", read equal " + equal + ", refused " + refused
                + ", known different " + different);
        assertThat(wrong).isEmpty();
        assertThat(List.of(tried, equal, refused, different)).containsExactly(34, 20, 11, 3);
    }

    @Test
    void the_schema_judges_each_record_as_its_name_says() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(
                        text(files("validation/schema.json").values().iterator().next()));
        int tried = 0;
        List<String> invalid = new ArrayList<>();
        for (Map.Entry<String, byte[]> example : files("testdata/").entrySet()) {
            String name = example.getKey().substring(example.getKey().lastIndexOf('/') + 1);
            if (example.getKey().contains("osv-linter/") || name.endsWith(".osv.json")) {
                tried++;
                List<Error> errors = schema.validate(text(example.getValue()), InputFormat.JSON);
                if (!errors.isEmpty()) {
                    invalid.add(name);
                    System.out.println(name + ": " + errors.getFirst());
                }
            }
        }
        System.out.println("OSV schema: tried " + tried + ", invalid " + invalid);
        assertThat(tried).isEqualTo(23);
        assertThat(invalid).containsExactly("nointroduced-CVE-2023-41045.json");
    }

    @Test
    void every_ecosystem_of_the_schema_is_known_or_named_here() throws IOException, Unreadable {
        Node all = JsonInput.read(new ByteArrayInputStream(
                files("osv-schema/ecosystems.json").values().iterator().next()));
        List<String> unknown = new ArrayList<>();
        for (String name : all.fields().keySet()) {
            if (Ecosystem.ofOsv(name) == null) {
                unknown.add(name);
            }
        }
        System.out.println("OSV ecosystems: tried " + all.fields().size() + ", known "
                + (all.fields().size() - unknown.size()) + ", unknown " + unknown);
        assertThat(unknown).containsExactlyInAnyOrder(UNKNOWN);
    }

    /// What differs from the same file as a tree; null where nothing does.
    private static @Nullable String difference(OsvRecord read, byte[] bytes) throws IOException, Unreadable {
        Node root = JsonInput.read(new ByteArrayInputStream(bytes));
        if (!read.id().equals(root.text("id"))) {
            return "has the id " + read.id();
        }
        if (!read.aliases().equals(texts(root.items("aliases")))) {
            return "has the aliases " + read.aliases();
        }
        if ((read.withdrawn() == null) != (root.get("withdrawn") == null)) {
            return "is withdrawn, or not: " + read.withdrawn();
        }
        List<String> wanted = new ArrayList<>();
        for (Node affected : root.items("affected")) {
            Node of = affected.get("package");
            if (of != null) {
                StringBuilder line = new StringBuilder(of.text("ecosystem") + " " + of.text("name"));
                for (Node range : affected.items("ranges")) {
                    if (!"GIT".equals(range.text("type"))) {
                        for (Node event : range.items("events")) {
                            event.fields().forEach((kind, version) -> line.append(' ')
                                    .append(kind)
                                    .append(' ')
                                    .append(version.text()));
                        }
                    }
                }
                wanted.add(line + " " + texts(affected.items("versions")));
            }
        }
        List<String> found = new ArrayList<>();
        for (OsvRecord.Affected affected : read.affected()) {
            StringBuilder line = new StringBuilder(affected.ecosystem() + " " + affected.name());
            for (OsvRecord.Range range : affected.ranges()) {
                for (OsvRecord.Event event : range.events()) {
                    line.append(' ').append(event.kind()).append(' ').append(event.version());
                }
            }
            found.add(line + " " + affected.versions());
        }
        return found.equals(wanted) ? null : found + " instead of " + wanted;
    }

    private static List<String> texts(List<Node> nodes) {
        return nodes.stream().map(node -> String.valueOf(node.text())).toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// The files whose path contains this, by path.
    private static Map<String, byte[]> files(String part) throws IOException {
        Map<String, byte[]> found = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(Shared.path("conformance/osv-schema.zip")))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory() && entry.getName().contains(part)) {
                    found.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        assertThat(found).as(part).isNotEmpty();
        return found;
    }
}
