package uk.reeve.engine.sbom;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The licences of a document that is written: valid expressions with ids as the SPDX list writes them, all else as a
/// `LicenseRef-` whose text is what was told.
final class SpdxLicenceNames {

    private final Map<String, String> references = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private int last;

    /// @param components all of the document, for the references that they name themselves
    SpdxLicenceNames(List<Component> components) {
        for (Component component : components) {
            for (String licence : component.licences()) {
                if (licence.contains(SpdxExpression.REFERENCE)) {
                    taken.addAll(SpdxExpression.words(licence));
                }
            }
        }
    }

    /// What each reference of the document stands for, and the reference.
    Map<String, String> references() {
        return references;
    }

    /// All licences as one expression. What is no valid expression gets a reference; what says nothing is left out.
    String expression(List<String> told) {
        StringBuilder all = new StringBuilder();
        int terms = 0;
        String only = "NOASSERTION";
        for (String licence : told) {
            if (licence.isBlank() || licence.equals("NOASSERTION")) {
                continue;
            }
            only = term(licence);
            terms++;
            boolean bracket = only.indexOf(' ') > 0;
            all.append(all.isEmpty() ? "" : " AND ")
                    .append(bracket ? "(" : "")
                    .append(only)
                    .append(bracket ? ")" : "");
        }
        return terms < 2 ? only : all.toString();
    }

    private String term(String licence) {
        String valid = licence.equals("NONE") ? null : SpdxExpression.canonical(licence);
        if (valid == null) {
            return reference(licence);
        }
        if (valid.contains(SpdxExpression.REFERENCE)) {
            for (String word : SpdxExpression.words(valid)) {
                if (word.startsWith(SpdxExpression.REFERENCE)) {
                    references.put(word, word); // all that is known of it is its name
                }
            }
        }
        return valid;
    }

    private String reference(String licence) {
        String reference = references.get(licence);
        while (reference == null) {
            String next = SpdxExpression.REFERENCE + ++last;
            if (taken.add(next)) {
                reference = next;
                references.put(licence, next);
            }
        }
        return reference;
    }

    /// Whether an id of SPDX may hold the character.
    static boolean isIdChar(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    }
}
