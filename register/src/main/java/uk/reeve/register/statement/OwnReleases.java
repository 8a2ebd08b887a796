package uk.reeve.register.statement;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.vex.Identity;
import uk.reeve.engine.vex.Product;
import uk.reeve.register.catalogue.NameKey;

/// The releases of one supplier's products, by the names that VEX documents give them: a package URL, a CPE, vendor and
/// name, the address here, or the serial number of an SBOM that the supplier sent.
final class OwnReleases {

    /// @param key of its version, as versions are compared
    record Own(UUID release, UUID product, String name, String version, String key) {

        String label() {
            return name + " " + version;
        }
    }

    /// What a thing named by a document is here.
    ///
    /// @param releases those that are meant; empty with a reason
    /// @param named whether a release was named, not a product only
    /// @param why none is meant; null where one is
    record Meant(Set<Own> releases, boolean named, @Nullable String why) {

        static Meant none(String why) {
            return new Meant(Set.of(), false, why);
        }
    }

    private final Map<String, List<Own>> byName = new HashMap<>();
    private final Map<String, List<Own>> bySlug = new HashMap<>();
    private final Map<UUID, Own> byId = new LinkedHashMap<>();
    private final Map<String, Set<Own>> bySerial = new HashMap<>();
    private final String supplier;

    /// Reads those that who asks makes; within a transaction.
    OwnReleases(JdbcClient jdbc, UUID organisation) {
        supplier = NameKey.of(jdbc.sql("SELECT name FROM organisation WHERE id = :id")
                .param("id", organisation)
                .query(String.class)
                .single());
        jdbc.sql("""
                SELECT r.id, p.id AS product, p.name, p.name_key, p.slug, r.version, r.version_key
                  FROM product p JOIN release r ON r.product_id = p.id
                 WHERE p.supplier_id = :organisation AND p.merged_into IS NULL
                 ORDER BY p.name, r.version, r.id
                """).param("organisation", organisation).query(row -> {
            Own own = new Own(
                    row.getObject("id", UUID.class),
                    row.getObject("product", UUID.class),
                    row.getString("name"),
                    row.getString("version"),
                    row.getString("version_key"));
            byId.put(own.release(), own);
            byName.computeIfAbsent(row.getString("name_key"), _ -> new ArrayList<>())
                    .add(own);
            String slug = row.getString("slug");
            for (String address : slug == null
                    ? new String[] {own.product().toString()}
                    : new String[] {slug, own.product().toString()}) {
                bySlug.computeIfAbsent(address, _ -> new ArrayList<>()).add(own);
            }
        });
        jdbc.sql("""
                SELECT DISTINCT serial, release_id FROM sbom_document
                 WHERE source_id = :organisation AND origin = 'declared' AND serial IS NOT NULL
                """).param("organisation", organisation).query(row -> {
            Own own = byId.get(row.getObject("release_id", UUID.class));
            if (own != null) {
                bySerial.computeIfAbsent(row.getString("serial"), _ -> new HashSet<>())
                        .add(own);
            }
        });
    }

    /// The releases that a statement is about. Where it is about a thing within others, each of these must be
    /// an own one; the thing itself may then be a component that nobody here knows.
    Meant of(Product product) {
        Meant thing = of(product.thing());
        if (product.within().isEmpty()) {
            return thing;
        }
        Set<Own> common = thing.releases().isEmpty() ? null : new HashSet<>(thing.releases());
        boolean named = thing.named();
        for (Identity whole : product.within()) {
            Meant outer = of(whole);
            if (outer.releases().isEmpty()) {
                return outer;
            }
            named |= outer.named();
            if (common == null) {
                common = new HashSet<>(outer.releases());
            } else {
                common.retainAll(outer.releases());
            }
        }
        return common == null || common.isEmpty()
                ? Meant.none("what it is about and what that is part of are different releases")
                : new Meant(common, named, null);
    }

    private Meant of(Identity identity) {
        if (identity.serial() != null) {
            Set<Own> described = bySerial.get(identity.serial().toLowerCase(Locale.ROOT));
            return described == null
                    ? Meant.none("it is about an SBOM that is none of yours here: " + cut(identity.serial()))
                    : new Meant(described, true, null);
        }
        Set<Own> meant = new HashSet<>();
        String why = null;
        boolean named = false;
        for (Name name : names(identity)) {
            List<Own> known = name.slug() ? bySlug.get(name.key()) : byName.get(name.key());
            if (known == null) {
                continue;
            }
            List<Own> fitting = known.stream()
                    .filter(own -> fits(own, name.version(), identity))
                    .toList();
            if (fitting.isEmpty()) {
                why = known.getFirst().name() + " has no such release here"
                        + (name.version() == null ? "" : ": " + cut(name.version()));
            }
            named |= name.version() != null || identity.versions() != null;
            meant.addAll(fitting);
        }
        return meant.isEmpty()
                ? Meant.none(why == null ? "none of your products here is " + cut(words(identity)) : why)
                : new Meant(meant, named, null);
    }

    private static boolean fits(Own own, @Nullable String version, Identity identity) {
        boolean same = version == null || NameKey.ofVersion(version).equals(own.key());
        return same
                && (identity.versions() == null
                        || identity.versions().contains(own.version(), null)
                        || identity.versions().exact().stream()
                                .anyMatch(one -> NameKey.ofVersion(one).equals(own.key())));
    }

    /// @param slug whether the key is a part of an address here, else a name
    private record Name(String key, @Nullable String version, boolean slug) {}

    private Set<Name> names(Identity identity) {
        Set<Name> names = new HashSet<>();
        for (Purl purl : identity.purls()) {
            add(names, purl.namespace(), purl.name(), purl.version());
        }
        for (String cpe : identity.cpes()) {
            String[] parts = cpe.split("(?<!\\\\):", -1);
            int from = cpe.startsWith("cpe:2.3:") ? 3 : 2;
            if (parts.length > from + 1) {
                String version = parts.length > from + 2 ? parts[from + 2].replace("\\", "") : "";
                add(
                        names,
                        parts[from].replace('_', ' '),
                        parts[from + 1].replace("\\", ""),
                        version.isEmpty() || version.equals("*") || version.equals("-") ? null : version);
            }
        }
        if (identity.name() != null) {
            add(names, identity.vendor(), identity.name(), identity.version());
        }
        address(names, identity.ref());
        return names;
    }

    /// By the name alone, or with what stands before it, unless that is the supplier itself:
    /// `larkfield/revenues` may be "Larkfield Revenues". A whole name may hold the version: "Larkfield Revenues
    /// 8.2".
    private void add(Set<Name> names, @Nullable String before, String name, @Nullable String version) {
        names.add(new Name(NameKey.of(name), version, false));
        if (before != null && !NameKey.of(before).equals(supplier)) {
            names.add(new Name(NameKey.of(before + " " + name), version, false));
        }
        int blank = name.lastIndexOf(' ');
        if (version == null && blank > 0) {
            names.add(new Name(NameKey.of(name.substring(0, blank)), name.substring(blank + 1), false));
        }
    }

    /// `…/products/larkfield-revenues/releases/8.2`.
    private static void address(Set<Name> names, @Nullable String ref) {
        if (ref == null || !(ref.startsWith("https://") || ref.startsWith("http://"))) {
            return;
        }
        try {
            String path = URI.create(ref).getRawPath();
            String[] parts = path == null ? new String[0] : path.split("/");
            for (int i = 0; i + 1 < parts.length; i++) {
                if (parts[i].equals("products")) {
                    boolean release = i + 3 < parts.length && parts[i + 2].equals("releases");
                    names.add(new Name(
                            parts[i + 1],
                            release ? URLDecoder.decode(parts[i + 3], StandardCharsets.UTF_8) : null,
                            true));
                    return;
                }
            }
        } catch (IllegalArgumentException _) {
            // no address, so none of ours
        }
    }

    private static String words(Identity identity) {
        if (!identity.purls().isEmpty()) {
            return identity.purls().getFirst().toString();
        }
        if (identity.name() != null) {
            return identity.version() == null ? identity.name() : identity.name() + " " + identity.version();
        }
        return !identity.cpes().isEmpty()
                ? identity.cpes().getFirst()
                : identity.ref() == null ? "what it names by a digest only" : identity.ref();
    }

    private static String cut(String text) {
        return text.length() > 120 ? text.substring(0, 120) + "…" : text;
    }
}
