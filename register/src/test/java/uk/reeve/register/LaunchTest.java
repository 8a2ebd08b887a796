package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the command line says where it cannot start: one sentence, status 2, nothing started.
class LaunchTest {

    @TempDir
    Path folder;

    @Test
    void a_command_line_says_what_and_where() {
        assertThat(Order.of(List.of("serve", "--port", "9000", "--data=" + folder)))
                .isEqualTo(new Order.Serve(folder, false, 9000));
        Path usual = Path.of(System.getProperty("user.home"), ".local", "share", "reeve");
        assertThat(Order.of(List.of("demo", "--morning"))).isEqualTo(new Order.PressMorning(usual.resolve("demo"), 0));
        assertThat(Order.of(List.of("backup", "--data", folder.toString(), "/a/b.zip")))
                .isEqualTo(new Order.BackUp(folder, Path.of("/a/b.zip")));
        assertThat(Order.of(List.of("audit", "verify")))
                .isEqualTo(new Order.VerifyAudit(usual.resolve("register"), ""));
    }

    @Test
    void a_command_line_that_is_wrong_is_told_what_is_wrong() {
        refuses("say serve, demo, backup, restore, audit verify or settings", List.of());
        refuses("--port needs a number", List.of("serve", "--port", "70000"));
        refuses("--port needs a value", List.of("serve", "--port"));
        refuses("say reeve backup FILE", List.of("backup"));
        refuses("there is no word \"more\"", List.of("restore", "a.zip", "more"));
        refuses("say reeve audit verify", List.of("audit", "read"));
        refuses("--morning belongs to reeve demo", List.of("serve", "--morning"));
        refuses("there is no option --prot", List.of("demo", "--prot=1"));
    }

    private static void refuses(String sentence, List<String> words) {
        assertThatThrownBy(() -> Order.of(words)).hasMessageContaining(sentence);
    }

    @Test
    void a_port_in_use_is_told_before_anything_starts() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThat(said(
                            "demo",
                            "--port",
                            "" + port,
                            "--data",
                            folder.resolve("new").toString()))
                    .startsWith("2 reeve: Port " + port + " cannot be used")
                    .hasLineCount(1);
            assertThat(folder.resolve("new").resolve("data")).doesNotExist();
        }
    }

    @Test
    void a_folder_of_the_other_kind_is_refused() throws IOException {
        Files.writeString(folder.resolve("register"), "real\n");
        assertThat(said("demo", "--data", folder.toString()))
                .startsWith("2 reeve: The folder " + folder + " holds real data")
                .hasLineCount(1);
    }

    @Test
    void a_morning_without_a_demonstration_is_told() {
        assertThat(said("demo", "--morning", "--data", folder.toString()))
                .startsWith("2 reeve: No demonstration runs in " + folder)
                .hasLineCount(1);
    }

    @Test
    void settings_are_told_with_where_they_came_from_and_without_secrets() throws IOException {
        Files.writeString(
                folder.resolve("reeve.properties"), "reeve.mail.host=mail.example\nreeve.mail.password=hush\n");
        assertThat(Settings.told(folder))
                .contains("reeve.mail.host = mail.example (from " + folder.resolve("reeve.properties") + ")")
                .contains("reeve.mail.password = ***")
                .contains("reeve.jobs = true (not set)")
                .doesNotContain("hush");
    }

    @Test
    void a_wrong_setting_is_told_before_anything_starts() throws IOException {
        for (String[] wrong : new String[][] {
            {"reeve.key=abc", "reeve.key must be 32 bytes"},
            {"reeve.address=nonsense", "reeve.address must be an address"},
            {"reeve.mail.tls=always", "reeve.mail.tls must be starttls"},
            {"reeve.mail.hsot=h", "reeve.mail.hsot is no setting"}
        }) {
            Files.writeString(folder.resolve("register"), "real\n");
            Files.writeString(folder.resolve("reeve.properties"), wrong[0] + "\n");
            assertThat(said("serve", "--data", folder.toString()))
                    .startsWith("2 reeve: The setting " + wrong[1])
                    .hasLineCount(1);
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }

    /// Whatever the code reads is listed.
    @Test
    void every_setting_is_listed() throws IOException {
        Set<String> read = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher matcher = Pattern.compile("\\$\\{(reeve\\.[a-z.-]+)").matcher(Files.readString(file));
                while (matcher.find()) {
                    read.add(matcher.group(1));
                }
            }
        }
        read.removeAll(Set.of("reeve.data", "reeve.demo")); // the command line's
        assertThat(Settings.ALL.stream().map(Settings.Setting::name)).containsAll(read);
    }

    private static String said(String... words) {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            return Launch.run(words) + " " + said.toString(StandardCharsets.UTF_8);
        } finally {
            System.setErr(before);
        }
    }
}
