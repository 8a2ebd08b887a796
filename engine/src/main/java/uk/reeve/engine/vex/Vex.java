package uk.reeve.engine.vex;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.version.BadVersion;

/// The statements of some documents, asked for one finding at a time.
///
/// *Around* a component is what it is part of whichever way one looks at it: the inventory's described component, the
/// image, the operating system. A package that merely depends on it is not around it, or a word on package a would
/// silence package b.
public final class Vex {

    /// What the statements add up to.
    ///
    /// @param statement the word that counts: of each author the latest, of several authors the worst
    /// @param others the other authors' latest words, worst first
    public record Answer(Statement statement, List<Statement> others) {

        /// Whether the finding is to be hidden: everybody who speaks says that it is not affected, or fixed.
        public boolean silences() {
            return statement.status().silences();
        }
    }

    private final Map<String, List<Statement>> byId = new HashMap<>();

    public Vex(List<VexDocument> documents) {
        for (VexDocument document : documents) {
            for (Statement statement : document.statements()) {
                add(statement.id(), statement);
                for (String id : statement.otherIds()) {
                    add(id, statement);
                }
            }
        }
    }

    private void add(String id, Statement statement) {
        byId.computeIfAbsent(key(id), _ -> new ArrayList<>()).add(statement);
    }

    /// What is said of a vulnerability in a component; null where nothing is. Drafts are not heard.
    ///
    /// @param around what the component is part of; empty where that is unknown
    /// @param serial serial number of the inventory that holds the component; null where it has none
    /// @param ids of the vulnerability, all of its alias group
    public @Nullable Answer answer(
            Component component, List<Component> around, @Nullable String serial, Collection<String> ids) {
        Set<Statement> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Map<String, Statement> latest = new LinkedHashMap<>();
        for (String id : ids) {
            for (Statement statement : byId.getOrDefault(key(id), List.of())) {
                if (seen.add(statement)
                        && !statement.source().draft()
                        && applies(statement, component, around, serial, ids)) {
                    latest.merge(author(statement), statement, Vex::later);
                }
            }
        }
        if (latest.isEmpty()) {
            return null;
        }
        List<Statement> words = new ArrayList<>(latest.values());
        words.sort(Comparator.comparing(Statement::status));
        return new Answer(words.getFirst(), List.copyOf(words.subList(1, words.size())));
    }

    /// Whether the statement speaks of this vulnerability in this component: of the component itself, or of a product
    /// around it, and then of that product as a whole or of this component in it. `fixed` speaks only where a
    /// release is named.
    public static boolean applies(
            Statement statement,
            Component component,
            List<Component> around,
            @Nullable String serial,
            Collection<String> ids) {
        if (!names(statement, ids)) {
            return false;
        }
        for (Product product : statement.products()) {
            boolean speaks = statement.status() != Status.FIXED || product.namesRelease();
            if (speaks && covers(product, component, around, serial)) {
                return true;
            }
        }
        return false;
    }

    private static boolean names(Statement statement, Collection<String> ids) {
        for (String id : ids) {
            if (id.equalsIgnoreCase(statement.id())) {
                return true;
            }
            for (String other : statement.otherIds()) {
                if (id.equalsIgnoreCase(other)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean covers(
            Product product, Component component, List<Component> around, @Nullable String serial) {
        if (!Sameness.of(product.thing(), component, serial, false) && !any(product.thing(), around, serial)) {
            return false;
        }
        for (Identity whole : product.within()) {
            if (!any(whole, around, serial)) {
                return false;
            }
        }
        return true;
    }

    private static boolean any(Identity identity, List<Component> around, @Nullable String serial) {
        for (Component whole : around) {
            if (Sameness.of(identity, whole, serial, true)) {
                return true;
            }
        }
        return false;
    }

    /// Of two statements of one author the later; of two of one time the one of the later version of one document,
    /// else the worse.
    private static Statement later(Statement a, Statement b) {
        if (a.timestamp() == null || b.timestamp() == null) {
            if (a.timestamp() != null || b.timestamp() != null) {
                return a.timestamp() == null ? b : a;
            }
        } else {
            int time = a.timestamp().compareTo(b.timestamp());
            if (time != 0) {
                return time > 0 ? a : b;
            }
        }
        if (!a.source().document().isEmpty()
                && a.source().document().equals(b.source().document())) {
            try {
                int version = VersRange.compare(a.source().version(), b.source().version(), null);
                if (version != 0) {
                    return version > 0 ? a : b;
                }
            } catch (BadVersion _) {
                // Versions that are no numbers say nothing of which document is later.
            }
        }
        return b.status().compareTo(a.status()) < 0 ? b : a;
    }

    private static String author(Statement statement) {
        Source source = statement.source();
        return source.author().isBlank()
                ? "document " + source.document()
                : source.author().strip().toLowerCase(Locale.ROOT);
    }

    private static String key(String id) {
        return id.toUpperCase(Locale.ROOT);
    }
}
