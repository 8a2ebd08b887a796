package uk.reeve.scanner;

import java.util.AbstractMap;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The digests of a subresource integrity text (`sha512-…`, several with blanks between) in hex. A scan that writes no
/// SBOM never asks, and turning a thousand of them was a tenth of its time: so they are turned when asked for.
final class IntegrityHashes extends AbstractMap<String, String> {

    private final String integrity;
    private @Nullable Map<String, String> hashes;

    IntegrityHashes(String integrity) {
        this.integrity = integrity;
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        Map<String, String> known = hashes;
        if (known == null) {
            known = new LinkedHashMap<>(2);
            for (String part : integrity.split(" ", -1)) {
                digest(part, known);
            }
            hashes = known;
        }
        return known.entrySet();
    }

    private static void digest(String part, Map<String, String> into) {
        int dash = part.indexOf('-');
        String algorithm =
                switch (dash < 0 ? "" : part.substring(0, dash)) {
                    case "sha1" -> "SHA-1";
                    case "sha256" -> "SHA-256";
                    case "sha384" -> "SHA-384";
                    case "sha512" -> "SHA-512";
                    default -> "";
                };
        if (algorithm.isEmpty()) {
            return;
        }
        try {
            into.put(algorithm, HexFormat.of().formatHex(Base64.getDecoder().decode(part.substring(dash + 1))));
        } catch (IllegalArgumentException e) {
            // No digest then: nothing is judged by it.
        }
    }
}
