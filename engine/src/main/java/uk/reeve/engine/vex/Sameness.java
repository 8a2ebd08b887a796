package uk.reeve.engine.vex;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.version.Ecosystem;

/// Whether what a statement names is this component.
final class Sameness {

    private Sameness() {}

    /// @param serial of the inventory that holds the component; null where it has none
    /// @param product whether the component is a whole product, which a name may name though it has a package URL
    static boolean of(Identity identity, Component component, @Nullable String serial, boolean product) {
        if (identity.serial() != null && (serial == null || !identity.serial().equalsIgnoreCase(serial))) {
            return false;
        }
        return named(identity, component, product) && isOneOf(identity.versions(), component);
    }

    private static boolean named(Identity identity, Component component, boolean product) {
        if (identity.ref() != null && identity.ref().equals(component.ref())) {
            return true;
        }
        Purl purl = component.purl();
        for (Purl pattern : identity.purls()) {
            if (purl != null && covers(pattern, purl)) {
                return true;
            }
        }
        for (Map.Entry<String, String> hash : identity.hashes().entrySet()) {
            if (hash.getValue().equals(component.hashes().get(hash.getKey()))) {
                return true;
            }
        }
        for (String pattern : identity.cpes()) {
            for (String cpe : component.cpes()) {
                if (coversCpe(pattern, cpe)) {
                    return true;
                }
            }
        }
        boolean nameOnly = identity.ref() == null
                && identity.purls().isEmpty()
                && identity.hashes().isEmpty()
                && identity.cpes().isEmpty();
        return nameOnly && (product || purl == null) && sameName(identity, component);
    }

    private static boolean isOneOf(@Nullable VersionSet versions, Component component) {
        if (versions == null) {
            return true;
        }
        Purl purl = component.purl();
        String version = purl != null && purl.version() != null ? purl.version() : component.version();
        return version != null && versions.contains(version, purl == null ? null : purl.type());
    }

    /// What the pattern does not tell covers any; qualifiers differ only where both tell one and differ.
    static boolean covers(Purl pattern, Purl purl) {
        if (!pattern.type().equals(purl.type()) || !path(pattern).equals(path(purl))) {
            return false;
        }
        if (pattern.version() != null
                && (purl.version() == null || !VersionSet.equal(pattern.version(), purl.version(), purl.type()))) {
            return false;
        }
        if (pattern.subpath() != null
                && !pattern.type().equals("golang")
                && !pattern.subpath().equals(purl.subpath())) {
            return false;
        }
        for (Map.Entry<String, String> qualifier : pattern.qualifiers().entrySet()) {
            String other = purl.qualifiers().get(qualifier.getKey());
            if (other != null && !other.equals(qualifier.getValue())) {
                return false;
            }
        }
        return true;
    }

    /// Namespace and name by the rule by which the ecosystem knows them; of a Go module the subpath too, in any case.
    private static String path(Purl purl) {
        String name = purl.namespace() == null ? purl.name() : purl.namespace() + "/" + purl.name();
        if (purl.type().equals("golang")) {
            String whole = purl.subpath() == null ? name : name + "/" + purl.subpath();
            return whole.toLowerCase(Locale.ROOT);
        }
        List<Ecosystem> ecosystems = Ecosystem.ofPurlType(purl.type());
        return ecosystems.isEmpty() ? name : ecosystems.getFirst().matchKey(name);
    }

    /// Part, vendor, product, version and so on: what the pattern leaves open covers any.
    static boolean coversCpe(String pattern, String cpe) {
        List<String> wanted = fields(pattern);
        List<String> found = fields(cpe);
        if (wanted.size() < 3 || open(wanted.get(0)) || open(wanted.get(1)) || open(wanted.get(2))) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!open(wanted.get(i)) && (i >= found.size() || !wanted.get(i).equalsIgnoreCase(found.get(i)))) {
                return false;
            }
        }
        return true;
    }

    static boolean tellsVersion(String cpe) {
        List<String> fields = fields(cpe);
        return fields.size() > 3 && !open(fields.get(3));
    }

    private static boolean open(String field) {
        return field.isEmpty() || field.equals("*");
    }

    private static List<String> fields(String cpe) {
        int from = cpe.startsWith("cpe:2.3:") ? 8 : cpe.startsWith("cpe:/") ? 5 : cpe.length();
        List<String> fields = new ArrayList<>(11);
        StringBuilder field = new StringBuilder();
        for (int i = from; i < cpe.length(); i++) {
            char c = cpe.charAt(i);
            if (c == '\\' && i + 1 < cpe.length()) {
                field.append(cpe.charAt(++i));
            } else if (c == ':') {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    private static boolean sameName(Identity identity, Component component) {
        if (identity.name() == null || !identity.name().equalsIgnoreCase(component.name())) {
            return false;
        }
        if (identity.version() != null && !identity.version().equals(component.version())) {
            return false;
        }
        String vendor = identity.vendor();
        if (vendor == null || (component.group() == null && component.supplier() == null)) {
            return true;
        }
        return vendor.equalsIgnoreCase(component.group()) || vendor.equalsIgnoreCase(component.supplier());
    }
}
