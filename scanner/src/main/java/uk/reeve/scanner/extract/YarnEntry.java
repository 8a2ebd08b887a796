package uk.reeve.scanner.extract;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One package of a `yarn.lock`.
final class YarnEntry {

    private static final String WORKSPACE = "workspace:";

    final int line;
    /// Whether the value of its last field, or the block that it opens, is missing.
    boolean open;
    /// Whether it has the field with which the later format ends each entry.
    boolean ended;
    /// `name@range`, as those that depend on it ask for it.
    final List<String> descriptors;

    @Nullable
    String version;

    @Nullable
    String resolved;

    @Nullable
    String resolution;

    @Nullable
    String integrity;

    final Map<String, String> dependencies = new LinkedHashMap<>(4);
    final Set<String> optional = new HashSet<>(0);

    YarnEntry(int line, List<String> descriptors) {
        this.line = line;
        this.descriptors = descriptors;
    }

    /// Name, and where it comes from; null where the entry tells neither.
    String @Nullable [] locator() {
        String[] parts = Npm.split(resolution != null ? resolution : descriptors.getFirst());
        if (parts == null) {
            return null;
        }
        if (parts[1].startsWith("npm:")) {
            String[] alias = resolution == null ? Npm.split(parts[1].substring(4)) : null;
            return alias != null ? alias : new String[] {parts[0], ""};
        }
        if (parts[1].startsWith("patch:")) { // the registry's package with a change of the project's own
            return new String[] {parts[0], ""};
        }
        return parts;
    }

    /// Whether nothing says that it comes from elsewhere.
    boolean isOfRegistry() {
        String[] parts = locator();
        return parts != null
                && !Npm.isOwn(parts[1])
                && Npm.outside(parts[1]) == null
                && (resolved == null || Npm.outside(resolved) == null);
    }

    /// The folder of a member of the workspace; null where it is none.
    @Nullable
    String member() {
        String[] parts = resolution == null ? null : Npm.split(resolution);
        return parts == null || !parts[1].startsWith(WORKSPACE) ? null : parts[1].substring(WORKSPACE.length());
    }
}
