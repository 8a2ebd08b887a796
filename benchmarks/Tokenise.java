import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.core.JsonParser;
import uk.reeve.engine.input.JsonInput;

/// The least that a reader of all advisories must do: inflate each record of the zips of a folder and pass over its
/// JSON, token by token, with the parser that the import uses. Prints how many records and tokens there were.
public final class Tokenise {

    public static void main(String[] args) throws Exception {
        List<Path> zips;
        try (Stream<Path> all = Files.walk(Path.of(args[0]))) {
            zips = all.filter(p -> p.toString().endsWith(".zip")).sorted().toList();
        }
        long records = 0;
        long tokens = 0;
        for (Path file : zips) {
            try (ZipInputStream zip =
                    new ZipInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    if (entry.isDirectory() || !entry.getName().endsWith(".json")) {
                        continue;
                    }
                    records++;
                    try (JsonParser json = JsonInput.parser(new Unclosed(zip))) {
                        while (json.nextToken() != null) {
                            tokens++;
                        }
                    }
                }
            }
        }
        System.out.println("Passed over " + records + " records, " + tokens + " tokens");
    }

    /// The parser closes its stream; the zip goes on.
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() throws IOException {}
    }
}
