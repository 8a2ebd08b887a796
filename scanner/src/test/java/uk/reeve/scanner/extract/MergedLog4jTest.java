package uk.reeve.scanner.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import uk.reeve.engine.input.Unreadable;

/// That `log4j-classes.tsv` is what the public JARs hold. They are not kept here: `-Dlog4j.jars=FOLDER` names a folder
/// with each `log4j-core-VERSION.jar`, and `-Dderived.write=true` writes the file anew. One JAR is fetched by
/// `mvn dependency:copy -Dartifact=org.apache.logging.log4j:log4j-core:2.14.1 -DoutputDirectory=FOLDER`.
class MergedLog4jTest {

    private static final String KEPT = "src/main/resources/uk/reeve/scanner/extract/log4j-classes.tsv";
    private static final String FOLDER = "org/apache/logging/log4j/core/";

    private static final String LINES = """
            digest\tLoggerContext.class\t%s\t1.0 1.1
            digest\tLogger.class\t%s\t1.1
            digest\tLogger.class\t%s\t1.0
            since\tNew.class\t1.1
            since\tOld.class\t1.0
            """;

    private static List<String> told(Map<String, String> classes) throws IOException, Unreadable {
        String lines = LINES.formatted(digest("context"), digest("logger of 1.1"), digest("logger of 1.0"));
        FixtureSink out = new FixtureSink();
        new MergedLog4j(new BufferedReader(new StringReader(lines))).tell(new Inside(classes), out);
        return out.lines();
    }

    private static String digest(String content) throws IOException {
        return MergedLog4j.digest(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    /// Files in an archive, by their names.
    private record Inside(Map<String, String> contents) implements ArchiveFiles {

        @Override
        public List<String> names() {
            return List.copyOf(contents.keySet());
        }

        @Override
        public @Nullable ScanFile file(String name) {
            return contents.containsKey(name) ? FixtureTree.of(contents).file(name) : null;
        }
    }

    @Test
    void classes_that_all_have_the_bytes_of_one_release_are_that_release() throws IOException, Unreadable {
        assertThat(told(Map.of(FOLDER + "LoggerContext.class", "context", FOLDER + "Logger.class", "logger of 1.1")))
                .containsExactly("component 0 pkg:maven/org.apache.logging.log4j/log4j-core@1.1 RUNTIME");
    }

    @Test
    void classes_that_were_changed_renamed_or_are_too_few_to_tell_are_possible() throws IOException, Unreadable {
        String possible = "minimum 0 pkg:maven/org.apache.logging.log4j/log4j-core@";
        assertThat(told(Map.of("own/log4j/core/LoggerContext.class", "moved", "own/log4j/core/New.class", "")))
                .anyMatch(line -> line.startsWith(possible + "1.1 "));
        assertThat(told(Map.of(FOLDER + "LoggerContext.class", "context", FOLDER + "Logger.class", "mended")))
                .anyMatch(line -> line.startsWith(possible + "2.0 "));
        assertThat(told(Map.of(FOLDER + "LoggerContext.class", "context")))
                .anyMatch(line -> line.startsWith(possible + "1.0 "))
                .anyMatch(line -> line.contains("evidence="));
    }

    @Test
    void folders_without_classes_and_log4j_1_and_what_only_ends_alike_are_nothing() throws IOException, Unreadable {
        assertThat(told(Map.of(
                        FOLDER + "readme.txt",
                        "",
                        "META-INF/" + FOLDER + "config/plugins/Log4j2Plugins.dat",
                        "",
                        "org/apache/log4j/Logger.class",
                        "",
                        "a/mylog4j/core/LoggerContext.class",
                        "")))
                .isEmpty();
    }

    @Test
    void the_file_is_derived_from_the_public_jars() throws IOException {
        String jars = System.getProperty("log4j.jars");
        Assumptions.assumeTrue(jars != null, "SKIPPED: -Dlog4j.jars is not given");
        Map<String, Map<String, String>> releases = releases(Path.of(String.valueOf(jars)));
        List<String> lines = new ArrayList<>(List.of(
                "# Classes of log4j-core (Apache-2.0) that tell its release, see MergedLog4j. Derived by MergedLog4jTest from the public JARs of "
                        + releases.size() + " releases."));
        for (String name : telling(releases)) {
            Map<String, List<String>> digests = new LinkedHashMap<>();
            releases.forEach((release, classes) -> {
                if (classes.containsKey(name)) {
                    digests.computeIfAbsent(classes.get(name), _ -> new ArrayList<>())
                            .add(release);
                }
            });
            digests.forEach(
                    (digest, having) -> lines.add("digest\t" + name + "\t" + digest + "\t" + String.join(" ", having)));
        }
        lines.addAll(since(releases));
        Path kept = Path.of(Files.isDirectory(Path.of("scanner")) ? "scanner/" + KEPT : KEPT);
        if (Boolean.getBoolean("derived.write")) {
            Files.createDirectories(kept.getParent());
            Files.write(kept, lines);
        }
        assertThat(Files.readAllLines(kept, StandardCharsets.UTF_8)).isEqualTo(lines);
    }

    /// By release, in their order: each class and its digest.
    private static Map<String, Map<String, String>> releases(Path folder) throws IOException {
        Map<String, Map<String, String>> releases = new TreeMap<>(Comparator.comparing(
                release -> Arrays.stream(release.split("\\."))
                        .mapToInt(Integer::parseInt)
                        .toArray(),
                Arrays::compare));
        try (Stream<Path> jars = Files.list(folder)) {
            for (Path jar : jars.toList()) {
                String name = jar.getFileName().toString();
                releases.put(name.substring("log4j-core-".length(), name.length() - ".jar".length()), classes(jar));
            }
        }
        return releases;
    }

    private static Map<String, String> classes(Path jar) throws IOException {
        Map<String, String> classes = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (entry.getName().startsWith(FOLDER) && entry.getName().endsWith(".class")) {
                    try (var in = zip.getInputStream(entry)) {
                        classes.put(entry.getName().substring(FOLDER.length()), MergedLog4j.digest(in));
                    }
                }
            }
        }
        return classes;
    }

    /// Few classes whose digests tell as many releases apart as can be; those that every release has come first.
    private static Set<String> telling(Map<String, Map<String, String>> releases) {
        Set<String> names =
                new LinkedHashSet<>(releases.values().iterator().next().keySet());
        releases.values().forEach(classes -> names.retainAll(classes.keySet()));
        releases.values().forEach(classes -> names.addAll(classes.keySet()));
        Set<String> chosen = new LinkedHashSet<>();
        for (int told = 0; ; ) {
            String best = "";
            int most = told;
            for (String name : names) {
                Set<String> more = new LinkedHashSet<>(chosen);
                more.add(name);
                int now = told(releases, more);
                if (now > most) {
                    best = name;
                    most = now;
                }
            }
            if (best.isEmpty()) {
                return chosen;
            }
            chosen.add(best);
            told = most;
        }
    }

    private static int told(Map<String, Map<String, String>> releases, Set<String> chosen) {
        Set<String> different = new LinkedHashSet<>();
        for (Map<String, String> classes : releases.values()) {
            StringBuilder all = new StringBuilder();
            chosen.forEach(name -> all.append(classes.get(name)));
            different.add(all.toString());
        }
        return different.size();
    }

    /// The latest first: a class of each release that all later ones have, and no earlier one.
    private static List<String> since(Map<String, Map<String, String>> releases) {
        Map<String, String> first = new HashMap<>();
        Set<String> gone = new LinkedHashSet<>();
        releases.forEach((release, classes) -> {
            classes.keySet().forEach(name -> first.putIfAbsent(name, release));
            first.keySet().stream().filter(name -> !classes.containsKey(name)).forEach(gone::add);
        });
        List<String> lines = new ArrayList<>();
        for (String release : releases.keySet()) {
            first.entrySet().stream()
                    .filter(each -> each.getValue().equals(release))
                    .map(Map.Entry::getKey)
                    .filter(name -> !gone.contains(name) && !name.contains("$") && !name.contains("package-info"))
                    .min(Comparator.comparing(
                                    (String name) -> !name.matches("(config|impl|lookup|pattern|util)/\\w+.class"))
                            .thenComparing(name -> name))
                    .ifPresent(name -> lines.addFirst("since\t" + name + "\t" + release));
        }
        return lines;
    }
}
