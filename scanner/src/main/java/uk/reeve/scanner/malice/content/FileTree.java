package uk.reeve.scanner.malice.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Element;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.TomlInput;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.input.XmlInput;

/// The files of a package, by their paths. Of a path that stands there twice the last counts, as for who unpacks it.
public final class FileTree {

    /// Bytes of a manifest; real ones have a few thousand.
    private static final int MANIFEST_BYTES = 4 << 20;

    private final Map<String, PackageFile> files = new LinkedHashMap<>();

    FileTree(List<PackageFile> all) {
        for (PackageFile file : all) {
            files.put(file.path(), file);
        }
    }

    public Collection<PackageFile> all() {
        return files.values();
    }

    public @Nullable PackageFile get(String path) {
        return files.get(path);
    }

    public boolean has(String path) {
        return files.containsKey(path);
    }

    /// Paths at the top of the package that end so, and in folders of `depth` levels at most.
    List<String> ending(String end, int depth) {
        List<String> found = new ArrayList<>();
        for (String path : files.keySet()) {
            if (path.endsWith(end) && path.chars().filter(c -> c == '/').count() <= depth) {
                found.add(path);
            }
        }
        return found;
    }

    /// Empty where there is none.
    String text(String path) throws IOException, Unreadable {
        PackageFile file = files.get(path);
        return file == null ? "" : new String(file.bytes(MANIFEST_BYTES), StandardCharsets.UTF_8);
    }

    @Nullable
    Node json(String path) throws IOException, Unreadable {
        PackageFile file = files.get(path);
        return file == null ? null : JsonInput.read(new ByteArrayInputStream(file.bytes(MANIFEST_BYTES)));
    }

    @Nullable
    Node toml(String path) throws IOException, Unreadable {
        PackageFile file = files.get(path);
        return file == null ? null : TomlInput.read(file.bytes(MANIFEST_BYTES));
    }

    @Nullable
    Element xml(String path) throws IOException, Unreadable {
        PackageFile file = files.get(path);
        return file == null ? null : XmlInput.read(new ByteArrayInputStream(file.bytes(MANIFEST_BYTES)));
    }
}
