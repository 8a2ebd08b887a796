package uk.reeve.engine.purl;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A package URL, normalised by the rules of its type. Make one with [#parse], [#lenient] or [#of]; the constructor
/// checks nothing. Equal when equal after normalisation.
///
/// Go module paths keep their case: the type's definition calls them case-sensitive, and they are.
///
/// Source: ECMA-427; types of the purl specification.
///
/// @param type lower case
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

    /// Reads and normalises a package URL, and refuses one that breaks a rule of the standard or of its type.
    ///
    /// @param text at most 4,096 characters
    public static Purl parse(String text) throws BadPurl {
        return new PurlReader(text, null).read();
    }

    /// Reads a package URL as inventories write it, and mends what has one plain meaning: an encoded version in the
    /// name (`x%40v1.2.3`), a second `?` (within an address it begins a query, which is left out), a leading
    /// `&`, capitals in keys, bad escapes, `pkg:alpine/x` for `pkg:apk/alpine/x`. A broken rule of the type
    /// (a namespace missing or too many) is kept as it is.
    ///
    /// @param text at most 4,096 characters
    /// @param warning takes one sentence for each mend or broken rule; it does not repeat the package URL
    public static Purl lenient(String text, Consumer<String> warning) throws BadPurl {
        return new PurlReader(text, warning).read();
    }

    /// Builds one from decoded parts, normalised by the rules of its type.
    ///
    /// @param name of a Go module, npm package and the like also with its namespace (`github.com/a/b`, `@a/b`)
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
        PurlReader reader = new PurlReader("pkg:" + type + "/" + name, null);
        return reader.build(type, namespace, name, version, reader.qualifiers(qualifiers), subpath);
    }

    /// Canonical form.
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(64).append("pkg:").append(type).append('/');
        if (namespace != null) {
            Percent.encode(namespace, '/', out);
            out.append('/');
        }
        Percent.encode(name, PurlType.has(type, PurlType.NAME_IS_PATH) ? '/' : ':', out);
        if (version != null) {
            out.append('@');
            Percent.encode(version, ':', out);
        }
        char separator = '?';
        for (Map.Entry<String, String> qualifier : qualifiers.entrySet()) {
            out.append(separator).append(qualifier.getKey()).append('=');
            Percent.encode(qualifier.getValue(), ':', out);
            separator = '&';
        }
        if (subpath != null) {
            out.append('#');
            Percent.encode(subpath, '/', out);
        }
        return out.toString();
    }
}
