package uk.reeve.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/// The real data and test vectors that lie beside the project (`../shared`). A clone without them skips, and says so.
public final class Shared {

    private Shared() {}

    /// A file or folder of `../shared`; the calling test is skipped where it is absent.
    public static Path path(String relative) {
        for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
            Path found = dir.resolve("shared").resolve(relative);
            if (Files.exists(found)) {
                return found;
            }
        }
        Assumptions.abort("SKIPPED: ../shared/" + relative + " is not beside this project");
        throw new IllegalStateException("unreachable");
    }

    /// The rows of a TSV file (gzip where its name ends in `.gz`) without its header, split at every TAB, never
    /// trimmed.
    public static List<String[]> tsv(String relative) {
        Path file = path(relative);
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = relative.endsWith(".gz") ? new GZIPInputStream(in) : in;
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(line -> line.split("\t", -1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
