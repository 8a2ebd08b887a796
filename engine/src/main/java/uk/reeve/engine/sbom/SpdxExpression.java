package uk.reeve.engine.sbom;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Licence expressions of SPDX: ids of its list, `LicenseRef-…`, joined by `AND`, `OR`, `WITH`, in brackets.
///
/// Source: SPDX 2.3, annex D.
final class SpdxExpression {

    static final String REFERENCE = "LicenseRef-";

    private SpdxExpression() {}

    /// The expression with each id as the list writes it; null where it is no valid expression.
    static @Nullable String canonical(String text) {
        SpdxLicenceList list = SpdxLicenceList.get();
        StringBuilder out = new StringBuilder(text.length());
        int open = 0;
        boolean operand = false; // whether a licence has just been read
        boolean simple = false; // whether that one may have an exception
        boolean exception = false; // whether one is due
        for (String word : words(text)) {
            String written = word;
            if (word.equals("(")) {
                if (operand || exception) {
                    return null;
                }
                open++;
            } else if (word.equals(")")) {
                if (!operand || --open < 0) {
                    return null;
                }
                simple = false;
            } else if (word.equals("AND") || word.equals("OR") || word.equals("WITH")) {
                exception = word.equals("WITH");
                if (!operand || (exception && !simple)) {
                    return null;
                }
                operand = false;
            } else {
                written = operand ? null : exception ? list.exception(word) : licence(list, word);
                simple = !exception;
                operand = true;
                exception = false;
            }
            if (written == null) {
                return null;
            }
            boolean close = out.isEmpty() || written.equals(")") || out.charAt(out.length() - 1) == '(';
            out.append(close ? "" : " ").append(written);
        }
        return operand && open == 0 ? out.toString() : null;
    }

    private static @Nullable String licence(SpdxLicenceList list, String word) {
        if (word.startsWith(REFERENCE)) {
            return isId(word, REFERENCE.length()) ? word : null;
        }
        String listed = list.licence(word);
        if (listed != null || !word.endsWith("+")) {
            return listed;
        }
        String earliest = list.licence(word.substring(0, word.length() - 1));
        return earliest == null ? null : earliest + "+";
    }

    private static boolean isId(String word, int from) {
        for (int i = from; i < word.length(); i++) {
            if (!SpdxLicenceNames.isIdChar(word.charAt(i))) {
                return false;
            }
        }
        return word.length() > from;
    }

    /// Brackets and what stands between them and blanks.
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            boolean ends = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '(' || c == ')';
            if (ends && start >= 0) {
                words.add(text.substring(start, i));
                start = -1;
            } else if (!ends && start < 0) {
                start = i;
            }
            if (c == '(' || c == ')') {
                words.add(String.valueOf(c));
            }
        }
        return words;
    }
}
