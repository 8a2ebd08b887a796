package uk.reeve.scanner.malice.sign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Names of popular packages by the purl's type, most popular first; see `popular-names.txt`.
final class PopularNames {

    private static final Map<String, List<String>> BY_TYPE = read();

    private PopularNames() {}

    /// Empty where there is no list for that type.
    static List<String> of(String type) {
        return BY_TYPE.getOrDefault(type, List.of());
    }

    private static Map<String, List<String>> read() {
        Map<String, List<String>> found = new HashMap<>();
        List<String> current = new ArrayList<>();
        try (InputStream in = PopularNames.class.getResourceAsStream("popular-names.txt")) {
            String all = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : all.split("\n", -1)) {
                if (line.startsWith("[")) {
                    current = found.computeIfAbsent(line.substring(1, line.length() - 1), _ -> new ArrayList<>());
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    current.add(line);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e); // it is in our own archive
        }
        return found;
    }
}
