package uk.reeve.scanner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Credentials;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Problem;
import uk.reeve.engine.sbom.Sbom;
import uk.reeve.engine.sbom.Scope;
import uk.reeve.scanner.Inventory.LedgerLine;
import uk.reeve.scanner.Inventory.LedgerLine.Kind;
import uk.reeve.scanner.extract.Sink;

/// What one file says. Components have numbers from 0.
final class FileFindings implements Sink {

    /// A component of the file.
    static final class Given {
        final String key;
        final @Nullable Purl purl;
        final int line;
        Scope scope;
        boolean locked;
        boolean subject;
        /// What a document says of it; null where an extractor found it.
        @Nullable
        Component told;

        Map<String, String> facts = Map.of();
        final IntList dependsOn = new IntList();

        Given(String key, @Nullable Purl purl, int line, Scope scope, boolean locked) {
            this.key = key;
            this.purl = purl;
            this.line = line;
            this.scope = scope;
            this.locked = locked;
        }
    }

    private final String file;
    private final boolean installed;
    private final List<Given> components = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Set<Integer> direct = new HashSet<>();
    private final List<LedgerLine> ledger = new ArrayList<>();
    private @Nullable Ownership owned;
    private @Nullable String root;
    private String kind;
    private @Nullable Sbom document;

    FileFindings(String file, String kind, boolean installed) {
        this.file = file;
        this.kind = kind;
        this.installed = installed;
    }

    @Override
    public int component(int line, Purl purl, Scope scope) {
        return add(line, purl, scope, true);
    }

    @Override
    public int minimum(int line, Purl purl, Scope scope) {
        return add(line, purl, scope, false);
    }

    private int add(int line, Purl told, Scope scope, boolean locked) {
        Purl purl = open(told);
        String key = purl.toString();
        Integer known = numbers.putIfAbsent(key, components.size());
        if (known == null) {
            components.add(new Given(key, purl, line, scope, locked));
            return components.size() - 1;
        }
        Given given = components.get(known);
        given.locked |= locked;
        given.scope = given.scope.compareTo(scope) <= 0 ? given.scope : scope;
        return known;
    }

    @Override
    public void unlocked(int line, String ecosystem, String name, String wanted, Scope scope) {
        String subject = wanted.isEmpty() ? name : name + " " + wanted;
        ledger.add(new LedgerLine(Kind.UNLOCKED, file, line, subject + " has no locked version", subject));
    }

    @Override
    public void notCovered(int line, String name, @Nullable String version, String why) {
        ledger.add(new LedgerLine(
                Kind.NOT_COVERED, file, line, why, version == null || version.isEmpty() ? name : name + " " + version));
    }

    @Override
    public void direct(int component) {
        direct.add(component);
    }

    @Override
    public void edge(int from, int to) {
        if (from != to) {
            components.get(from).dependsOn.add(to);
        }
    }

    @Override
    public void tell(int component, Map<String, String> facts) {
        Given given = components.get(component);
        given.facts = given.facts.isEmpty() ? new LinkedHashMap<>() : given.facts;
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            given.facts.putIfAbsent(fact.getKey(), Credentials.without(fact.getValue()));
        }
    }

    @Override
    public void owns(int component, String relative) {
        int up = 0;
        while (relative.startsWith("../", 3 * up)) {
            up++;
        }
        root = root == null ? Ownership.root(file, up) : root;
        if (root != null) {
            owned = owned == null ? new Ownership() : owned;
            owned.add(relative.substring(3 * up), component);
        }
    }

    @Override
    public void problem(int line, String message) {
        ledger.add(new LedgerLine(Kind.PARTLY_READ, file, line, Credentials.withoutNames(message)));
    }

    /// Takes a document as what this file says.
    void document(Sbom sbom) {
        document = sbom;
        kind = "sbom/" + sbom.format().toLowerCase(Locale.ROOT);
        for (Problem warning : sbom.warnings()) {
            ledger.add(new LedgerLine(Kind.WARNING, file, warning.line(), Credentials.withoutNames(warning.message())));
        }
        Map<String, Integer> refs = new HashMap<>();
        for (Component component : sbom.components()) {
            refs.putIfAbsent(component.ref(), components.size());
            int line = component.place() == null ? 0 : component.place().line();
            Purl purl = component.purl() == null ? null : open(component.purl());
            Given given = new Given(key(component, purl), purl, line, component.scope(), component.locked());
            given.told = component;
            given.subject = component.ref().equals(sbom.root());
            components.add(given);
        }
        for (Map.Entry<String, List<String>> entry : sbom.dependencies().entrySet()) {
            Integer from = refs.get(entry.getKey());
            for (String ref : entry.getValue()) {
                Integer to = refs.get(ref);
                if (from != null && to != null && components.get(from).subject) {
                    direct(to);
                } else if (from != null && to != null) {
                    edge(from, to);
                }
            }
        }
    }

    // What has no package URL is the same thing where all that matching goes by is the same.
    private static String key(Component component, @Nullable Purl purl) {
        return purl != null
                ? purl.toString()
                : "\uffff" + component.name() + '\n' + component.version() + '\n' + component.group() + '\n'
                        + component.type() + '\n' + component.cpes();
    }

    /// The same without the credentials that an address in a qualifier holds.
    private static Purl open(Purl purl) {
        Map<String, String> changed = null;
        for (Map.Entry<String, String> qualifier : purl.qualifiers().entrySet()) {
            String plain = Credentials.without(qualifier.getValue());
            if (!plain.equals(qualifier.getValue())) {
                changed = changed == null ? new LinkedHashMap<>(purl.qualifiers()) : changed;
                changed.put(qualifier.getKey(), plain);
            }
        }
        try {
            return changed == null
                    ? purl
                    : Purl.of(purl.type(), purl.namespace(), purl.name(), purl.version(), changed, purl.subpath());
        } catch (BadPurl e) {
            throw new IllegalStateException("a package URL with a shorter qualifier is one", e);
        }
    }

    /// Which of its components brought which file; null where it does not say.
    @Nullable
    Ownership owned() {
        return owned;
    }

    /// What stands before a path that it says a component brought; null where it says so of none.
    @Nullable
    String root() {
        return root;
    }

    String file() {
        return file;
    }

    String kind() {
        return kind;
    }

    boolean installed() {
        return installed;
    }

    @Nullable
    Sbom document() {
        return document;
    }

    List<Given> components() {
        return components;
    }

    boolean isDirect(int component) {
        return direct.contains(component);
    }

    boolean tellsDirect() {
        return !direct.isEmpty();
    }

    List<LedgerLine> ledger() {
        return ledger;
    }
}
