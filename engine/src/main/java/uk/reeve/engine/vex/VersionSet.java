package uk.reeve.engine.vex;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.version.BadVersion;
import uk.reeve.engine.version.Ecosystem;

/// Versions named one by one, and in ranges.
///
/// @param ranges as told; one that cannot be understood covers nothing
public record VersionSet(List<String> exact, List<String> ranges) {

    /// Whether it is one of them.
    ///
    /// @param purlType of the component; null where it has none
    public boolean contains(String version, @Nullable String purlType) {
        for (String one : exact) {
            if (equal(one, version, purlType)) {
                return true;
            }
        }
        for (String text : ranges) {
            VersRange range = VersRange.parse(text);
            if (range != null && range.contains(version, purlType)) {
                return true;
            }
        }
        return false;
    }

    /// Whether two spellings are one version: by their text, and where the ecosystem is known by its order.
    static boolean equal(String left, String right, @Nullable String purlType) {
        if (left.equals(right)) {
            return true;
        }
        if (purlType == null) {
            return false;
        }
        if (purlType.equals("golang")) {
            return plain(left).equals(plain(right));
        }
        List<Ecosystem> ecosystems = Ecosystem.ofPurlType(purlType);
        try {
            return !ecosystems.isEmpty() && ecosystems.getFirst().order().compare(left, right) == 0;
        } catch (BadVersion _) {
            return false;
        }
    }

    private static String plain(String version) {
        return version.startsWith("v") ? version.substring(1) : version;
    }
}
