package uk.reeve.cli.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Sbom;
import uk.reeve.engine.sbom.Scope;

/// Several SBOMs as one: each component once by its package URL (without one by type, group, name, version and
/// place), the relations of all. Where two say different things of one component, the first is kept and the
/// disagreement told.
public final class Merge {

    private static final int MOST_DISAGREEMENTS = 10_000;

    private final Map<String, Component> byKey = new LinkedHashMap<>();
    private final Map<String, String> firstSaidBy = new HashMap<>();
    private final Set<String> refs = new HashSet<>();
    private final Map<String, Set<String>> dependencies = new LinkedHashMap<>();
    private final Set<Sbom.Claim> claims = new LinkedHashSet<>();
    private final List<String> disagreements = new ArrayList<>();
    private final Set<String> roots = new LinkedHashSet<>();

    private Merge() {}

    /// All of them as one.
    ///
    /// @param inputs at least one
    public static Conversion of(List<Input> inputs) {
        Merge merge = new Merge();
        inputs.forEach(merge::add);
        Map<String, List<String>> relations = new LinkedHashMap<>();
        merge.dependencies.forEach((from, targets) -> relations.put(from, List.copyOf(targets)));
        boolean one = merge.roots.size() == 1;
        List<String> names = inputs.stream().map(Input::name).toList();
        return new Conversion(
                inputs,
                String.join(" and ", names),
                one ? merge.roots.iterator().next() : null,
                List.copyOf(merge.byKey.values()),
                relations,
                List.copyOf(merge.claims),
                merge.disagreements);
    }

    private void add(Input input) {
        Sbom sbom = input.sbom();
        Map<String, String> renamed = new HashMap<>();
        Map<String, Component> told = new LinkedHashMap<>();
        for (Component component : sbom.components()) {
            String key = key(component);
            Component first = byKey.get(key);
            String ref = first == null ? unique(component.ref()) : first.ref();
            renamed.put(component.ref(), ref);
            if (first == null) {
                byKey.put(key, with(component, ref, null)); // its parent follows, when all of this document are known
                told.put(key, component);
                firstSaidBy.put(key, input.name());
            } else {
                byKey.put(key, joined(first, component, firstSaidBy.getOrDefault(key, ""), input.name()));
            }
        }
        told.forEach((key, component) -> byKey.computeIfPresent(
                key,
                (k, now) -> with(now, now.ref(), component.parent() == null ? null : renamed.get(component.parent()))));
        sbom.dependencies().forEach((from, targets) -> {
            String source = renamed.get(from);
            if (source != null) {
                Set<String> known = dependencies.computeIfAbsent(source, s -> new LinkedHashSet<>());
                for (String target : targets) {
                    String ref = renamed.get(target);
                    if (ref != null && !ref.equals(source)) {
                        known.add(ref);
                    }
                }
            }
        });
        for (Sbom.Claim claim : sbom.vulnerabilities()) {
            List<String> affects = new ArrayList<>();
            for (String ref : claim.affects()) {
                String meant = renamed.get(ref);
                if (meant != null || ref.startsWith("urn:cdx:") || ref.startsWith("pkg:")) {
                    affects.add(meant == null ? ref : meant);
                }
            }
            if (affects.isEmpty() && !claim.affects().isEmpty()) { // in the whole it would mean another's component
                disagreements.add(
                        claim.id() + ": " + input.name() + " says it of a component that it does not hold; left out");
                continue;
            }
            claims.add(new Sbom.Claim(
                    claim.id(), claim.otherIds(), claim.state(), claim.justification(), claim.detail(), affects));
        }
        if (sbom.root() != null && renamed.containsKey(sbom.root())) {
            roots.add(renamed.get(sbom.root()));
        }
    }

    private static String key(Component component) {
        return component.purl() != null
                ? component.purl().toString()
                : String.join(
                        "\n",
                        component.type(),
                        String.valueOf(component.group()),
                        component.name(),
                        String.valueOf(component.version()),
                        String.valueOf(component.place()));
    }

    private String unique(String ref) {
        String free = ref;
        for (int n = 2; !refs.add(free); n++) {
            free = ref + "#" + n;
        }
        return free;
    }

    private static Component with(Component of, String ref, @Nullable String parent) {
        return new Component(
                ref,
                of.purl(),
                of.group(),
                of.name(),
                of.version(),
                of.type(),
                of.scope(),
                of.locked(),
                of.supplier(),
                of.licences(),
                of.hashes(),
                of.cpes(),
                of.properties(),
                of.place(),
                ref.equals(parent) ? null : parent);
    }

    private Component joined(Component first, Component other, String firstFile, String file) {
        Map<String, String> hashes = new LinkedHashMap<>(first.hashes());
        for (Map.Entry<String, String> hash : other.hashes().entrySet()) {
            String known = hashes.putIfAbsent(hash.getKey(), hash.getValue());
            if (known != null && !known.equals(hash.getValue())) {
                disagree(first, hash.getKey(), known, firstFile, hash.getValue(), file);
            }
        }
        if (!first.licences().isEmpty()
                && !other.licences().isEmpty()
                && !Set.copyOf(first.licences()).equals(Set.copyOf(other.licences()))) {
            disagree(
                    first,
                    "licence",
                    String.join(", ", first.licences()),
                    firstFile,
                    String.join(", ", other.licences()),
                    file);
        }
        if (first.supplier() != null
                && other.supplier() != null
                && !first.supplier().equals(other.supplier())) {
            disagree(first, "supplier", first.supplier(), firstFile, other.supplier(), file);
        }
        if (!first.type().equals(other.type())) {
            disagree(first, "type", first.type(), firstFile, other.type(), file);
        }
        if (!Objects.equals(first.version(), other.version())) {
            disagree(
                    first,
                    "version",
                    String.valueOf(first.version()),
                    firstFile,
                    String.valueOf(other.version()),
                    file);
        }
        Set<String> cpes = new LinkedHashSet<>(first.cpes());
        cpes.addAll(other.cpes());
        Map<String, String> properties = new LinkedHashMap<>(other.properties());
        properties.putAll(first.properties());
        boolean shipped = first.scope() == Scope.RUNTIME || other.scope() == Scope.RUNTIME;
        return new Component(
                first.ref(),
                first.purl(),
                first.group(),
                first.name(),
                first.version(),
                first.type(),
                shipped ? Scope.RUNTIME : first.scope(),
                first.locked() || other.locked(),
                first.supplier() != null ? first.supplier() : other.supplier(),
                first.licences().isEmpty() ? other.licences() : first.licences(),
                hashes,
                List.copyOf(cpes),
                properties,
                first.place() != null ? first.place() : other.place(),
                first.parent());
    }

    private void disagree(Component of, String about, String first, String firstFile, String other, String file) {
        if (disagreements.size() < MOST_DISAGREEMENTS) {
            String name = of.purl() != null ? of.purl().toString() : of.name();
            disagreements.add(
                    name + ": " + about + " is " + first + " by " + firstFile + ", and " + other + " by " + file);
        }
    }
}
