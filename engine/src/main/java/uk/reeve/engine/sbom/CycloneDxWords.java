package uk.reeve.engine.sbom;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The words that CycloneDX 1.0 to 1.7 defines, and the shapes of its values.
final class CycloneDxWords {

    /// The newest version that is read.
    static final String NEWEST = "1.7";

    private CycloneDxWords() {}

    static boolean isVersion(String version) {
        return switch (version) {
            case "1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7" -> true;
            default -> false;
        };
    }

    static boolean isType(String type) {
        return switch (type) {
            case "library",
                    "application",
                    "framework",
                    "container",
                    "platform",
                    "operating-system",
                    "device",
                    "device-driver",
                    "firmware",
                    "file",
                    "machine-learning-model",
                    "data",
                    "cryptographic-asset" -> true;
            default -> false;
        };
    }

    static boolean isScope(String scope) {
        return switch (scope) {
            case "required", "optional", "excluded" -> true;
            default -> false;
        };
    }

    /// The scope of a component that is `excluded` is development: it is named, and not shipped.
    static Scope scope(@Nullable String scope) {
        if (scope == null) { // not `case null`: the first such switch at run time links dozens of classes
            return Scope.RUNTIME;
        }
        return switch (scope) {
            case "optional" -> Scope.OPTIONAL;
            case "bundled" -> Scope.BUNDLED;
            case "excluded", "development" -> Scope.DEVELOPMENT;
            case "build" -> Scope.BUILD;
            case "test" -> Scope.TEST;
            default -> Scope.RUNTIME;
        };
    }

    /// CycloneDX's word and, where one of ours says more, that word.
    static @Nullable String ours(Scope scope) {
        return switch (scope) {
            case RUNTIME, OPTIONAL, DEVELOPMENT -> null;
            case BUNDLED, BUILD, TEST -> scope.name().toLowerCase(Locale.ROOT);
        };
    }

    static boolean isState(String state) {
        return switch (state) {
            case "resolved", "resolved_with_pedigree", "exploitable", "in_triage", "false_positive", "not_affected" ->
                true;
            default -> false;
        };
    }

    static boolean isJustification(String justification) {
        return switch (justification) {
            case "code_not_present",
                    "code_not_reachable",
                    "requires_configuration",
                    "requires_dependency",
                    "requires_environment",
                    "protected_by_compiler",
                    "protected_at_runtime",
                    "protected_at_perimeter",
                    "protected_by_mitigating_control" -> true;
            default -> false;
        };
    }

    /// Hexadecimal digits of that algorithm's value; 0 where the algorithm is none of CycloneDX's.
    static int hashDigits(String algorithm) {
        return switch (algorithm) {
            case "MD5" -> 32;
            case "SHA-1" -> 40;
            case "SHA-256", "SHA3-256", "BLAKE2b-256", "BLAKE3", "Streebog-256" -> 64;
            case "SHA-384", "SHA3-384", "BLAKE2b-384" -> 96;
            case "SHA-512", "SHA3-512", "BLAKE2b-512", "Streebog-512" -> 128;
            default -> 0;
        };
    }

    static boolean isHex(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.digit(value.charAt(i), 16) < 0 || value.charAt(i) > 'f') {
                return false;
            }
        }
        return true;
    }

    /// Whether the text begins as a date with a time does: `2026-03-01T10:00:00`.
    static boolean isTime(String text) {
        String shape = "0000-00-00T00:00:00";
        if (text.length() < shape.length()) {
            return false;
        }
        for (int i = 0; i < shape.length(); i++) {
            char c = text.charAt(i);
            if (shape.charAt(i) == '0' ? c < '0' || c > '9' : c != shape.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Whether the text is `urn:uuid:` and a UUID.
    static boolean isSerial(String text) {
        String shape = "00000000-0000-0000-0000-000000000000";
        if (!text.startsWith("urn:uuid:") || text.length() != "urn:uuid:".length() + shape.length()) {
            return false;
        }
        for (int i = 0; i < shape.length(); i++) {
            char c = text.charAt("urn:uuid:".length() + i);
            if (shape.charAt(i) == '-' ? c != '-' : c > 'f' || Character.digit(c, 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /// Whether a component's property says something that matching or a report uses.
    static boolean isUseful(String property) {
        return property.startsWith("syft:")
                || property.startsWith("aquasecurity:trivy:")
                || property.startsWith("cdx:")
                || property.startsWith("reeve:")
                || property.equals("SrcFile");
    }

    /// `file:line`, or a file alone.
    static Place place(String text) {
        int colon = text.lastIndexOf(':');
        if (colon > 0 && text.length() - colon <= 10) {
            int line = number(text.substring(colon + 1));
            if (line > 0) {
                return new Place(text.substring(0, colon), line);
            }
        }
        return new Place(text, 0);
    }

    /// A whole number of at most nine digits; 0 where the text is none.
    static int number(String text) {
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i == 9 || c < '0' || c > '9') {
                return 0;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    /// Whether the text holds neither U+0000 nor half a surrogate pair.
    static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || (Character.isSurrogate(c) && !isPair(text, i))) {
                return false;
            }
        }
        return true;
    }

    /// The text with U+FFFD for U+0000 and for each half of a surrogate pair; the same object where it holds none.
    static String clean(String text) {
        if (isClean(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(c == 0 || (Character.isSurrogate(c) && !isPair(text, i)) ? '\uFFFD' : c);
        }
        return out.toString();
    }

    private static boolean isPair(String text, int i) {
        if (Character.isHighSurrogate(text.charAt(i))) {
            return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        }
        return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    /// The value in quotation marks, shortened where it is long.
    static String quote(String value) {
        if (value.length() <= 200) {
            return "\"" + value + "\"";
        }
        int end = Character.isHighSurrogate(value.charAt(199)) ? 199 : 200;
        return "\"" + value.substring(0, end) + "…\"";
    }
}
