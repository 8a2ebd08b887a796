package uk.reeve.cli;

import java.util.List;
import java.util.Locale;
import uk.reeve.engine.sbom.Component;

/// Names of packages that are the organisation's own, as `private` of `reeve.yaml` gives them: `@council/*`,
/// `uk.gov.council:*`, `Council.*`. Public records never mean such a package.
///
/// @param patterns each with at most one star, for any text
record PrivateNames(List<String> patterns) {

    /// What is wrong with a pattern; empty where nothing is.
    static String fault(String pattern) {
        boolean names = false;
        for (int i = 0; i < pattern.length(); i++) {
            names |= Character.isLetterOrDigit(pattern.charAt(i));
        }
        if (!names) {
            return "would stand for every package; name your own: \"@council/*\"";
        }
        return pattern.indexOf('*') == pattern.lastIndexOf('*') ? "" : "has two stars; write one pattern for each";
    }

    /// Whether the component is called so: by its name alone, or with its namespace as `/` or `:` joins them.
    boolean has(Component component) {
        boolean python = component.purl() != null && component.purl().type().equals("pypi");
        String name = plain(component.name(), python);
        String group = component.group() == null ? "" : plain(component.group(), false);
        for (String given : patterns) {
            String pattern = plain(given, python);
            if (fits(pattern, name)
                    || (!group.isEmpty() && (fits(pattern, group + "/" + name) || fits(pattern, group + ":" + name)))) {
                return true;
            }
        }
        return false;
    }

    // Without case, as most registries have it; in Python - _ . are one.
    private static String plain(String name, boolean python) {
        String lower = name.toLowerCase(Locale.ROOT);
        return python ? lower.replace('_', '-').replace('.', '-') : lower;
    }

    private static boolean fits(String pattern, String name) {
        int star = pattern.indexOf('*');
        return star < 0
                ? name.equals(pattern)
                : name.length() >= pattern.length() - 1
                        && name.startsWith(pattern.substring(0, star))
                        && name.endsWith(pattern.substring(star + 1));
    }
}
