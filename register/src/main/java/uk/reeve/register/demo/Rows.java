package uk.reeve.register.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The lines of a table `demo/NAME.tsv`, without those that begin with `#`.
final class Rows {

    private Rows() {}

    static List<String[]> of(String name) {
        try (InputStream in = Rows.class.getResourceAsStream("/demo/" + name + ".tsv")) {
            if (in == null) {
                throw new IllegalStateException("demo/" + name + ".tsv is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
