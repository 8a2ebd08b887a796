package uk.reeve.engine.sbom;

/// How a licence is best written in CycloneDX: its schema takes as an id only what was on SPDX's list of the day.
final class CycloneDxLicence {

    private CycloneDxLicence() {}

    /// Whether the text has the shape of an SPDX expression: ids, joined by `AND`, `OR`, `WITH`, in matching brackets.
    static boolean isExpression(String text) {
        int open = 0;
        boolean id = false; // whether an id has just been read
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ') {
                at++;
            } else if (c == '(') {
                if (id) {
                    return false;
                }
                open++;
                at++;
            } else if (c == ')') {
                if (!id || --open < 0) {
                    return false;
                }
                at++;
            } else {
                int end = at;
                while (end < text.length() && isIdCharacter(text.charAt(end))) {
                    end++;
                }
                if (end == at) {
                    return false;
                }
                String word = text.substring(at, end);
                boolean operator = word.equals("AND") || word.equals("OR") || word.equals("WITH");
                if (operator != id) {
                    return false;
                }
                id = !operator;
                at = end;
            }
        }
        return id && open == 0;
    }

    private static boolean isIdCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '-'
                || c == '+'
                || c == ':';
    }

    /// Ids that are on every list since CycloneDX 1.6 began, and that make most of what is in use.
    static boolean isCommonId(String text) {
        return switch (text) {
            case "0BSD",
                    "AGPL-3.0-only",
                    "AGPL-3.0-or-later",
                    "Apache-1.1",
                    "Apache-2.0",
                    "Artistic-1.0",
                    "Artistic-2.0",
                    "BSD-2-Clause",
                    "BSD-3-Clause",
                    "BSL-1.0",
                    "BlueOak-1.0.0",
                    "CC-BY-3.0",
                    "CC-BY-4.0",
                    "CC0-1.0",
                    "CDDL-1.0",
                    "CDDL-1.1",
                    "EPL-1.0",
                    "EPL-2.0",
                    "EUPL-1.2",
                    "GPL-2.0",
                    "GPL-2.0-only",
                    "GPL-2.0-or-later",
                    "GPL-3.0",
                    "GPL-3.0-only",
                    "GPL-3.0-or-later",
                    "ISC",
                    "LGPL-2.0-or-later",
                    "LGPL-2.1",
                    "LGPL-2.1-only",
                    "LGPL-2.1-or-later",
                    "LGPL-3.0",
                    "LGPL-3.0-only",
                    "LGPL-3.0-or-later",
                    "MIT",
                    "MIT-0",
                    "MPL-1.1",
                    "MPL-2.0",
                    "OFL-1.1",
                    "OpenSSL",
                    "PHP-3.01",
                    "PSF-2.0",
                    "Python-2.0",
                    "Ruby",
                    "Unicode-DFS-2016",
                    "Unlicense",
                    "WTFPL",
                    "X11",
                    "Zlib" -> true;
            default -> false;
        };
    }
}
