package uk.reeve.engine.support;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;

/// The words under which a product is looked up: `npm/@angular/core`, `cpe/php/php`, `os/debian`.
final class ProductKeys {

    private ProductKeys() {}

    /// The key of a package; null where its version is not its maker's. What a distribution packages is supported as
    /// long as the distribution says, and an image's name tells no version.
    static @Nullable String of(Purl purl) {
        return switch (purl.type()) {
            case "deb", "rpm", "apk", "alpm", "oci", "swid" -> null;
            case "golang" -> purl.name().equals("stdlib") && purl.namespace() == null ? "generic/go" : whole(purl);
            case "pypi" ->
                "pypi/" + purl.name().toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
            case "nuget", "composer", "github" -> whole(purl).toLowerCase(Locale.ROOT);
            default -> whole(purl);
        };
    }

    private static String whole(Purl purl) {
        String namespace = purl.namespace();
        return purl.type() + "/" + (namespace == null ? "" : namespace + "/") + purl.name();
    }

    /// The key of an identifier of the source; null where it is of no use. One with qualifiers is of
    /// another repository, which a component would have to name alike.
    static @Nullable String ofIdentifier(String kind, String value) {
        if (kind.equals("cpe")) {
            return ofCpe(value);
        }
        if (!kind.equals("purl")) {
            return null;
        }
        try {
            Purl purl = Purl.parse(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
            return purl.qualifiers().isEmpty() && purl.subpath() == null ? of(purl) : null;
        } catch (BadPurl _) {
            return null;
        }
    }

    /// `cpe/php/php` of an application's name in either form; null for hardware, operating systems and what is broken.
    static @Nullable String ofCpe(String cpe) {
        int from = cpe.startsWith("cpe:2.3:a:") ? 10 : cpe.startsWith("cpe:/a:") ? 7 : -1;
        int vendor = from < 0 ? -1 : cpe.indexOf(':', from);
        if (vendor <= from) {
            return null;
        }
        int end = cpe.indexOf(':', vendor + 1);
        String product = cpe.substring(vendor + 1, end < 0 ? cpe.length() : end);
        return product.isEmpty()
                ? null
                : ("cpe/" + cpe.substring(from, vendor) + "/" + product)
                        .replace("\\", "")
                        .toLowerCase(Locale.ROOT);
    }

    /// The version within a CPE; null where it has none.
    static @Nullable String versionOfCpe(String cpe) {
        String[] parts = cpe.substring(cpe.startsWith("cpe:/") ? 5 : 8).split(":", -1);
        String version = parts.length > 3 ? parts[3].replace("\\", "") : "";
        return version.isEmpty() || version.equals("*") || version.equals("-") ? null : version;
    }
}
