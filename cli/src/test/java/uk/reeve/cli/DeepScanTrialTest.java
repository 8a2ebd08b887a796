package uk.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.engine.Shared;
import uk.reeve.engine.index.AdvisoryStore;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;

/// `reeve scan` of real archives and root file systems, held against what is stated of each. Asked for by
/// `-Dtrials=true`, the archives by `-Darchives=FOLDER` as well; docs/explanation/trials.md explains.
@EnabledIfSystemProperty(named = "trials", matches = "true")
class DeepScanTrialTest {

    @TempDir
    static Path store;

    @TempDir
    Path folder;

    @BeforeAll
    static void advisories() throws IOException {
        List<Path> zips = new ArrayList<>();
        for (String ecosystem : List.of("Alpine", "Debian", "Maven", "npm")) {
            zips.add(Shared.path("data/osv/" + ecosystem + "/all.zip"));
        }
        try (AdvisoryStore advisories = AdvisoryStore.open(store)) {
            advisories.importFrom(zips, null);
        }
    }

    /// @param ids each name of the flaw, its records' included
    private record Found(String name, String version, Set<String> ids) {

        static Found of(Node finding) {
            Set<String> ids = new TreeSet<>(Set.of(text(finding, "id")));
            finding.items("otherIds").forEach(id -> ids.add(Objects.requireNonNull(id.text())));
            finding.items("reasons").forEach(reason -> ids.add(text(reason, "record")));
            return new Found(text(finding, "name"), text(finding, "version"), ids);
        }
    }

    private static String text(Node node, String field) {
        String text = node.text(field);
        return text == null ? "" : text;
    }

    /// What `data/archives/coordinates.csv` lists is named by `archives`.
    @Test
    void archives_give_what_is_stated_of_them() throws IOException {
        String archives = System.getProperty("archives");
        Assumptions.assumeTrue(archives != null, "SKIPPED: -Darchives=FOLDER names the archives");
        Map<String, List<String[]>> stated = new TreeMap<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(DeepScanTrialTest.class.getResourceAsStream("/trials/archives.tsv")),
                StandardCharsets.UTF_8))) {
            in.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .forEach(row -> stated.computeIfAbsent(row[0], _ -> new ArrayList<>())
                            .add(row));
        }
        assertThat(stated).hasSize(27);
        List<String> differs = new ArrayList<>();
        for (var archive : stated.entrySet()) {
            TrapCase.Run run = scan(Path.of(Objects.requireNonNull(archives), archive.getKey()));
            if (run.status() != Exit.DONE) {
                differs.add(archive.getKey() + " ended with " + run.status() + ": " + run.ledger());
            }
            Node report = run.json();
            Set<String> components = new TreeSet<>();
            for (Node component : report.items("components")) {
                components.add(text(component, "name") + "\t" + text(component, "version"));
                components.add(text(component, "name") + "\t*");
            }
            List<Found> found = exact(report);
            for (String[] row : archive.getValue()) {
                List<Found> of = found.stream()
                        .filter(one -> row[1].equals("*") || row[1].equals(one.name()))
                        .filter(one -> row[2].equals("*") || row[2].equals(one.version()))
                        .toList();
                if (!holds(row[3], of, components.contains(row[1] + "\t" + row[2]))) {
                    differs.add(String.join(" ", row) + ", but found " + of);
                }
            }
        }
        assertThat(differs).isEmpty();
    }

    private TrapCase.Run scan(Path of) {
        return TrapCase.run(folder, store, List.of("scan", of.toString(), "-f", "json"));
    }

    private static List<Found> exact(Node report) {
        return report.items("findings").stream()
                .filter(finding -> text(finding, "confidence").equals("exact") && finding.get("hidden") == null)
                .map(Found::of)
                .toList();
    }

    private static boolean holds(String stated, List<Found> found, boolean there) {
        String[] words = stated.split(" ");
        List<String> ids = Arrays.asList(words).subList(1, words.length);
        return switch (words[0]) {
            case "has" -> ids.stream().allMatch(id -> has(found, id));
            case "only" ->
                ids.stream().allMatch(id -> has(found, id))
                        && found.stream().allMatch(one -> ids.stream().anyMatch(one.ids()::contains));
            case "without" -> ids.stream().noneMatch(id -> has(found, id));
            case "count" -> found.size() == Integer.parseInt(words[1]);
            case "some" -> !found.isEmpty();
            case "there" -> there;
            case "absent" -> !there;
            default -> throw new IllegalArgumentException(stated);
        };
    }

    private static boolean has(List<Found> found, String id) {
        return found.stream().anyMatch(one -> one.ids().contains(id));
    }

    @Test
    void debian_root_file_systems_give_what_is_stated_of_them() throws IOException, BadPurl {
        Map<String, Set<String>> stated = new TreeMap<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Shared.path("data/hosts/expected-debian.csv.gz"))),
                StandardCharsets.UTF_8))) {
            in.lines().skip(1).map(line -> line.split(",", -1)).forEach(row -> stated.computeIfAbsent(
                            row[0], _ -> new TreeSet<>())
                    .add(row[2] + " " + row[1]));
        }
        int rows = 0;
        List<String> missed = new ArrayList<>();
        for (var host : stated.entrySet()) {
            Set<String> found = bySource(host.getKey());
            for (String row : host.getValue()) {
                rows++;
                if (!found.contains(row)) {
                    missed.add(host.getKey() + " " + row);
                }
            }
            if (host.getKey().equals("debian-11-nginx-2022")) {
                assertThat(found)
                        .contains("curl CVE-2023-38545", "glibc CVE-2023-4911", "openssl CVE-2023-0286")
                        .doesNotContain("openssh CVE-2024-6387");
            }
        }
        assertThat(missed).isEmpty();
        assertThat(rows).isEqualTo(4_416);
    }

    @Test
    void an_alpine_root_file_system_gives_what_is_stated_of_it_and_two_more() throws IOException, BadPurl {
        Map<String, Long> counts = bySource("alpine-3.14.0").stream()
                .filter(row -> row.contains(" CVE-"))
                .collect(Collectors.groupingBy(row -> row.substring(0, row.indexOf(' ')), Collectors.counting()));
        assertThat(counts).isEqualTo(Map.of("busybox", 12L, "libretls", 1L, "openrc", 1L, "openssl", 10L, "zlib", 2L));
    }

    /// `source id` of each finding of a zip of `data/hosts`, by every name of the flaw.
    private Set<String> bySource(String host) throws IOException, BadPurl {
        TrapCase.Run run = scan(unpacked(host));
        Set<String> found = new TreeSet<>();
        for (Node finding : run.json().items("findings")) {
            String purl = finding.text("purl");
            String source = purl == null ? null : source(Purl.parse(purl));
            if (source != null) {
                Found.of(finding).ids().forEach(id -> found.add(source + " " + id));
            }
        }
        return found;
    }

    private static @Nullable String source(Purl purl) {
        String told = purl.qualifiers().get("upstream");
        return told == null ? purl.name() : told.split("@", 2)[0];
    }

    private Path unpacked(String host) throws IOException {
        Path root = Files.createDirectories(folder.resolve(host));
        try (ZipFile zip =
                new ZipFile(Shared.path("data/hosts/" + host + ".zip").toFile())) {
            for (ZipEntry entry :
                    zip.stream().filter(each -> !each.isDirectory()).toList()) {
                Path to = root.resolve(entry.getName()).normalize();
                assertThat(to).startsWithRaw(root);
                Files.createDirectories(Objects.requireNonNull(to.getParent()));
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, to);
                }
            }
        }
        return root;
    }
}
