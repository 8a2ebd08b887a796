package uk.reeve.scanner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Place;
import uk.reeve.engine.sbom.Scope;
import uk.reeve.scanner.FileFindings.Given;
import uk.reeve.scanner.Inventory.Item;
import uk.reeve.scanner.archive.Layer;

/// A component as it grows while the files that name it are put together. What is told first stands; the more shipped
/// scope and the locked version win. The scope of an installed package, which rarely knows what it is for, counts only
/// where no lock file speaks.
final class MergedItem {

    private static final int MOST_CHAINS = 99;

    private final @Nullable Purl purl;
    private final String key;
    private final List<Place> places = new ArrayList<>(1);
    private final IntList needs = new IntList();
    private @Nullable Component told;
    private Map<String, String> facts = Map.of();
    private @Nullable Scope scope;
    private @Nullable Scope installedScope;
    private boolean locked;
    private boolean direct;
    private boolean subject = true;
    private int parent = -1;
    private @Nullable Layer layer;
    private @Nullable Chains chains;
    private int inChains;

    MergedItem(Given first) {
        this.purl = first.purl;
        this.key = first.key;
    }

    void add(Given given, Place place, boolean installed, boolean isDirect) {
        if (!places.contains(place)) {
            places.add(place);
        }
        if (installed) {
            installedScope = moreShipped(installedScope, given.scope);
        } else {
            scope = moreShipped(scope, given.scope);
        }
        locked |= given.locked;
        direct |= isDirect;
        subject &= given.subject;
        Component document = given.told;
        if (document != null) {
            told = told == null ? document : filled(told, document);
        }
        if (facts.isEmpty()) {
            facts = given.facts;
        } else if (!given.facts.isEmpty()) {
            Map<String, String> both = new LinkedHashMap<>(given.facts);
            both.putAll(facts);
            facts = both;
        }
    }

    private static Scope moreShipped(@Nullable Scope a, Scope b) {
        return a == null || b.compareTo(a) < 0 ? b : a;
    }

    /// Takes the way by which the file brings it in, where it is shorter than what is known.
    void way(Chains file, int component) {
        int length = file.length(component);
        if (length > 0 && (chains == null || length < chains.length(inChains))) {
            chains = file;
            inChains = component;
        }
    }

    /// Takes the layer that one of its places is of, where it is lower than what is known.
    void of(@Nullable Layer origin) {
        if (origin != null && (layer == null || origin.number() < layer.number())) {
            layer = origin;
        }
    }

    void needs(int slot) {
        needs.add(slot);
    }

    int[] needs() {
        return needs.distinct();
    }

    void within(int slot) {
        if (parent < 0) {
            parent = slot;
        }
    }

    /// The one that it lies in; -1 where there is none.
    int within() {
        return parent;
    }

    List<Place> places() {
        return places;
    }

    /// Whether a distribution's package manager has it.
    boolean isPackaged() {
        return purl != null
                && (purl.type().equals("deb")
                        || purl.type().equals("rpm")
                        || purl.type().equals("apk"));
    }

    String plainRef() {
        if (purl != null || told == null) {
            return key;
        }
        String name = told.group() == null ? told.name() : told.group() + "/" + told.name();
        return told.version() == null ? name : name + "@" + told.version();
    }

    /// @param refs of all items, for the one that it lies in
    /// @param parents how many items depend on it
    /// @param owners `ref`s of the packages that brought it
    Item item(List<String> refs, String ref, List<String> dependsOn, int parents, List<String> owners) {
        List<String> chain = chains == null ? List.of() : chains.names(inChains);
        int ways = parents + (direct ? 1 : 0) - 1;
        int more = chain.isEmpty() ? 0 : Math.clamp(ways, 0, MOST_CHAINS);
        return new Item(component(ref, refs), places, direct, chain, more, dependsOn, subject, layer, owners);
    }

    private Component component(String ref, List<String> refs) {
        Scope known = scope != null ? scope : installedScope != null ? installedScope : Scope.RUNTIME;
        String within = parent < 0 ? null : refs.get(parent);
        Component base = told;
        if (base == null && purl != null) {
            base = Component.of(ref, purl, known, locked, places.getFirst());
        }
        if (base == null) {
            throw new IllegalStateException("a component has a package URL or a document");
        }
        Facts more = new Facts(facts, base);
        return new Component(
                ref,
                purl,
                base.group(),
                base.name(),
                base.version(),
                base.type(),
                known,
                locked,
                more.supplier(),
                more.licences(),
                more.hashes(),
                base.cpes(),
                more.properties(),
                places.getFirst(),
                within);
    }

    private static Component filled(Component a, Component b) {
        return new Component(
                a.ref(),
                a.purl(),
                a.group(),
                a.name(),
                a.version(),
                a.type(),
                a.scope(),
                a.locked(),
                a.supplier() == null ? b.supplier() : a.supplier(),
                a.licences().isEmpty() ? b.licences() : a.licences(),
                a.hashes().isEmpty() ? b.hashes() : a.hashes(),
                a.cpes().isEmpty() ? b.cpes() : a.cpes(),
                a.properties().isEmpty() ? b.properties() : a.properties(),
                a.place(),
                a.parent());
    }
}
