package uk.reeve.engine.sbom;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;

/// SPDX's words in the model's: purposes, checksum algorithms, coordinates of registries, and when two names or
/// versions mean the same.
final class SpdxWords {

    private static final Set<String> SYSTEM = Set.of("deb", "rpm", "apk", "alpm");

    private SpdxWords() {}

    /// CycloneDX's word for a purpose of SPDX 2 or 3, in any spelling (`OPERATING-SYSTEM`, `operatingSystem`).
    /// Where none is told, Trivy's ids tell what is no library.
    static String type(@Nullable String purpose, String id) {
        if (purpose == null) {
            if (id.startsWith("SPDXRef-OperatingSystem")) {
                return "operating-system";
            }
            if (id.startsWith("SPDXRef-ContainerImage")) {
                return "container";
            }
            return id.startsWith("SPDXRef-Application-") ? "application" : "library";
        }
        return switch (letters(purpose)) {
            case "application", "executable", "install" -> "application";
            case "framework" -> "framework";
            case "container", "diskimage", "filesystemimage" -> "container";
            case "operatingsystem" -> "operating-system";
            case "device" -> "device";
            case "devicedriver" -> "device-driver";
            case "firmware" -> "firmware";
            case "platform" -> "platform";
            case "file" -> "file";
            case "model" -> "machine-learning-model";
            case "data" -> "data";
            default -> "library";
        };
    }

    /// CycloneDX's spelling of a checksum algorithm: `SHA-256`, `SHA3-512`, `BLAKE2b-384`, `MD5`.
    static String algorithm(String spdx) {
        String word = spdx.strip();
        word = word.substring(Math.max(word.lastIndexOf('/'), word.lastIndexOf('#')) + 1);
        word = word.startsWith("checksumAlgorithm_") ? word.substring("checksumAlgorithm_".length()) : word;
        String plain = letters(word);
        return switch (plain) { // constants: the first concatenation at run time links a dozen classes
            case "sha1" -> "SHA-1";
            case "sha224" -> "SHA-224";
            case "sha256" -> "SHA-256";
            case "sha384" -> "SHA-384";
            case "sha512" -> "SHA-512";
            case "sha3224" -> "SHA3-224";
            case "sha3256" -> "SHA3-256";
            case "sha3384" -> "SHA3-384";
            case "sha3512" -> "SHA3-512";
            case "blake2b256" -> "BLAKE2b-256";
            case "blake2b384" -> "BLAKE2b-384";
            case "blake2b512" -> "BLAKE2b-512";
            default -> word.toUpperCase(Locale.ROOT);
        };
    }

    /// SPDX 2's word for a type of CycloneDX.
    static String purpose(String type) {
        return switch (type) {
            case "library", "application", "framework", "container", "device", "firmware", "file" ->
                type.toUpperCase(Locale.ROOT);
            case "operating-system" -> "OPERATING_SYSTEM";
            default -> "OTHER";
        };
    }

    /// Trivy's sentence of a distribution's source package, which [SpdxPackage] reads again; null where properties tell
    /// of none.
    static @Nullable String sourceInfo(Map<String, String> properties) {
        String name =
                first(properties, "aquasecurity:trivy:SrcName", "syft:metadata:source", "syft:metadata:originPackage");
        if (name == null) {
            return null;
        }
        String version = first(properties, "aquasecurity:trivy:SrcVersion", "syft:metadata:sourceVersion");
        if (version == null) {
            return "built package from: " + name;
        }
        String release = properties.get("aquasecurity:trivy:SrcRelease");
        String epoch = properties.getOrDefault("aquasecurity:trivy:SrcEpoch", "0");
        return "built package from: " + name + " " + (epoch.equals("0") ? "" : epoch + ":") + version
                + (release == null || version.endsWith("-" + release) ? "" : "-" + release);
    }

    private static @Nullable String first(Map<String, String> properties, String... names) {
        for (String name : names) {
            String value = properties.get(name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }

    /// SPDX 2's spelling of a checksum algorithm; null where it knows none.
    static @Nullable String checksumAlgorithm(String name) {
        return switch (name) {
            case "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512" -> name.replace("-", "");
            case "SHA3-256",
                    "SHA3-384",
                    "SHA3-512",
                    "BLAKE2b-256",
                    "BLAKE2b-384",
                    "BLAKE2b-512",
                    "BLAKE3",
                    "MD2",
                    "MD4",
                    "MD5",
                    "MD6",
                    "ADLER32" -> name;
            default -> null;
        };
    }

    /// Whether a checksum of that algorithm has that many hexadecimal digits.
    static boolean fits(String algorithm, int digits) {
        return switch (algorithm) {
            case "MD5" -> digits == 32;
            case "SHA-1" -> digits == 40;
            case "SHA-224", "SHA3-224" -> digits == 56;
            case "SHA-256", "SHA3-256", "BLAKE2b-256" -> digits == 64;
            case "SHA-384", "SHA3-384", "BLAKE2b-384" -> digits == 96;
            case "SHA-512", "SHA3-512", "BLAKE2b-512" -> digits == 128;
            default -> digits > 0 && digits % 2 == 0;
        };
    }

    /// The package that coordinates of a registry name; null where they are malformed.
    ///
    /// Source: SPDX 2.3, annex F.3: `maven-central` is `group:artifact[:version]`, `npm` `package@version`, `nuget`
    /// `package/version`.
    static @Nullable Purl purl(String registry, String coordinates) {
        try {
            switch (registry) {
                case "maven-central" -> {
                    String[] parts = coordinates.split(":", -1);
                    return parts.length < 2 || parts.length > 3
                            ? null
                            : Purl.of("maven", parts[0], parts[1], parts.length == 3 ? parts[2] : null);
                }
                case "npm" -> {
                    int at = coordinates.lastIndexOf('@');
                    String name = at > 0 ? coordinates.substring(0, at) : coordinates;
                    int slash = name.indexOf('/');
                    return Purl.of(
                            "npm",
                            slash < 0 ? null : name.substring(0, slash),
                            name.substring(slash + 1),
                            at > 0 ? coordinates.substring(at + 1) : null);
                }
                case "nuget" -> {
                    int slash = coordinates.indexOf('/');
                    return Purl.of(
                            "nuget",
                            null,
                            slash < 0 ? coordinates : coordinates.substring(0, slash),
                            slash < 0 ? null : coordinates.substring(slash + 1));
                }
                default -> {
                    return null;
                }
            }
        } catch (BadPurl e) {
            return null;
        }
    }

    /// Whether a package's name may be another writing of its purl's: `org.apache:commons` and `commons`,
    /// `typing-extensions` and `typing_extensions`, `name@1.2` and `name`.
    static boolean sameName(String name, Purl purl) {
        if (name.startsWith("sha256:") && name.equals(purl.version())) {
            return true; // an image that its digest names
        }
        String told = letters(name);
        String other = letters(purl.name());
        return told.isEmpty() || other.isEmpty() || told.contains(other) || other.contains(told);
    }

    /// The version to go by where the document tells one and the purl may tell one: the purl's, unless the
    /// document's is the same in other words (with `v`, with the epoch that the purl has as a qualifier). A
    /// distribution's release after the version (`4.2.46` and `4.2.46-31.el7`) is no contradiction.
    ///
    /// @return null where they disagree
    static @Nullable String version(String told, Purl purl) {
        String other = purl.version();
        if (other == null || told.equals(other) || bare(told).equals(bare(other))) {
            return told;
        }
        String epoch = purl.qualifiers().get("epoch");
        if (epoch != null && told.equals(epoch + ":" + other)) {
            return told;
        }
        return other.startsWith(told + "-") && SYSTEM.contains(purl.type()) ? other : null;
    }

    private static String bare(String version) {
        return version.startsWith("v") || version.startsWith("V") ? version.substring(1) : version;
    }

    /// Letters and digits only, lower case.
    static String letters(String text) {
        StringBuilder letters = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                letters.append(Character.toLowerCase(c));
            }
        }
        return letters.toString();
    }
}
