package uk.reeve.register.estate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Matching;
import uk.reeve.register.catalogue.NameKey;
import uk.reeve.register.catalogue.Products;

/// From a pasted list to systems: kept as a draft, matched with the catalogue, then added all at once or not at all.
@Service
public class Adding {

    private final JdbcClient jdbc;
    private final Matching matching;
    private final Products products;
    private final Systems systems;

    Adding(JdbcClient jdbc, Matching matching, Products products, Systems systems) {
        this.jdbc = jdbc;
        this.matching = matching;
        this.products = products;
        this.systems = systems;
    }

    /// A draft beside what the catalogue says of it now.
    public record Check(String draft, Pasted pasted, List<Guess> guesses) {}

    /// Keeps a list for its person, for a week.
    ///
    /// @return the draft's reference
    @Transactional
    public String begin(String list) {
        jdbc.sql("DELETE FROM system_draft WHERE begun_at < now() - interval '7 days'")
                .update();
        return jdbc.sql("""
                INSERT INTO system_draft (organisation_id, person_id, list) VALUES (:council, :person, :list)
                RETURNING ref
                """)
                .param("council", Asking.person().organisation())
                .param("person", Asking.person().person())
                .param("list", list)
                .query(String.class)
                .single();
    }

    /// A list of one line, that the council runs this.
    ///
    /// @param product last part of its address
    /// @param release id or version; empty where only the product is known
    /// @return empty where there is no such product for who asks
    @Transactional(readOnly = true)
    public String line(String product, String release) {
        return products.find(product)
                .map(found -> quoted(found.name())
                        + products.release(found.id(), release)
                                .map(Products.Release::version)
                                .filter(version -> version.equals(quoted(version)))
                                .map(version -> ", " + version)
                                .orElse(""))
                .orElse("");
    }

    private static String quoted(String text) {
        return text.matches("[^,;\t\"\n\r]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    @Transactional(readOnly = true)
    public Optional<String> draft(String ref) {
        return jdbc.sql("SELECT list FROM system_draft WHERE ref = :ref")
                .param("ref", ref)
                .query(String.class)
                .optional();
    }

    @Transactional(readOnly = true)
    public Optional<Check> check(String ref) {
        return draft(ref).map(list -> {
            Pasted pasted = Pasted.of(list);
            return new Check(ref, pasted, guesses(pasted));
        });
    }

    /// Adds what was chosen and forgets the draft; the second time there is none.
    ///
    /// @param chosen values of choices by row; a row without one is skipped
    /// @return references of the systems added; null where there is no such draft
    @Transactional
    public @Nullable List<String> add(String draft, Map<Integer, String> chosen) {
        String list = jdbc.sql("DELETE FROM system_draft WHERE ref = :ref RETURNING list")
                .param("ref", draft)
                .query(String.class)
                .optional()
                .orElse(null);
        if (list == null) {
            return null;
        }
        Map<String, UUID> fresh = new HashMap<>();
        List<String> added = new ArrayList<>();
        for (Guess guess : guesses(Pasted.of(list))) {
            Guess.Choice choice = guess.choice(chosen.getOrDefault(guess.line().row(), Guess.SKIP))
                    .orElse(null);
            if (choice != null && !choice.value().equals(Guess.SKIP)) {
                added.add(add(guess.line(), choice, fresh));
            }
        }
        return added;
    }

    /// Adds one system of a product that is known, or of none.
    ///
    /// @param version null where it is not known; needs a product. A release of it that is missing is listed
    @Transactional
    public String add(@Nullable UUID product, @Nullable String version, Systems.Changed told) {
        return systems.add(new Systems.New(
                told.name(),
                product,
                product == null || version == null ? null : products.addRelease(product, version, null, null),
                told.service(),
                told.hosting(),
                told.exposure(),
                told.personalData(),
                told.owner().isEmpty() ? null : told.owner()));
    }

    /// Records that a system of a known product now runs another version, which is listed where it is missing.
    @Transactional
    public void upgrade(Systems.Row system, String version) {
        UUID product = Objects.requireNonNull(system.productId());
        systems.upgrade(system.ref(), products.addRelease(product, version, null, null));
    }

    private String add(Pasted.Line line, Guess.Choice choice, Map<String, UUID> fresh) {
        UUID product = choice.product() != null
                ? choice.product()
                : fresh.computeIfAbsent(key(choice.system()), _ -> products.listMissing(choice.system()));
        UUID release = choice.version() == null
                ? choice.release()
                : products.addRelease(product, choice.version(), null, null);
        return systems.add(new Systems.New(
                choice.system(),
                product,
                release,
                line.service(),
                "own",
                "unknown",
                line.owner().isEmpty() ? null : line.owner()));
    }

    /// By which two rows name the same new product; a name without letters and digits only equals itself.
    private static String key(String name) {
        String key = NameKey.of(name);
        return key.isEmpty() ? name : key;
    }

    private List<Guess> guesses(Pasted pasted) {
        Set<String> names = new HashSet<>();
        Set<String> versions = new HashSet<>();
        for (Pasted.Line line : pasted.lines()) {
            names.add(line.name());
            names.add(line.stem());
            versions.add(line.anyVersion());
        }
        Map<String, List<Matching.Candidate>> found = matching.of(names, versions);
        Set<String> listed = listed(names);
        return pasted.lines().stream()
                .map(line -> Guess.of(
                        line,
                        found,
                        listed.contains(line.name().toLowerCase(Locale.ROOT))
                                || listed.contains(line.stem().toLowerCase(Locale.ROOT))))
                .toList();
    }

    private Set<String> listed(Set<String> names) {
        return new HashSet<>(jdbc.sql("""
                SELECT DISTINCT lower(name) FROM system WHERE retired_on IS NULL AND lower(name) = ANY (:names)
                """)
                .param(
                        "names",
                        names.stream()
                                .map(name -> name.toLowerCase(Locale.ROOT))
                                .toArray(String[]::new))
                .query(String.class)
                .list());
    }
}
