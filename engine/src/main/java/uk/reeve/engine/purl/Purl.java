package uk.reeve.engine.purl;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A package URL, normalised by the rules of its type.
///
/// Source: ECMA-427; types of the purl specification.
///
/// @param namespace decoded, segments joined by `/`; null where there is none
/// @param name decoded
/// @param version decoded; null where there is none
/// @param qualifiers sorted by key, values decoded, none empty
/// @param subpath decoded, segments joined by `/`; null where there is none
public record Purl(
        String type,
        @Nullable String namespace,
        String name,
        @Nullable String version,
        Map<String, String> qualifiers,
        @Nullable String subpath) {

    /// Reads and normalises a package URL.
    ///
    /// @param text at most 4,096 characters
    public static Purl parse(String text) throws BadPurl {
        if (!text.startsWith("pkg:")) {
            throw new BadPurl(text, "does not begin with \"pkg:\"");
        }
        return of("generic", null, text, null);
    }

    /// Builds one from decoded parts, normalised by the rules of its type.
    public static Purl of(String type, @Nullable String namespace, String name, @Nullable String version)
            throws BadPurl {
        return of(type, namespace, name, version, Map.of(), null);
    }

    /// Builds one from decoded parts, normalised by the rules of its type.
    public static Purl of(
            String type,
            @Nullable String namespace,
            String name,
            @Nullable String version,
            Map<String, String> qualifiers,
            @Nullable String subpath)
            throws BadPurl {
        return new Purl(type, namespace, name, version, qualifiers, subpath);
    }

    /// Canonical form.
    @Override
    public String toString() {
        return "pkg:" + type + "/" + name;
    }
}
