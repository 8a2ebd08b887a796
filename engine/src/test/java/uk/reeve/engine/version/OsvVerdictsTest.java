package uk.reeve.engine.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import uk.reeve.engine.Shared;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;

/// "Is this version of this package affected by this record?", as the OSV algorithm over the real tools' orders says.
class OsvVerdictsTest {

    /// @param different how often each pair "judge says, we say" is known to occur
    private record Subject(Ecosystem ecosystem, Map<String, Integer> different) {}

    private record Entry(List<OsvRange> ranges, List<String> versions) {}

    @TestFactory
    Stream<DynamicTest> a_version_is_affected_when_listed_or_in_a_range() {
        return Stream.of(
                        new Subject(Ecosystem.MAVEN, Map.of()),
                        // Bounds such as 1.78, which node-semver refuses and this order completes.
                        new Subject(Ecosystem.NPM, Map.of("unknown, false", 12, "unknown, true", 6)),
                        // python-apt 1.9.1: other ranges of the record are unknown, but one certainly holds it.
                        new Subject(Ecosystem.PYPI, Map.of("unknown, true", 1)),
                        new Subject(Ecosystem.GO, Map.of()),
                        // Bounds such as 1.72, as with npm.
                        new Subject(Ecosystem.CRATES_IO, Map.of("unknown, false", 10, "unknown, true", 3)),
                        new Subject(Ecosystem.RUBYGEMS, Map.of()),
                        new Subject(Ecosystem.NUGET, Map.of()),
                        // helloxz/imgurl v2.31 is the listed 2.31: equal as the order has it, not as text.
                        new Subject(Ecosystem.PACKAGIST, Map.of("false, true", 1)))
                .map(s -> DynamicTest.dynamicTest(s.ecosystem.osvName(), () -> judge(s)));
    }

    private static void judge(Subject subject) throws IOException, Unreadable {
        String name = subject.ecosystem.osvName();
        List<String[]> rows = Shared.tsv("conformance/osv-verdicts/" + name.toLowerCase(Locale.ROOT) + ".tsv.gz");
        VersionOrder order = subject.ecosystem.order();
        Map<String, List<Entry>> entries =
                read(subject.ecosystem, rows.stream().map(r -> r[0]).collect(Collectors.toSet()));
        Map<String, Integer> different = new TreeMap<>();
        for (String[] row : rows) {
            Affected verdict = Affected.NO;
            for (Entry entry : entries.getOrDefault(row[0] + " " + row[1], List.of())) {
                verdict = verdict.or(Affected.verdict(order, row[2], List.of(), entry.versions));
                for (OsvRange range : entry.ranges) {
                    verdict = verdict.or(range.verdict(order, row[2]));
                }
            }
            String said =
                    switch (verdict) {
                        case YES -> "true";
                        case NO -> "false";
                        case UNKNOWN -> "unknown";
                    };
            if (!said.equals(row[5])) {
                different.merge(row[5] + ", " + said, 1, Integer::sum);
            }
        }
        int differ = different.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf(
                "osv-verdicts/%s: tried %d, equal %d, known different %d %s%n",
                name, rows.size(), rows.size() - differ, differ, different);
        assertThat(different).isEqualTo(new TreeMap<>(subject.different));
    }

    /// The entries of these records, by "id package".
    private static Map<String, List<Entry>> read(Ecosystem ecosystem, Set<String> ids) throws IOException, Unreadable {
        Map<String, List<Entry>> entries = new HashMap<>();
        try (ZipFile zip = new ZipFile(
                Shared.path("data/osv/" + ecosystem.osvName() + "/all.zip").toFile())) {
            for (String id : ids) {
                ZipEntry file = zip.getEntry(id + ".json");
                assertThat(file).as(id).isNotNull();
                try (InputStream in = zip.getInputStream(file)) {
                    for (Node affected : JsonInput.read(in).items("affected")) {
                        String package_ = nameIn(affected, ecosystem);
                        if (package_ != null) {
                            entries.computeIfAbsent(id + " " + package_, k -> new ArrayList<>())
                                    .add(entry(affected, ecosystem.order()));
                        }
                    }
                }
            }
        }
        return entries;
    }

    private static @Nullable String nameIn(Node affected, Ecosystem ecosystem) {
        Node about = affected.get("package");
        String in = about == null ? null : about.text("ecosystem");
        return in != null && Ecosystem.ofOsv(in) == ecosystem ? about.text("name") : null;
    }

    private static Entry entry(Node affected, VersionOrder order) {
        List<OsvRange> ranges = new ArrayList<>();
        for (Node range : affected.items("ranges")) {
            if ("GIT".equals(range.text("type"))) {
                continue;
            }
            List<OsvRange.Event> events = new ArrayList<>();
            for (Node event : range.items("events")) {
                event.fields()
                        .forEach((kind, version) -> events.add(new OsvRange.Event(
                                OsvRange.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), String.valueOf(version.text()))));
            }
            ranges.add(OsvRange.of(order, events));
        }
        return new Entry(
                ranges,
                affected.items("versions").stream()
                        .map(v -> String.valueOf(v.text()))
                        .toList());
    }
}
