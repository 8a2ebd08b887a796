package uk.reeve.engine.sbom;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The licences of an SPDX 3 document, which are elements that relations point to.
final class Spdx3Licences {

    private static final int DEPTH = 50;

    private final Map<String, Licence> licences = new HashMap<>();

    /// @param text an expression or a name; null where the members tell
    private record Licence(String type, @Nullable String text, List<String> members) {}

    /// @param members ids of the licences that a set or operator joins
    void add(String id, Spdx3Element element, List<String> members) {
        String text = element.text("licenseExpression");
        if (text == null) {
            text = element.text("licenseId");
        }
        if (text == null && !id.startsWith("_:") && listed(id) != null) {
            text = listed(id);
        }
        licences.put(id, new Licence(element.type(), text == null ? element.text("name") : text, members));
    }

    /// The licence as an expression or a name; null where it is left open.
    @Nullable
    String of(String id) {
        return SpdxPackage.told(of(id, 0));
    }

    private @Nullable String of(String id, int depth) {
        Licence licence = licences.get(id);
        if (licence == null) {
            String word = Spdx3Element.local(id);
            boolean open = word.equals("NoAssertion")
                    || word.equals("NoneLicense")
                    || word.equals("NoAssertionLicense")
                    || word.equals("None");
            return open ? null : listed(id);
        }
        if (depth > DEPTH) {
            return null;
        }
        return switch (licence.type) {
            case "NoAssertionLicense", "NoneLicense" -> null;
            case "ConjunctiveLicenseSet" -> join(licence, " AND ", depth);
            case "DisjunctiveLicenseSet" -> join(licence, " OR ", depth);
            case "WithAdditionOperator" -> join(licence, " WITH ", depth);
            case "OrLaterOperator" -> {
                String one = licence.members.isEmpty() ? null : of(licence.members.getFirst(), depth + 1);
                yield one == null ? null : one + "+";
            }
            default -> licence.text;
        };
    }

    private @Nullable String join(Licence set, String operator, int depth) {
        StringJoiner all = new StringJoiner(operator, "(", ")").setEmptyValue("");
        for (String member : set.members) {
            String licence = of(member, depth + 1);
            if (licence != null) {
                all.add(licence);
            }
        }
        return all.length() == 0 ? null : all.toString();
    }

    private static @Nullable String listed(String id) {
        int at = id.indexOf("spdx.org/licenses/");
        return at < 0 ? null : id.substring(at + "spdx.org/licenses/".length());
    }
}
