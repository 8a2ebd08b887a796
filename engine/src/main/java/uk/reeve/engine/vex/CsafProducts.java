package uk.reeve.engine.vex;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.purl.Purl;

/// A CSAF `product_tree`: product ids to what they name, relationships followed, and groups to product ids.
///
/// `installed_on`, `default_component_of` and the like all make a thing that is meant within another.
final class CsafProducts {

    private static final int MAX_CHAIN = 16;

    private final VexReading reading;
    private final Map<String, Identity> things = new HashMap<>();
    private final Map<String, Node> relations = new HashMap<>();
    private final Map<String, List<String>> groups = new HashMap<>();
    private final Map<String, @Nullable Product> resolved = new HashMap<>();

    CsafProducts(@Nullable Node tree, VexReading reading) {
        this.reading = reading;
        if (tree == null) {
            return;
        }
        branches(tree.items("branches"), null, null, null, null);
        for (Node name : tree.items("full_product_names")) {
            product(name, null, null, null, null);
        }
        for (Node relation : tree.items("relationships")) {
            Node made = relation.get("full_product_name");
            String id = made == null ? null : made.text("product_id");
            if (id == null || relations.putIfAbsent(id, relation) != null || things.containsKey(id)) {
                reading.warn(relation.line(), "a relationship makes no product, or one that exists; it is left out");
            }
        }
        for (Node group : tree.items("product_groups")) {
            String id = group.text("group_id");
            if (id != null) {
                groups.put(id, texts(group.items("product_ids")));
            }
        }
    }

    /// What the id names; null, with a warning the first time, where the tree does not define it.
    @Nullable
    Product get(String id, int line) {
        if (!resolved.containsKey(id)) {
            Product product = resolve(id, 0);
            resolved.put(id, product);
            if (product == null) {
                reading.warn(
                        line, "the product " + VexReading.quoted(id) + " is not defined in the product tree; left out");
            }
        }
        return resolved.get(id);
    }

    /// The product ids of an entry, its groups expanded; empty where it names none.
    List<String> ids(Node entry) {
        List<String> ids = new ArrayList<>(texts(entry.items("product_ids")));
        for (String group : texts(entry.items("group_ids"))) {
            List<String> members = groups.get(group);
            if (members == null) {
                reading.warn(
                        entry.line(), "the group " + VexReading.quoted(group) + " is not defined in the product tree");
            } else {
                ids.addAll(members);
            }
        }
        return ids;
    }

    static List<String> texts(List<Node> nodes) {
        List<String> texts = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            String text = node.text();
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    private @Nullable Product resolve(String id, int depth) {
        Identity thing = things.get(id);
        if (thing != null) {
            return Product.of(thing);
        }
        Node relation = relations.get(id);
        if (relation == null || depth > MAX_CHAIN) {
            return null;
        }
        String part = relation.text("product_reference");
        String whole = relation.text("relates_to_product_reference");
        if (part == null || whole == null) {
            return null;
        }
        Product inner = resolve(part, depth + 1);
        Product outer = resolve(whole, depth + 1);
        if (inner == null || outer == null) {
            return null;
        }
        List<Identity> within = new ArrayList<>(inner.within());
        within.add(outer.thing());
        within.addAll(outer.within());
        return new Product(inner.thing(), List.copyOf(within));
    }

    private void branches(
            List<Node> branches,
            @Nullable String vendor,
            @Nullable String name,
            @Nullable String version,
            @Nullable String range) {
        for (Node branch : branches) {
            String text = VexReading.filled(branch.text("name"));
            String v = vendor;
            String n = name;
            String exact = version;
            String r = range;
            switch (branch.text("category")) {
                case "vendor" -> v = text;
                case "product_name" -> n = text;
                case "product_version" -> exact = text;
                case "product_version_range" -> r = text;
                case "product_family" -> n = n == null ? text : n;
                case null, default -> {}
            }
            Node product = branch.get("product");
            if (product != null) {
                product(product, v, n, exact, r);
            }
            branches(branch.items("branches"), v, n, exact, r);
        }
    }

    private void product(
            Node product,
            @Nullable String vendor,
            @Nullable String name,
            @Nullable String version,
            @Nullable String range) {
        String id = product.text("product_id");
        if (id == null) {
            reading.warn(product.line(), "a product has no product_id and is left out");
            return;
        }
        Node helper = product.get("product_identification_helper");
        List<Purl> purls = new ArrayList<>();
        List<String> cpes = new ArrayList<>();
        Map<String, String> hashes = new LinkedHashMap<>();
        if (helper != null) {
            purl(purls, helper.text("purl"), helper.line());
            for (Node purl : helper.items("purls")) {
                purl(purls, purl.text(), purl.line());
            }
            String cpe = VexReading.filled(helper.text("cpe"));
            if (cpe != null) {
                cpes.add(cpe);
            }
            for (Node file : helper.items("hashes")) {
                for (Node hash : file.items("file_hashes")) {
                    String algorithm = hash.text("algorithm");
                    String value = hash.text("value");
                    if (algorithm != null && value != null) {
                        hashes.put(VexReading.algorithm(algorithm), value.toLowerCase(Locale.ROOT));
                    }
                }
            }
        }
        Identity named = new Identity(
                purls,
                null,
                null,
                hashes,
                cpes,
                vendor,
                name == null ? VexReading.filled(product.text("name")) : name,
                version,
                null);
        VersionSet versions = versions(named, range, product.line());
        Identity identity = versions == null ? named : named.with(versions);
        Identity other = things.putIfAbsent(id, identity);
        if (other != null && !other.equals(identity)) {
            reading.warn(
                    product.line(), "the product " + VexReading.quoted(id) + " is defined twice; the first counts");
        }
    }

    private void purl(List<Purl> purls, @Nullable String text, int line) {
        Purl purl = text == null ? null : reading.purl(text, line);
        if (purl != null) {
            purls.add(purl);
        }
    }

    /// The versions that the branches tell, where the package URL or CPE does not tell one itself.
    private @Nullable VersionSet versions(Identity named, @Nullable String range, int line) {
        if (named.version() != null) {
            boolean told = named.purls().isEmpty() && named.cpes().isEmpty();
            for (Purl purl : named.purls()) {
                told |= purl.version() != null;
            }
            for (String cpe : named.cpes()) {
                told |= Sameness.tellsVersion(cpe);
            }
            return told ? null : new VersionSet(List.of(named.version()), List.of());
        }
        if (range == null) {
            return null;
        }
        VersRange parsed = VersRange.parse(range);
        if (parsed == null) {
            reading.warn(
                    line,
                    "the versions " + VexReading.quoted(range)
                            + " are no range that could be understood, so they cover nothing; write vers:type/>=1.0|<2.0");
        }
        return parsed != null && parsed.bounds().isEmpty() ? null : new VersionSet(List.of(), List.of(range));
    }
}
