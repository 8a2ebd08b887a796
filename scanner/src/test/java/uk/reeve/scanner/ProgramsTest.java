package uk.reeve.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.reeve.scanner.MadeArchives.tgz;
import static uk.reeve.scanner.MadeArchives.zip;
import static uk.reeve.scanner.MadePrograms.elf;
import static uk.reeve.scanner.MadePrograms.goInline;
import static uk.reeve.scanner.MadePrograms.goPointers;
import static uk.reeve.scanner.MadePrograms.machO;
import static uk.reeve.scanner.MadePrograms.pe;
import static uk.reeve.scanner.MadePrograms.version;
import static uk.reeve.scanner.MadePrograms.zlib;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.scanner.Inventory.Item;

/// What is found in programs that are made here, whatever they are called and wherever they lie.
class ProgramsTest {

    private static final String MODULES = """
            path\texample.org/tool/cmd
            mod\texample.org/tool\t(devel)\t
            dep\tgolang.org/x/text\tv0.3.5\th1:00=
            dep\texample.org/forked\tv1.0.0
            =>\texample.org/fork\tv1.0.1\th1:00=
            dep\texample.org/local\tv1.0.0
            =>\t./local\t(devel)\t
            build\tGOOS=linux
            """;

    private static final String CRATES = """
            {"packages": [
              {"name": "tool", "version": "0.1.0", "source": "local", "root": true, "dependencies": [1, 2]},
              {"name": "time", "version": "0.1.42", "source": "crates.io", "dependencies": [3]},
              {"name": "cc", "version": "1.0.0", "source": "crates.io", "kind": "build"},
              {"name": "libc", "version": "0.2.69", "source": "crates.io"}]}""";

    @TempDir
    Path folder;

    private Inventory scan(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
        return Scan.of(List.of(folder), Scan.Options.DEFAULT);
    }

    private static List<String> said(Inventory found) {
        return found.items().stream().map(ProgramsTest::said).sorted().toList();
    }

    private static String said(Item item) {
        return (item.component().locked() ? "" : "possibly ")
                + item.component().purl()
                + (item.direct() ? " direct" : "");
    }

    private static List<String> ledger(Inventory found) {
        return found.ledger().stream()
                .map(line -> line.kind() + " " + line.subject() + ": " + line.message())
                .sorted()
                .toList();
    }

    @Test
    void a_program_of_go_names_its_modules_what_replaces_them_and_its_standard_library() throws IOException {
        byte[] program = elf(".go.buildinfo", goInline("go1.22.7", MODULES), ByteOrder.LITTLE_ENDIAN);
        Inventory found = scan("go", program);
        assertThat(said(found))
                .containsExactly(
                        "pkg:golang/example.org/fork@v1.0.1 direct",
                        "pkg:golang/golang.org/x/text@v0.3.5 direct",
                        "pkg:golang/stdlib@1.22.7 direct");
        assertThat(ledger(found))
                .containsExactly(
                        "NOT_COVERED example.org/local: replaced by the folder ./local",
                        "NOT_COVERED example.org/tool: was built from a folder, and the program does not tell its version");
    }

    @Test
    void a_program_of_go_for_another_processor_and_before_1_18_and_for_windows_and_macos() throws IOException {
        String modules = "mod\texample.org/tool\tv1.2.3\th1:00=\n";
        byte[] old = goPointers("go1.16.4", modules, MadePrograms.address(), ByteOrder.BIG_ENDIAN);
        assertThat(said(scan("tool", elf(".go.buildinfo", old, ByteOrder.BIG_ENDIAN))))
                .containsExactly("pkg:golang/example.org/tool@v1.2.3 direct", "pkg:golang/stdlib@1.16.4");
        assertThat(said(scan("tool", pe(".data", goInline("go1.19", modules), false, false))))
                .containsExactly("pkg:golang/example.org/tool@v1.2.3 direct", "pkg:golang/stdlib@1.19");
        assertThat(said(scan("tool", machO("__go_buildinfo", goInline("go1.20.1", modules)))))
                .containsExactly("pkg:golang/example.org/tool@v1.2.3 direct", "pkg:golang/stdlib@1.20.1");
    }

    @Test
    void a_release_of_go_with_something_added_is_that_release_and_one_of_no_release_is_told() throws IOException {
        for (String go : List.of("go1.20.5 X:nocoverageredesign", "go1.20.5-fips", "go1.20.5+distribution")) {
            assertThat(said(scan("tool", elf(".go.buildinfo", goInline(go, "path\tx\n"), ByteOrder.LITTLE_ENDIAN))))
                    .containsExactly("pkg:golang/stdlib@1.20.5 direct");
        }
        byte[] own = elf(".go.buildinfo", goInline("devel go1.23-0a1b2c3d", "path\tx\n"), ByteOrder.LITTLE_ENDIAN);
        assertThat(ledger(scan("tool", own)))
                .containsExactly("NOT_COVERED Go's standard library devel go1.23-0a1b2c3d: is of no release of Go");
    }

    @Test
    void a_program_of_rust_names_the_crates_that_are_compiled_into_it() throws IOException {
        for (byte[] program : List.of(
                elf(".dep-v0", zlib(CRATES), ByteOrder.LITTLE_ENDIAN),
                pe(".dep-v0", zlib(CRATES), false, false),
                machO(".dep-v0", zlib(CRATES)))) {
            assertThat(said(scan("tool.dat", program)))
                    .containsExactly(
                            "pkg:cargo/cc@1.0.0 direct", "pkg:cargo/libc@0.2.69", "pkg:cargo/time@0.1.42 direct");
        }
    }

    @Test
    void a_library_of_net_is_possibly_the_package_of_its_name_and_another_program_is_told_by_its_words()
            throws IOException {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("CompanyName", "Example Works");
        words.put("ProductName", "Example Viewer");
        words.put("OriginalFilename", "Newtonsoft.Json.dll");
        words.put("ProductVersion", "12.0.3+0a2e291c");
        assertThat(said(scan("a.dll", pe(".rsrc", version(words), true, true))))
                .containsExactly("possibly pkg:nuget/Newtonsoft.Json@12.0.3");
        Inventory found = scan("a.dll", pe(".rsrc", version(words), true, false));
        assertThat(said(found)).isEmpty();
        assertThat(ledger(found))
                .containsExactly("NOT_COVERED Example Viewer 12.0.3+0a2e291c:"
                        + " no advisory source covers programs of Windows by their names (of Example Works)");
    }

    @Test
    void programs_in_archives_are_found_and_what_only_begins_like_one_is_no_fault() throws IOException {
        byte[] program = elf(".go.buildinfo", goInline("go1.22.7", MODULES), ByteOrder.LITTLE_ENDIAN);
        Inventory found = scan(
                "all.zip",
                zip(Map.of(
                        "layer.tar.gz", tgz(Map.of("usr/bin/tool", program)),
                        "notes",
                                MadeArchives.bytes("MZ is how programs of Windows begin, and this text does as well, "
                                        + "which makes it none."))));
        assertThat(found.items())
                .extracting(item -> item.places().getFirst().file())
                .containsOnly("all.zip!/layer.tar.gz!/usr/bin/tool");
        assertThat(found.ledger())
                .allSatisfy(line -> assertThat(line.kind()).isEqualTo(Inventory.LedgerLine.Kind.NOT_COVERED));
    }

    /// Cut or changed anywhere, a program gives what it gives and a line, and soon.
    @Test
    void a_damaged_program_never_stops_the_scan() throws IOException {
        List<byte[]> all = List.of(
                elf(".go.buildinfo", goInline("go1.22.7", MODULES), ByteOrder.LITTLE_ENDIAN),
                elf(
                        ".go.buildinfo",
                        goPointers("go1.16.4", MODULES, MadePrograms.address(), ByteOrder.BIG_ENDIAN),
                        ByteOrder.BIG_ENDIAN),
                elf(".dep-v0", zlib(CRATES), ByteOrder.LITTLE_ENDIAN),
                pe(".data", goInline("go1.22.7", MODULES), false, false),
                pe(".rsrc", version(Map.of("ProductName", "Example", "FileVersion", "1.0")), true, true),
                machO("__go_buildinfo", goInline("go1.22.7", MODULES)));
        for (byte[] whole : all) {
            Broken.each(whole, 50, 300, (_, bad) -> {
                Files.write(folder.resolve("one"), bad);
                Broken.told(folder);
            });
        }
    }
}
