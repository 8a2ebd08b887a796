package uk.reeve.engine.sbom;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;

/// A CycloneDX document while it is read, the same for JSON and XML: what was told so far, and what was wrong with it.
final class CycloneDxReading {

    private static final int MOST_WARNINGS = 10_000;
    private static final int MOST_UNKNOWN_REFS = 100;
    private static final int MOST_SHARED = 20_000;

    private final String encoding;
    private final CycloneDxIdentity identity = new CycloneDxIdentity(this);
    private final List<Problem> warnings = new ArrayList<>();
    private int moreWarnings;
    private int unknownRefs;
    private int moreRefs;
    private final Map<String, String> shared = new HashMap<>();
    private final Map<Map<String, String>, Map<String, String>> sharedQualifiers = new HashMap<>();

    /// What is being read, for the sentence on a file that stops there.
    String where = "the document";

    @Nullable
    String specVersion;

    @Nullable
    String serial;

    @Nullable
    String timestamp;

    final List<String> tools = new ArrayList<>();
    final List<String> authors = new ArrayList<>();
    final List<String> lifecycles = new ArrayList<>();
    final Set<String> completeness = new LinkedHashSet<>();
    private @Nullable String root;

    private final List<Component> described = new ArrayList<>();
    private final List<Component> components = new ArrayList<>();
    private final Map<String, String> refs = new HashMap<>();
    private int made;
    private int begun;

    /// Names of what is no component: services, tools.
    final Set<String> otherRefs = new HashSet<>();

    private final Map<String, List<String>> dependencies = new LinkedHashMap<>();
    private final Map<String, Integer> linked = new LinkedHashMap<>();
    private final List<Sbom.Claim> claims = new ArrayList<>();
    private final Map<String, Integer> affected = new LinkedHashMap<>();
    private final List<Integer> mixedLicences = new ArrayList<>();

    CycloneDxReading(String encoding) {
        this.encoding = encoding;
    }

    /// A component of which nothing is told yet.
    CycloneDxDraft begin(int line) {
        TooMany.check(++begun, line);
        return new CycloneDxDraft(line);
    }

    /// @param line 1-based; 0 where no line can be named
    void warn(int line, String message) {
        if (warnings.size() < MOST_WARNINGS) {
            warnings.add(new Problem(line, message));
        } else {
            moreWarnings++;
        }
    }

    /// A text of the document as it may be shown and stored.
    String clean(String text, int line) {
        if (CycloneDxWords.isClean(text)) {
            return text;
        }
        String clean = CycloneDxWords.clean(text);
        warn(
                line,
                CycloneDxWords.quote(clean) + " held U+0000 or half a surrogate pair, which is no text;"
                        + " U+FFFD stands in its place");
        return clean;
    }

    /// The same text, kept once where it comes often.
    String shared(String text) {
        String same = shared.get(text);
        if (same != null) {
            return same;
        }
        if (shared.size() < MOST_SHARED && text.length() < 256) {
            shared.put(text, text);
        }
        return text;
    }

    /// The same qualifiers, kept once where they come often.
    Map<String, String> shared(Map<String, String> qualifiers) {
        if (qualifiers.isEmpty()) {
            return qualifiers;
        }
        Map<String, String> same = sharedQualifiers.get(qualifiers);
        if (same != null) {
            return same;
        }
        if (sharedQualifiers.size() < MOST_SHARED) {
            sharedQualifiers.put(qualifiers, qualifiers);
        }
        return qualifiers;
    }

    /// Takes the specification's version, or refuses the document.
    void version(String version, int line) throws Unreadable {
        if (!CycloneDxWords.isVersion(version)) {
            throw new Unreadable(
                    line,
                    "is CycloneDX " + CycloneDxWords.quote(version) + ", and versions 1.0 to " + CycloneDxWords.NEWEST
                            + " are read; export it as 1.6");
        }
        specVersion = version;
    }

    void serial(String text, int line) {
        if (!CycloneDxWords.isSerial(text)) {
            warn(line, "the serial number " + CycloneDxWords.quote(text) + " is no \"urn:uuid:\" with a UUID");
        }
        serial = text;
    }

    void timestamp(String text, int line) {
        if (!CycloneDxWords.isTime(text)) {
            warn(
                    line,
                    "the timestamp " + CycloneDxWords.quote(text)
                            + " is no date with a time, such as 2026-03-01T10:00:00Z");
        }
        timestamp = text;
    }

    void tool(@Nullable String name, @Nullable String version) {
        if (name != null) {
            tools.add(version == null ? name : name + " " + version);
        }
    }

    void author(@Nullable String name, @Nullable String email) {
        if (name != null || email != null) {
            authors.add(name == null ? "<" + email + ">" : email == null ? name : name + " <" + email + ">");
        }
    }

    /// Takes what a composition says of how complete it is: one of the words of CycloneDX.
    void aggregate(@Nullable String word) {
        if (word != null && completeness.size() < 20) { // there are a dozen words
            completeness.add(word);
        }
    }

    /// Takes a hash of a component where it is one.
    void hash(CycloneDxDraft draft, @Nullable String algorithm, @Nullable String value, int line) {
        if (algorithm == null || value == null) {
            warn(line, "a hash needs an algorithm and a value; it is left out");
            return;
        }
        int digits = CycloneDxWords.hashDigits(algorithm);
        if (digits == 0) {
            warn(
                    line,
                    "the hash algorithm " + CycloneDxWords.quote(algorithm)
                            + " is none of CycloneDX's; it is left out");
        } else if (value.length() != digits || !CycloneDxWords.isHex(value)) {
            warn(
                    line,
                    "the " + algorithm + " hash " + CycloneDxWords.quote(value) + " is not " + digits
                            + " hexadecimal digits; it is left out");
        } else {
            draft.hashes.put(shared(algorithm), value.toLowerCase(Locale.ROOT));
        }
    }

    void badScope(String scope, int line) {
        warn(line, "the scope " + CycloneDxWords.quote(scope) + " is none of CycloneDX's; it is read as required");
    }

    void cpe(CycloneDxDraft draft, String cpe, int line) {
        if (!cpe.startsWith("cpe:2.3:") && !cpe.startsWith("cpe:/")) {
            warn(line, "the CPE " + CycloneDxWords.quote(cpe) + " does not begin with \"cpe:\"; it is left out");
        } else if (!draft.cpes.contains(cpe)) {
            draft.cpes.addFirst(cpe);
        }
    }

    /// Takes one entry of a component's licences: an SPDX id, a name or an expression.
    void licence(
            CycloneDxDraft draft, @Nullable String id, @Nullable String name, @Nullable String expression, int line) {
        if (id == null && name == null && expression == null) {
            warn(line, "a licence has neither an id nor a name nor an expression; it is left out");
            return;
        }
        if (expression != null) {
            draft.expressionCount++;
            draft.licences.add(shared(expression));
        }
        if (id != null || name != null) {
            draft.licenceCount++;
            draft.licences.add(shared(id != null ? id : name == null ? "" : name));
        }
        if ((id != null || name != null) && expression != null) {
            warn(line, "a licence is an expression and a licence at once; both are kept");
        } else if (id != null && name != null) {
            warn(
                    line,
                    "a licence has the id " + CycloneDxWords.quote(id) + " and the name " + CycloneDxWords.quote(name)
                            + ", and may have one of them; the id is used");
        }
    }

    /// Takes a property of a component.
    void property(CycloneDxDraft draft, @Nullable String name, @Nullable String value, int line) {
        if (name == null) {
            warn(
                    line,
                    "a property" + (value == null ? "" : " with the value " + CycloneDxWords.quote(value))
                            + " has no name; it is left out");
        } else if (value != null) {
            draft.property(shared(name), shared(value));
        }
    }

    /// Takes a component of the list with all that is nested in it.
    void component(CycloneDxDraft draft) {
        add(draft, null, components);
    }

    /// Takes the component that the document describes.
    void described(CycloneDxDraft draft) {
        root = add(draft, null, described);
    }

    private String add(CycloneDxDraft draft, @Nullable String parent, List<Component> to) {
        String ref = unique(draft);
        Purl purl = identity.settle(draft);
        check(draft);
        String supplier = draft.supplier != null ? draft.supplier : draft.manufacturer;
        to.add(new Component(
                ref,
                purl,
                draft.group == null ? null : shared(draft.group),
                draft.name == null ? "(no name)" : draft.name,
                draft.version,
                draft.type == null ? "library" : draft.type,
                draft.scope(),
                draft.locked,
                supplier != null ? supplier : draft.publisher,
                List.copyOf(draft.licences),
                CycloneDxPairs.of(draft.hashes),
                List.copyOf(draft.cpes),
                CycloneDxPairs.of(draft.properties),
                draft.place,
                parent));
        for (CycloneDxDraft child : draft.children) {
            add(child, ref, to);
        }
        return ref;
    }

    private void check(CycloneDxDraft draft) {
        if (draft.type == null) {
            warn(draft.line, "the component " + quoteName(draft) + " has no type; it is read as a library");
        } else if (!CycloneDxWords.isType(draft.type)) {
            warn(
                    draft.line,
                    "the type " + CycloneDxWords.quote(draft.type) + " of " + quoteName(draft)
                            + " is none of CycloneDX's; it is read as a library");
            draft.type = "library";
        }
        if (draft.range != null && draft.version != null) {
            warn(draft.line, "the component " + quoteName(draft) + " has a version and a range; the version is used");
        } else if (draft.range != null && !draft.external) {
            warn(
                    draft.line,
                    "the component " + quoteName(draft) + " has the range " + CycloneDxWords.quote(draft.range)
                            + " and no version, which only an external one may; name the version that is shipped");
        }
        if (draft.expressionCount > 1 || (draft.expressionCount > 0 && draft.licenceCount > 0)) {
            mixedLicences.add(draft.line);
        }
    }

    private static String quoteName(CycloneDxDraft draft) {
        return CycloneDxWords.quote(draft.name == null ? "(no name)" : draft.name);
    }

    private final Map<String, Integer> repeats = new HashMap<>();

    private String unique(CycloneDxDraft draft) {
        String told = draft.ref;
        if (told != null && told.isEmpty()) {
            warn(draft.line, "the component " + quoteName(draft) + " has an empty bom-ref; give it one, or none");
            told = null;
        }
        if (told == null) {
            String ref = "component-" + ++made;
            while (refs.putIfAbsent(ref, ref) != null) {
                ref = "component-" + ++made;
            }
            return ref;
        }
        if (refs.putIfAbsent(told, told) == null) {
            return told;
        }
        String ref;
        do { // thousands may share one
            ref = told + "#" + repeats.merge(told, 2, (last, _) -> last + 1);
        } while (refs.putIfAbsent(ref, ref) != null);
        warn(
                draft.line,
                "the bom-ref " + CycloneDxWords.quote(told) + " is used twice; this one is called "
                        + CycloneDxWords.quote(ref) + ", and links mean the first");
        return ref;
    }

    /// The list that takes what the component of that ref depends on; null where it has no name.
    @Nullable
    List<String> dependency(@Nullable String ref, int line) {
        if (ref == null || ref.isEmpty()) {
            warn(line, "a dependency does not say whose it is: its \"ref\" is missing or empty; it is left out");
            return null;
        }
        String known = link(ref, line);
        List<String> list = dependencies.get(known);
        if (list == null) {
            list = new ArrayList<>(4);
            dependencies.put(known, list);
        }
        return list;
    }

    /// The ref of a component as it is kept; remembers one that no component has had so far.
    String link(String ref, int line) {
        String known = refs.get(ref);
        if (known != null) {
            return known;
        }
        linked.putIfAbsent(ref, line);
        return ref;
    }

    /// Takes what the document says of a vulnerability.
    void claim(
            @Nullable String id,
            List<String> otherIds,
            @Nullable String state,
            @Nullable String justification,
            @Nullable String detail,
            List<String> affects,
            int line) {
        String name = id != null ? id : otherIds.isEmpty() ? null : otherIds.getFirst();
        if (name == null) {
            warn(line, "a vulnerability has no id; it is left out");
            return;
        }
        if (state != null && !CycloneDxWords.isState(state)) {
            warn(
                    line,
                    "the state " + CycloneDxWords.quote(state) + " of " + name
                            + " is none of CycloneDX's; it says nothing");
            state = null;
        }
        if (justification != null && !CycloneDxWords.isJustification(justification)) {
            warn(
                    line,
                    "the justification " + CycloneDxWords.quote(justification) + " of " + name
                            + " is none of CycloneDX's; it is left out");
            justification = null;
        }
        for (String ref : affects) {
            if (!ref.startsWith("urn:cdx:")) {
                affected.putIfAbsent(ref, line);
            }
        }
        List<String> others = new ArrayList<>(otherIds);
        others.removeIf(name::equals);
        claims.add(new Sbom.Claim(name, List.copyOf(others), state, justification, detail, List.copyOf(affects)));
    }

    /// The whole document.
    Sbom finish() {
        String version = specVersion;
        if (version == null) {
            warn(1, "names no specVersion; it is read as " + CycloneDxWords.NEWEST);
            version = CycloneDxWords.NEWEST;
        } else if (!version.equals("1.7")) {
            for (int line : mixedLicences) {
                warn(
                        line,
                        "a component has an expression beside other licences, which CycloneDX " + version
                                + " does not allow; all are kept");
            }
        }
        List<Component> all = described;
        if (all.isEmpty()) {
            all = components;
        } else {
            all.addAll(components);
        }
        unknownRefs();
        if (warnings.size() > 1) {
            warnings.sort(Comparator.comparingInt(Problem::line));
        }
        if (moreRefs > 0) {
            warnings.add(new Problem(0, "and " + moreRefs + " more refs that no component has"));
        }
        if (moreWarnings > 0) {
            warnings.add(new Problem(0, "and " + moreWarnings + " more warnings"));
        }
        return new Sbom(
                "CycloneDX",
                version,
                encoding,
                serial,
                timestamp,
                List.copyOf(tools),
                List.copyOf(authors),
                List.copyOf(lifecycles),
                root,
                all,
                known(),
                List.copyOf(completeness),
                claims,
                warnings);
    }

    private void unknownRefs() {
        for (Map.Entry<String, Integer> entry : linked.entrySet()) {
            if (isUnknown(entry.getKey())) {
                unknownRef(
                        entry.getValue(),
                        "the dependencies name " + CycloneDxWords.quote(entry.getKey())
                                + ", and no component has that bom-ref; the link is left out");
            }
        }
        if (components.isEmpty()) {
            return; // a document of statements only: what it speaks of is in another one
        }
        for (Map.Entry<String, Integer> entry : affected.entrySet()) {
            if (isUnknown(entry.getKey())) {
                unknownRef(
                        entry.getValue(),
                        "a vulnerability affects " + CycloneDxWords.quote(entry.getKey())
                                + ", and no component has that bom-ref");
            }
        }
    }

    private boolean isUnknown(String ref) {
        return !refs.containsKey(ref) && !otherRefs.contains(ref);
    }

    private void unknownRef(int line, String message) {
        if (++unknownRefs <= MOST_UNKNOWN_REFS) {
            warn(line, message);
        } else {
            moreRefs++;
        }
    }

    private Map<String, List<String>> known() {
        Map<String, List<String>> known = new LinkedHashMap<>(dependencies.size() * 4 / 3 + 1);
        for (Map.Entry<String, List<String>> entry : dependencies.entrySet()) {
            String from = refs.get(entry.getKey());
            if (from == null) {
                continue;
            }
            List<String> to = new ArrayList<>(entry.getValue().size());
            for (String ref : entry.getValue()) {
                String target = refs.get(ref);
                if (target != null) {
                    to.add(target);
                }
            }
            known.put(from, List.copyOf(to));
        }
        return known;
    }
}
