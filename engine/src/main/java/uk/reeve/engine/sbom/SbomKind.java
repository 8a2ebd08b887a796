package uk.reeve.engine.sbom;

import org.jspecify.annotations.Nullable;

/// The formats that an SBOM comes in, told by the beginning of its text.
enum SbomKind {
    CYCLONEDX_JSON,
    CYCLONEDX_XML,
    SPDX_JSON,
    SPDX_TAGS,
    SPDX_YAML,
    SPDX_RDF,
    SPDX_3,
    /// An in-toto statement, a DSSE envelope or a Sigstore bundle, which may carry one.
    ATTESTATION;

    /// The format of a text that begins so.
    ///
    /// @param head the first characters of the file, the more the surer
    /// @return null where it is none of them
    static @Nullable SbomKind of(String head) {
        int start = 0;
        while (start < head.length() && (head.charAt(start) <= ' ' || head.charAt(start) == '\uFEFF')) {
            start++;
        }
        if (start == head.length()) {
            return null;
        }
        return switch (head.charAt(start)) {
            case '{' -> new JsonHead(head, start).kind();
            case '<' -> xml(head);
            default -> lines(head, start);
        };
    }

    private static @Nullable SbomKind xml(String head) {
        if (head.contains("http://cyclonedx.org/schema/bom")) {
            return CYCLONEDX_XML;
        }
        return head.contains("spdx.org/rdf/terms") ? SPDX_RDF : null;
    }

    private static @Nullable SbomKind lines(String head, int start) {
        for (int from = start; from < head.length(); ) {
            int end = head.indexOf('\n', from);
            end = end < 0 ? head.length() : end;
            if (starts(head, from, "SPDXVersion:") || starts(head, from, "DataLicense:")) {
                return SPDX_TAGS;
            }
            if (starts(head, from, "spdxVersion:")
                    || starts(head, from, "\"spdxVersion\":")
                    || starts(head, from, "dataLicense:")
                    || starts(head, from, "creationInfo:")) {
                return SPDX_YAML;
            }
            from = end + 1;
        }
        return null;
    }

    private static boolean starts(String head, int from, String word) {
        return head.startsWith(word, from);
    }

    /// The names of a JSON object's own fields, as far as its beginning goes.
    private static final class JsonHead {

        private final String head;
        private int at;
        private @Nullable SbomKind guess;

        JsonHead(String head, int start) {
            this.head = head;
            this.at = start;
        }

        /// The first name that only one format has decides; else the first that is usual in one.
        @Nullable
        SbomKind kind() {
            int depth = 0;
            boolean name = false;
            for (; at < head.length(); at++) {
                switch (head.charAt(at)) {
                    case '{', '[' -> {
                        depth++;
                        name = depth == 1;
                    }
                    case '}', ']' -> depth--;
                    case ',' -> name = depth == 1;
                    case '"' -> {
                        String text = string(depth == 1);
                        if (name) {
                            SbomKind kind = sure(text);
                            if (kind != null) {
                                return kind;
                            }
                            if (guess == null) {
                                guess = usual(text);
                            }
                        } else if (depth == 1 && text.startsWith("http://cyclonedx.org/schema/bom")) {
                            return CYCLONEDX_JSON; // the value of $schema
                        }
                        name = false;
                    }
                    default -> {}
                }
                if (depth <= 0) {
                    break;
                }
            }
            return guess;
        }

        private static @Nullable SbomKind sure(String name) {
            return switch (name) {
                case "bomFormat", "specVersion" -> CYCLONEDX_JSON;
                case "spdxVersion", "SPDXID", "documentNamespace", "dataLicense", "documentDescribes" -> SPDX_JSON;
                case "@context", "@graph" -> SPDX_3;
                case "predicate", "predicateType", "payload", "payloadType", "dsseEnvelope" -> ATTESTATION;
                default -> null;
            };
        }

        private static @Nullable SbomKind usual(String name) {
            return switch (name) {
                case "components", "metadata", "serialNumber", "dependencies", "vulnerabilities", "services" ->
                    CYCLONEDX_JSON;
                case "packages", "files", "creationInfo", "relationships", "snippets", "externalDocumentRefs" ->
                    SPDX_JSON;
                default -> null;
            };
        }

        /// Passes over the string that begins here; its text where that is asked for.
        private String string(boolean wanted) {
            int from = ++at;
            while (at < head.length() && head.charAt(at) != '"') {
                at += head.charAt(at) == '\\' ? 2 : 1;
            }
            return wanted && at < head.length() ? head.substring(from, at) : "";
        }
    }
}
