package uk.reeve.scanner.extract;

import org.jspecify.annotations.Nullable;

/// One dependency as Python writes it: `name[extra] >=1.0, <2 ; marker`, or `name @ address`. Source: PEP 508.
///
/// @param name as written
/// @param wanted the versions that are asked for, without blanks: `>=1.0,<2`; empty where any will do
/// @param address where it is to be fetched from; null where that is an index
record Requirement(String name, String wanted, @Nullable String address) {

    /// Reads one.
    ///
    /// @param text without comment and options
    /// @return null where it does not begin with a name
    static @Nullable Requirement parse(String text) {
        int length = text.length();
        int end = 0;
        while (end < length && isNameCharacter(text.charAt(end))) {
            end++;
        }
        if (end == 0) {
            return null;
        }
        String name = text.substring(0, end);
        int at = skipBlanks(text, end);
        if (at < length && text.charAt(at) == '[') {
            int close = text.indexOf(']', at);
            if (close < 0) {
                return null;
            }
            at = skipBlanks(text, close + 1);
        }
        if (at < length && text.charAt(at) == '@') {
            int marker = text.indexOf(" ;", at);
            return new Requirement(
                    name,
                    "",
                    text.substring(at + 1, marker < 0 ? length : marker).strip());
        }
        int marker = text.indexOf(';', at);
        String wanted = text.substring(at, marker < 0 ? length : marker).strip();
        if (wanted.startsWith("(") && wanted.endsWith(")")) {
            wanted = wanted.substring(1, wanted.length() - 1);
        }
        wanted = withoutBlanks(wanted);
        return wanted.isEmpty() || "<>=!~".indexOf(wanted.charAt(0)) >= 0 ? new Requirement(name, wanted, null) : null;
    }

    /// The one version that fits (`==1.2.3`, `===1.2.3`); null where several do.
    @Nullable
    String pinned() {
        for (String clause : wanted.split(",", -1)) {
            String version =
                    clause.startsWith("===") ? clause.substring(3) : clause.startsWith("==") ? clause.substring(2) : "";
            if (!version.isEmpty() && !version.endsWith("*")) {
                return version;
            }
        }
        return null;
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.';
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private static String withoutBlanks(String text) {
        return text.indexOf(' ') < 0 && text.indexOf('\t') < 0
                ? text
                : text.replace(" ", "").replace("\t", "");
    }
}
