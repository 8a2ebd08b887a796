package uk.reeve.scanner;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.scanner.archive.Layer;

/// Which layer of an image brought what.
final class Origins {

    private final Map<String, Layer> files = new HashMap<>();
    private final Map<String, Map<String, Layer>> components = new HashMap<>();

    /// A file that an image shows, with what is in it.
    synchronized void file(String shown, Layer layer) {
        files.put(shown, layer);
    }

    /// What a file of an image had in a lower layer already.
    ///
    /// @param layers by a component's key
    synchronized void components(String shown, Map<String, Layer> layers) {
        components.put(shown, layers);
    }

    /// Null where the file is of no image.
    synchronized @Nullable Layer of(String file, String key) {
        Layer layer = components.getOrDefault(file, Map.of()).get(key);
        for (String at = file; layer == null && !at.isEmpty() && !files.isEmpty(); ) {
            layer = files.get(at);
            at = at.substring(0, Math.max(0, at.lastIndexOf("!/"))); // what it lies in
        }
        return layer;
    }
}
