package uk.reeve.scanner.malice;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.scanner.malice.content.CheckedPackage;
import uk.reeve.scanner.malice.content.PackageFile;

/// The `yara` program with a person's own rules. It sees copies of the files, each under a number, in a folder that is
/// removed afterwards. Source: YARA 4.2, "Running YARA from the command-line".
public final class Yara {

    private static final int FILES = 10_000;
    private static final int FILE_BYTES = 16 << 20;
    private static final int SECONDS = 120;
    private static final int OUTPUT_BYTES = 1 << 20;

    private final Path program;
    private final List<Path> rules;

    private Yara(Path program, List<Path> rules) {
        this.program = program;
        this.rules = rules;
    }

    /// @param file path within the package
    record Match(String rule, String file) {}

    /// Null where no `yara` is on the path.
    ///
    /// @param path the variable `PATH`
    public static @Nullable Yara of(List<Path> rules, @Nullable String path) {
        for (String folder : path == null ? new String[0] : path.split(File.pathSeparator, -1)) {
            Path program = Path.of(folder, "yara");
            if (!folder.isEmpty() && Files.isExecutable(program)) {
                return new Yara(program, rules);
            }
        }
        return null;
    }

    /// @throws Unreadable where the program refuses the rules, or takes too long
    List<Match> matches(CheckedPackage whole) throws IOException, Unreadable {
        Path folder = Files.createTempDirectory("reeve-yara-");
        List<String> names = new ArrayList<>();
        try {
            for (PackageFile file : whole.files().all()) {
                if (names.size() < FILES) {
                    Files.write(folder.resolve(String.valueOf(names.size())), file.bytes(FILE_BYTES));
                    names.add(file.path());
                }
            }
            return run(folder, names);
        } finally {
            for (int i = 0; i < FILES && Files.deleteIfExists(folder.resolve(String.valueOf(i))); i++) {
                // until the last is gone
            }
            Files.deleteIfExists(folder);
        }
    }

    private List<Match> run(Path folder, List<String> names) throws IOException, Unreadable {
        List<String> command = new ArrayList<>(List.of(program.toString(), "-w", "-a", String.valueOf(SECONDS)));
        rules.forEach(rule -> command.add(rule.toAbsolutePath().toString()));
        command.add(folder.toString());
        Path output = Files.createTempFile("reeve-yara-", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS + 10L, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new Unreadable(0, "yara ran for more than " + SECONDS + " seconds, and was ended");
            }
            String said;
            try (var in = Files.newInputStream(output)) {
                said = new String(in.readNBytes(OUTPUT_BYTES), StandardCharsets.UTF_8);
            }
            if (process.exitValue() != 0) {
                throw new Unreadable(0, "yara refused: " + said.strip().split("\n", 2)[0]);
            }
            return matches(said, names);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreadable(0, "yara was stopped before its end", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    // A line is `RULE /folder/NUMBER`.
    private static List<Match> matches(String said, List<String> names) {
        List<Match> found = new ArrayList<>();
        for (String line : said.split("\n", -1)) {
            int blank = line.indexOf(' ');
            String number = line.substring(line.lastIndexOf('/') + 1).strip();
            if (blank > 0 && number.matches("\\d{1,5}") && Integer.parseInt(number) < names.size()) {
                found.add(new Match(line.substring(0, blank), names.get(Integer.parseInt(number))));
            }
        }
        return found;
    }
}
