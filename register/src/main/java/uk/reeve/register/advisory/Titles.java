package uk.reeve.register.advisory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sentences of our own on flaws that many know: the snapshot carries no source's prose. `advisory/titles.tsv`:
/// a name, a tab, a sentence that may begin with the name by which people know it and a colon.
final class Titles {

    private static final Map<String, String> BY_NAME = read();

    private Titles() {}

    static @Nullable String of(String name) {
        return BY_NAME.get(name);
    }

    private static Map<String, String> read() {
        try (InputStream in = Titles.class.getResourceAsStream("/advisory/titles.tsv")) {
            if (in == null) {
                throw new IllegalStateException("advisory/titles.tsv is missing from this build");
            }
            Map<String, String> titles = new HashMap<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                int tab = line.indexOf('\t');
                if (tab > 0) {
                    titles.put(line.substring(0, tab), line.substring(tab + 1));
                }
            }
            return Map.copyOf(titles);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
