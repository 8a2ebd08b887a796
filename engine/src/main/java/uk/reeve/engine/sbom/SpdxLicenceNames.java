package uk.reeve.engine.sbom;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The licences of a document that is written: expressions as they are, names by a `LicenseRef-` of their own.
final class SpdxLicenceNames {

    private final Map<String, String> references = new LinkedHashMap<>();

    /// The names that are no expressions, and the references that stand for them.
    Map<String, String> references() {
        return references;
    }

    /// All licences as one expression. A name that is no expression gets a reference.
    String expression(List<String> told) {
        if (told.isEmpty()) {
            return "NOASSERTION";
        }
        StringBuilder all = new StringBuilder();
        for (String licence : told) {
            String term = licence;
            if (!isExpression(licence)) {
                String reference = references.get(licence);
                if (reference == null) {
                    reference = "LicenseRef-" + (references.size() + 1);
                    references.put(licence, reference);
                }
                term = reference;
            }
            boolean bracket = told.size() > 1 && term.indexOf(' ') > 0;
            all.append(all.isEmpty() ? "" : " AND ")
                    .append(bracket ? "(" : "")
                    .append(term)
                    .append(bracket ? ")" : "");
        }
        return all.toString();
    }

    // Words of an expression alternate with AND, OR, WITH; two words beside each other are a name.
    private static boolean isExpression(String text) {
        boolean operand = false;
        int open = 0;
        for (String word : text.replace("(", " ( ").replace(")", " ) ").strip().split("\\s+", -1)) {
            boolean operator = word.equals("AND") || word.equals("OR") || word.equals("WITH");
            if (word.equals("(") || word.equals(")")) {
                open += word.equals("(") ? 1 : -1;
                if (open < 0 || operand == word.equals("(")) {
                    return false;
                }
            } else if (operator ? !operand : operand || !isWord(word)) {
                return false;
            } else {
                operand = !operator;
            }
        }
        return operand && open == 0;
    }

    private static boolean isWord(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (!isIdChar(c) && c != '+' && c != ':') {
                return false;
            }
        }
        return !word.isEmpty();
    }

    /// Whether an id of SPDX may hold the character.
    static boolean isIdChar(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    }
}
