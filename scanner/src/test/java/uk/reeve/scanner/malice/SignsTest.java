package uk.reeve.scanner.malice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.scanner.malice.content.CheckLimits;
import uk.reeve.scanner.malice.sign.Sign;
import uk.reeve.scanner.malice.sign.Signs;

/// Each sign is seen in the smallest package that shows it, and not in an honest one that is near:
/// `fixtures/malice/NAME.txt` holds the files of both. Signs of bytes are in [HostilePackagesTest].
class SignsTest {

    /// Seen in archives and binary files, which are built there.
    private static final Set<String> OF_BYTES = Set.of(
            "encoded-payload",
            "pickled-code",
            "native-binary",
            "disguised-binary",
            "tampered-archive",
            "trailing-data",
            "wheel-record",
            "differs-from-source",
            "yara-rule");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> each_sign_is_seen_where_it_is_and_not_in_what_is_near() {
        return Signs.ALL.stream()
                .filter(sign -> !OF_BYTES.contains(sign.name()))
                .map(sign -> DynamicTest.dynamicTest(sign.name(), () -> {
                    assertThat(seen(sign.name(), "looks")).contains(sign.name());
                    assertThat(seen(sign.name(), "honest")).doesNotContain(sign.name());
                }));
    }

    @Test
    void names_are_unique_and_each_sign_says_why_it_weighs_and_which_technique_it_is() {
        assertThat(Signs.ALL).extracting(Sign::name).doesNotHaveDuplicates();
        assertThat(Signs.ALL).allSatisfy(sign -> {
            assertThat(sign.reason()).isNotBlank();
            assertThat(sign.weight()).isBetween(1, 70);
            assertThat(sign.techniques()).isNotEmpty().allMatch(technique -> technique.matches("T\\d{4}(\\.\\d{3})?"));
        });
    }

    @Test
    void combinations_name_signs_that_there_are() {
        List<String> names = Signs.ALL.stream().map(Sign::name).toList();
        assertThat(Combination.ALL).allSatisfy(each -> assertThat(each.parts())
                .allSatisfy(part -> assertThat(names).containsAll(part)));
    }

    private List<String> seen(String name, String which) throws IOException, Unreadable {
        Path root = Files.createDirectories(folder.resolve(name).resolve(which));
        for (String part : text(name).split("(?m)^--- ")) {
            int end = part.indexOf('\n');
            if (part.startsWith(which + " ")) {
                Path file = root.resolve(part.substring(which.length() + 1, end));
                Path parent = file.getParent();
                Files.createDirectories(parent == null ? root : parent);
                Files.writeString(file, part.substring(end + 1));
            }
        }
        assertThat(root).isNotEmptyDirectory();
        CheckResult result = Check.of(root, Check.Aids.NONE, CheckLimits.DEFAULT);
        return result.signs().stream().map(seen -> seen.sign().name()).toList();
    }

    private static String text(String name) throws IOException {
        try (InputStream in = SignsTest.class.getResourceAsStream("/fixtures/malice/" + name + ".txt")) {
            assertThat(in).as("fixtures/malice/%s.txt", name).isNotNull();
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
