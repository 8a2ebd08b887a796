package uk.reeve.engine.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.engine.Shared;
import uk.reeve.engine.index.AdvisoryStore;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Place;
import uk.reeve.engine.sbom.Scope;

/// The packages of Debian hosts and an Alpine root, matched, and held against what a judge of its own found.
/// Asked for by `-Dtrials=true`; docs/explanation/trials.md explains what differs.
@EnabledIfSystemProperty(named = "trials", matches = "true")
class HostTrialTest {

    @TempDir
    Path folder;

    @Test
    void debian_hosts_have_the_expected_flaws() throws IOException, BadPurl {
        Map<String, Set<String>> expected = new TreeMap<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Shared.path("data/hosts/expected-debian.csv.gz"))),
                StandardCharsets.UTF_8))) {
            in.readLine();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] row = line.split(",", -1);
                String release = row[0].substring("debian-".length(), "debian-".length() + 2);
                expected.computeIfAbsent(release + " " + row[2] + " " + row[3], _ -> new TreeSet<>())
                        .add(row[1]);
            }
        }
        int equal = 0;
        List<String> missed = new ArrayList<>();
        List<String> extra = new ArrayList<>();
        try (AdvisoryStore store = AdvisoryStore.open(folder.resolve("db"))) {
            store.importFrom(List.of(Shared.path("data/osv/Debian/all.zip")), LocalDate.parse("2025-02-12"));
            Matcher matcher = new Matcher(store.index(), store.scores());
            for (Map.Entry<String, Set<String>> host : expected.entrySet()) {
                String[] of = host.getKey().split(" ");
                Purl purl = Purl.of(
                        "deb", "debian", of[1], of[2], Map.of("arch", "source", "distro", "debian-" + of[0]), null);
                Component component = Component.of("x", purl, Scope.RUNTIME, true, new Place("status", 1));
                Set<String> found = new TreeSet<>();
                for (Finding finding : matcher.match(component, null).findings()) {
                    Set<String> ids = new TreeSet<>(finding.otherIds());
                    ids.add(finding.id());
                    finding.reasons().forEach(reason -> ids.add(reason.record()));
                    found.addAll(ids);
                    ids.retainAll(host.getValue());
                    if (ids.isEmpty()) { // else another name of what was expected
                        extra.add(host.getKey() + " " + finding.id());
                    }
                }
                for (String id : host.getValue()) {
                    boolean there = found.contains(id);
                    equal += there ? 1 : 0;
                    if (!there) {
                        missed.add(host.getKey() + " " + id);
                    }
                }
            }
        }
        System.out.println("Debian hosts: " + expected.size() + " packages, equal " + equal + ", missed "
                + missed.size() + ", extra " + extra.size());
        assertThat(missed).isEmpty();
        assertThat(extra).isEmpty();
        assertThat(equal).isEqualTo(4_088);
    }

    @Test
    void an_alpine_root_has_the_expected_flaws_and_two_more() throws IOException, BadPurl {
        Map<String, Set<String>> found = new TreeMap<>();
        try (AdvisoryStore store = AdvisoryStore.open(folder.resolve("db"))) {
            store.importFrom(List.of(Shared.path("data/osv/Alpine/all.zip")), LocalDate.parse("2025-02-16"));
            Matcher matcher = new Matcher(store.index(), store.scores());
            for (Purl purl : apk(Shared.path("data/hosts/alpine-3.14.0.zip"))) {
                Component component = Component.of("x", purl, Scope.RUNTIME, true, new Place("installed", 1));
                for (Finding finding : matcher.match(component, null).findings()) {
                    String source = purl.qualifiers().getOrDefault("upstream", purl.name());
                    found.computeIfAbsent(source, _ -> new TreeSet<>()).add(finding.id());
                }
            }
        }
        Map<String, Integer> counts = new TreeMap<>();
        found.forEach((source, ids) -> counts.put(source, ids.size()));
        System.out.println("Alpine root: " + counts);
        assertThat(counts).isEqualTo(Map.of("busybox", 12, "libretls", 1, "openrc", 1, "openssl", 10, "zlib", 2));
    }

    /// The packages of `lib/apk/db/installed`: `P:` the name, `V:` the version, `o:` the source.
    private static List<Purl> apk(Path zip) throws IOException, BadPurl {
        List<Purl> purls = new ArrayList<>();
        try (ZipFile file = new ZipFile(zip.toFile());
                BufferedReader in = new BufferedReader(new InputStreamReader(
                        file.getInputStream(file.stream()
                                .filter(entry -> entry.getName().endsWith("lib/apk/db/installed"))
                                .findFirst()
                                .orElseThrow()),
                        StandardCharsets.UTF_8))) {
            Map<Character, String> fields = new TreeMap<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    purls.add(Purl.of(
                            "apk",
                            "alpine",
                            fields.get('P'),
                            fields.get('V'),
                            Map.of("distro", "alpine-3.14.0", "upstream", fields.get('o')),
                            null));
                    fields.clear();
                } else if (line.charAt(1) == ':') {
                    fields.putIfAbsent(line.charAt(0), line.substring(2));
                }
            }
        }
        return purls;
    }
}
