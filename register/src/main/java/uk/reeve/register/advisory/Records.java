package uk.reeve.register.advisory;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.engine.index.Advisory;
import uk.reeve.engine.index.AdvisoryIndex;
import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.index.Entry;
import uk.reeve.engine.index.Group;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.match.Rating;

/// What the advisories tell of a vulnerability, whether anything here is affected or not.
@Service
public class Records {

    private static final int KEPT = 500;
    private static final int MOST_PACKAGES = 200;

    private final AdvisoryLibrary library;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private volatile @Nullable Names names;
    private final Map<String, Told> told = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Told> eldest) {
            return size() > KEPT;
        }
    });

    Records(AdvisoryLibrary library, JdbcClient jdbc, TransactionTemplate transactions) {
        this.library = library;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /// One source's record.
    ///
    /// @param changed null where it tells none
    public record Source(
            String id,
            String source,
            @Nullable LocalDate changed,
            boolean withdrawn,
            @Nullable Rating rating) {}

    /// A package that it affects.
    ///
    /// @param fixedIn versions that end its ranges; empty where no fix is known
    public record Affected(String ecosystem, String name, List<String> fixedIn) {}

    /// @param names all, the preferred one first
    /// @param packages at most 200, by ecosystem and name
    public record Told(
            List<String> names,
            List<Source> sources,
            List<Affected> packages,
            Finding.@Nullable Kev kev,
            Finding.@Nullable Epss epss) {

        public String name() {
            return names.getFirst();
        }

        public boolean withdrawn() {
            return sources.stream().allMatch(Source::withdrawn);
        }

        /// The highest rating of all sources; null where none rates it.
        public @Nullable Rating rating() {
            Rating highest = null;
            for (Source source : sources) {
                Rating rating = source.rating();
                highest = rating != null && (highest == null || rating.score() > highest.score()) ? rating : highest;
            }
            return highest;
        }

        public boolean malicious() {
            return names.stream().anyMatch(name -> name.startsWith("MAL-"));
        }
    }

    /// Where each name leads: names by their hashes, in order, with the number of their group.
    private record Names(String stamp, long[] keys) {

        /// Groups that may have the name.
        List<Integer> groups(String name) {
            int hash = name.hashCode();
            int at = Arrays.binarySearch(keys, (long) hash << 32);
            List<Integer> groups = new ArrayList<>(1);
            for (int i = at < 0 ? -at - 1 : at; i < keys.length && (int) (keys[i] >> 32) == hash; i++) {
                groups.add((int) keys[i]);
            }
            return groups;
        }
    }

    /// A name as its source spells it: `cve-2021-44228` is `CVE-2021-44228`.
    public static String spelt(String name) {
        String upper = name.strip().toUpperCase(Locale.ROOT);
        return upper.startsWith("GHSA-")
                ? "GHSA-" + upper.substring(5).toLowerCase(Locale.ROOT)
                : upper.startsWith("CVE-") ? upper : name.strip();
    }

    /// By any of its names. One that is held back is not known. In no transaction: who waits for another's look at all
    /// packages holds no connection meanwhile.
    public Optional<Told> of(String name) {
        try {
            AdvisoryLibrary.Edition edition = library.current();
            for (int number : names(edition).groups(name)) {
                Group group = edition.index().group(number);
                if (group.ids().contains(name)) {
                    return heldBack(group.ids()) ? Optional.empty() : Optional.of(told(group, edition));
                }
            }
            return Optional.empty();
        } catch (BadIndex e) {
            throw new IllegalStateException("The advisory index is damaged: " + e.getMessage(), e);
        }
    }

    private boolean heldBack(List<String> ids) {
        return Boolean.TRUE.equals(transactions.execute(_ -> jdbc.sql("SELECT is_held_back(:names)")
                .param("names", ids.toArray(String[]::new))
                .query(Boolean.class)
                .single()));
    }

    private synchronized Names names(AdvisoryLibrary.Edition edition) throws BadIndex {
        Names known = names;
        if (known == null || !known.stamp().equals(edition.stamp())) {
            AdvisoryIndex index = edition.index();
            long[] keys = new long[index.groupCount() * 2];
            int n = 0;
            for (int number = 0; number < index.groupCount(); number++) {
                for (String id : index.group(number).ids()) {
                    if (n == keys.length) {
                        keys = Arrays.copyOf(keys, n * 2);
                    }
                    keys[n++] = (long) id.hashCode() << 32 | number;
                }
            }
            keys = Arrays.copyOf(keys, n);
            Arrays.sort(keys);
            known = new Names(edition.stamp(), keys);
            names = known;
            told.clear();
        }
        return known;
    }

    private Told told(Group group, AdvisoryLibrary.Edition edition) throws BadIndex {
        String key = edition.stamp() + " " + group.ids().getFirst();
        Told known = told.get(key);
        if (known == null) {
            known = read(group, edition);
            told.put(key, known);
        }
        return known;
    }

    /// One at a time: each reads all packages.
    private synchronized Told read(Group group, AdvisoryLibrary.Edition edition) throws BadIndex {
        AdvisoryIndex index = edition.index();
        List<Source> sources = new ArrayList<>();
        TreeSet<Integer> numbers = new TreeSet<>(group.advisories());
        for (int number : numbers) {
            Advisory advisory = index.advisory(number);
            sources.add(new Source(
                    advisory.id(),
                    advisory.source(),
                    advisory.modified() <= 0
                            ? null
                            : LocalDate.ofInstant(Instant.ofEpochSecond(advisory.modified()), java.time.ZoneOffset.UTC),
                    advisory.withdrawn(),
                    advisory.ratings().isEmpty() ? null : advisory.ratings().getFirst()));
        }
        Map<String, TreeSet<String>> fixes = new TreeMap<>();
        index.packages(entries -> {
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.entry(i);
                String name = entry.source() + "\n" + entries.name();
                if (numbers.contains(entry.advisory()) && (fixes.size() < MOST_PACKAGES || fixes.containsKey(name))) {
                    TreeSet<String> fixed = fixes.computeIfAbsent(name, _ -> new TreeSet<>());
                    for (int s = 0; s < entry.highs().length; s++) {
                        if (entry.highs()[s] != 0 && !entry.includes()[s]) {
                            fixed.add(index.version(entry.highs()[s]));
                        }
                    }
                }
            }
        });
        List<Affected> packages = new ArrayList<>();
        fixes.forEach((name, fixed) -> {
            int line = name.indexOf('\n');
            packages.add(new Affected(name.substring(0, line), name.substring(line + 1), List.copyOf(fixed)));
        });
        String name = group.ids().getFirst();
        return new Told(
                group.ids(),
                sources,
                packages,
                edition.scores().kev(name),
                edition.scores().epss(name));
    }

    /// The sentence of our own on it; null where none was written.
    static @Nullable String sentence(String name) {
        return Titles.of(name);
    }

    static String heading(String name) {
        String sentence = Titles.of(name);
        int end = sentence == null ? -1 : sentence.indexOf(':');
        return end < 0 ? name : Objects.requireNonNull(sentence).substring(0, end) + " (" + name + ")";
    }
}
