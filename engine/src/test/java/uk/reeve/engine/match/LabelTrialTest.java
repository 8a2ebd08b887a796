package uk.reeve.engine.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
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

/// Matches that people judged true or false, tried by name: a label tells a bare package name and no ecosystem, so the
/// package is the one of that name in the labelled record. Only labels of GitHub's records can be tried so.
/// Asked for by `-Dtrials=true`; docs/explanation/trials.md explains what differs.
@EnabledIfSystemProperty(named = "trials", matches = "true")
class LabelTrialTest {

    private static final List<String> FEEDS = List.of("Go", "Maven", "NuGet", "Packagist", "PyPI", "RubyGems", "npm");

    /// A labelled match: `TP` true, `FP` false, `??` undecided.
    private record Label(String judgement, String id, String name, String version) {}

    @TempDir
    Path folder;

    @Test
    void what_people_judged_is_answered_as_they_did() throws IOException, BadPurl {
        Set<Label> labels = labels();
        Set<String> ids = new TreeSet<>();
        labels.forEach(label -> ids.add(label.id()));
        Path records = Files.createDirectory(folder.resolve("records"));
        Map<String, JsonNode> byId = records(ids, records);
        Map<String, Integer> counts = new TreeMap<>();
        try (AdvisoryStore store = AdvisoryStore.open(folder.resolve("db"))) {
            store.importFrom(List.of(records), LocalDate.parse("2026-08-21"));
            Matcher matcher = new Matcher(store.index(), store.scores());
            for (Label label : labels) {
                JsonNode record = byId.get(label.id());
                String answer = record == null ? "no record" : answer(matcher, purls(record, label), label.id());
                counts.merge(label.judgement() + " " + answer, 1, Integer::sum);
            }
        }
        System.out.println("Labelled matches: " + counts);
        assertThat(counts)
                .isEqualTo(Map.of(
                        "TP found", 685,
                        "TP not found", 28,
                        "TP version unknown", 5,
                        "TP name not in record", 17,
                        "TP no record", 76,
                        "FP found", 35,
                        "FP not found", 6,
                        "FP no record", 17,
                        "?? found", 8,
                        "?? no record", 1));
    }

    private static String answer(Matcher matcher, Set<Purl> purls, String id) throws IOException {
        String answer = "name not in record";
        for (Purl purl : purls) {
            Component component = Component.of("x", purl, Scope.RUNTIME, true, new Place("labels.csv", 1));
            Outcome outcome = matcher.match(component, null);
            for (Finding finding : outcome.findings()) {
                if (finding.id().equals(id) || finding.otherIds().contains(id)) {
                    return "found";
                }
            }
            answer = outcome.coverage() == Outcome.Coverage.UNKNOWN_VERSION ? "version unknown" : "not found";
        }
        return answer;
    }

    /// The packages of the record that bear the label's name, at the label's version. A Maven package is
    /// `group:artifact` in the record and the artifact alone in the label.
    private static Set<Purl> purls(JsonNode record, Label label) throws BadPurl {
        Set<Purl> purls = new LinkedHashSet<>();
        for (JsonNode affected : record.path("affected")) {
            String ecosystem = affected.path("package").path("ecosystem").asText();
            String name = affected.path("package").path("name").asText();
            String type =
                    switch (ecosystem) {
                        case "Go" -> "golang";
                        case "Packagist" -> "composer";
                        case "RubyGems" -> "gem";
                        case "Maven", "NuGet", "PyPI", "npm" -> ecosystem.toLowerCase(Locale.ROOT);
                        default -> "";
                    };
            int slash = name.lastIndexOf(type.equals("maven") ? ':' : '/');
            String namespace = slash < 0 ? null : name.substring(0, slash);
            String last = name.substring(slash + 1);
            boolean same =
                    name.equalsIgnoreCase(label.name()) || type.equals("maven") && last.equalsIgnoreCase(label.name());
            if (same && !type.isEmpty()) {
                purls.add(Purl.of(type, namespace, last, label.version(), Map.of(), null));
            }
        }
        return purls;
    }

    private static Map<String, JsonNode> records(Set<String> ids, Path into) throws IOException {
        ObjectMapper json = new ObjectMapper();
        Map<String, JsonNode> byId = new HashMap<>();
        for (String feed : FEEDS) {
            try (ZipFile zip =
                    new ZipFile(Shared.path("data/osv/" + feed + "/all.zip").toFile())) {
                for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                    ZipEntry entry = entries.nextElement();
                    String id = entry.getName().replace(".json", "");
                    if (ids.contains(id)) {
                        byte[] bytes = zip.getInputStream(entry).readAllBytes();
                        byId.put(id, json.readTree(bytes));
                        Files.write(into.resolve(entry.getName()), bytes);
                    }
                }
            }
        }
        return byId;
    }

    private static Set<Label> labels() throws IOException {
        Set<Label> labels = new LinkedHashSet<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Shared.path("data/match-labels/labels.csv.gz"))),
                StandardCharsets.UTF_8))) {
            in.readLine();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] row = line.split(",", -1);
                if (row[1].startsWith("GHSA-")) {
                    labels.add(new Label(row[0], row[1], row[3], row[4]));
                }
            }
        }
        return labels;
    }
}
