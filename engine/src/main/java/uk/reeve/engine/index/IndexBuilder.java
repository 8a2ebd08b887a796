package uk.reeve.engine.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.advisory.OsvRecord;
import uk.reeve.engine.version.Ecosystem;
import uk.reeve.engine.version.VersionOrder;

/// Takes records one by one and writes the index. A record given twice counts once, as its latest change says it.
public final class IndexBuilder {

    private static final int[] NONE = {};

    private final VersionPool versions = new VersionPool();
    private final StringPool strings = new StringPool();
    private final Map<String, Draft> drafts = new HashMap<>();
    private final Map<String, Place> places = new HashMap<>(); // by OSV's word, of which several may be one place
    private final List<Place> allPlaces = new ArrayList<>();
    private final TreeMap<String, Source> sources = new TreeMap<>();
    private final TreeMap<String, Integer> unknownEcosystems = new TreeMap<>();

    private final boolean prose;

    /// @param prose whether summaries are kept; false leaves facts only
    public IndexBuilder(boolean prose) {
        this.prose = prose;
    }

    /// An ecosystem, or a release of one, with its packages by their match keys.
    private static final class Place {
        final Ecosystem ecosystem;
        final String release;
        final Map<String, PackageDraft> packages = new HashMap<>();

        Place(Ecosystem ecosystem, String release) {
            this.ecosystem = ecosystem;
            this.release = release;
        }
    }

    private static final class PackageDraft {
        final String name;
        final List<EntryDraft> entries = new ArrayList<>(2);

        PackageDraft(String name) {
            this.name = name;
        }
    }

    private static final class Draft {
        final OsvRecord record;
        final boolean notice;
        final int source;
        boolean dead;
        int number;

        Draft(OsvRecord record, boolean notice, int source) {
            this.record = record;
            this.notice = notice;
            this.source = source;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by hand
    private record EntryDraft(Draft draft, int source, int urgency, List<Span> spans, int[] listed) {}

    /// The versions that an entry names, worked out.
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    private record Named(OsvRecord.Affected affected, VersionOrder order, List<Span> spans, int[] listed) {

        /// Whether these are the versions of this entry, too.
        boolean fits(OsvRecord.Affected other, VersionOrder orderOfOther) {
            return order == orderOfOther
                    && affected.ranges().equals(other.ranges())
                    && affected.versions().equals(other.versions());
        }
    }

    /// Adds a record under the source that it was read from.
    ///
    /// @param source directory of the OSV bucket: `npm`, `Debian`
    public void add(OsvRecord record, String source) {
        Draft known = drafts.get(record.id());
        if (known != null) {
            if (seconds(known.record.modified()) >= seconds(record.modified())) {
                return;
            }
            known.dead = true;
            Source before = sources.computeIfAbsent(strings.get(known.source), Source::new);
            before.records--;
            before.withdrawn -= known.record.withdrawn() == null ? 0 : 1;
        }
        Draft draft = new Draft(slim(record, prose), isNotice(record), strings.number(source));
        drafts.put(record.id(), draft);
        sources.computeIfAbsent(source, Source::new).records++;
        if (record.withdrawn() != null) {
            sources.computeIfAbsent(source, Source::new).withdrawn++;
        }
        Named before = null;
        for (OsvRecord.Affected affected : record.affected()) {
            before = add(draft, affected, before);
        }
    }

    /// Whether nothing was added.
    public boolean isEmpty() {
        return drafts.isEmpty();
    }

    /// Says how fresh a source is and where it came from.
    ///
    /// @param asOf ISO date
    public void source(String name, String asOf, String from) {
        Source source = sources.computeIfAbsent(name, Source::new);
        source.asOf = asOf;
        source.from = from;
    }

    /// Takes every record of an index but those whose id is in `without`, and what it says of its sources.
    public void addAll(AdvisoryIndex index, Set<String> without) throws BadIndex {
        index.records((source, record) -> {
            if (!without.contains(record.id())) {
                add(record, source);
            }
        });
        for (SourceState state : index.sources()) {
            source(state.name(), state.asOf(), state.from());
        }
    }

    /// Writes the index; the file must not exist. The same records give the same bytes, in whatever order they came.
    public void write(Path file) throws IOException {
        List<Draft> live = new ArrayList<>(drafts.values());
        live.sort(Comparator.comparing(d -> d.record.id()));
        for (int i = 0; i < live.size(); i++) {
            live.get(i).number = i;
        }
        Groups groups = new Groups();
        for (Draft draft : live) {
            groups.add(draft.number, draft.record, draft.notice);
        }
        groups.settle();
        StringPool words = new StringPool();
        VersionPool used = new VersionPool();
        Rows records = advisories(live, groups, words);
        new IndexWriter(used, words).write(file, records, groups.list(), packages(words, used), meta());
    }

    /// @param before of the entry before this one; distributions' notices repeat themselves for each product line
    /// @return what this entry names, or `before`
    private @Nullable Named add(Draft draft, OsvRecord.Affected affected, @Nullable Named before) {
        Place place = place(affected.ecosystem());
        if (place == null) {
            unknownEcosystems.merge(affected.ecosystem(), 1, Integer::sum);
            return before;
        }
        if (draft.record.withdrawn() != null) {
            // a withdrawn record never matches; the package is kept for `show` alone
            return before;
        }
        VersionOrder order = place.ecosystem.order();
        Named named = before != null && before.fits(affected, order) ? before : named(order, affected);
        if (named.spans.isEmpty() && named.listed.length == 0) {
            return named;
        }
        EntryDraft entry = new EntryDraft(
                draft,
                strings.number(affected.ecosystem()),
                strings.number(affected.urgency()),
                named.spans,
                named.listed);
        List<EntryDraft> entries = place.packages.computeIfAbsent(
                        place.ecosystem.matchKey(affected.name()), _ -> new PackageDraft(affected.name()))
                .entries;
        // one notice names a package once for each product line, mostly with the same range
        for (int i = entries.size() - 1; i >= 0 && entries.get(i).draft == draft; i--) {
            EntryDraft other = entries.get(i);
            if (other.urgency == entry.urgency
                    && other.spans.equals(entry.spans)
                    && Arrays.equals(other.listed, entry.listed)) {
                return named;
            }
        }
        entries.add(entry);
        return named;
    }

    /// Null where the ecosystem is none of ours.
    private @Nullable Place place(String word) {
        Place known = places.get(word);
        if (known != null) {
            return known;
        }
        Ecosystem ecosystem = Ecosystem.ofOsv(word);
        if (ecosystem == null) {
            return null;
        }
        String release = Releases.lookup(ecosystem, Ecosystem.releaseOf(word));
        Place place = null;
        for (Place other : allPlaces) {
            if (other.ecosystem == ecosystem && other.release.equals(release)) {
                place = other;
            }
        }
        if (place == null) {
            place = new Place(ecosystem, release);
            allPlaces.add(place);
        }
        places.put(word, place);
        return place;
    }

    private Named named(VersionOrder order, OsvRecord.Affected affected) {
        List<Span> spans = new ArrayList<>(2);
        for (OsvRecord.Range range : affected.ranges()) {
            Span.of(order, range.events(), versions, spans);
        }
        int[] listed = NONE;
        int count = 0;
        for (String version : affected.versions()) {
            int number = versions.number(order, version);
            if (!Span.cover(spans, number, versions)) {
                if (count == listed.length) {
                    listed = Arrays.copyOf(listed, Math.max(4, 2 * count));
                }
                listed[count++] = number;
            }
        }
        return new Named(
                affected, order, List.copyOf(spans), count == listed.length ? listed : Arrays.copyOf(listed, count));
    }

    private Rows advisories(List<Draft> live, Groups groups, StringPool words) {
        Rows all = new Rows();
        Ratings ratings = new Ratings();
        for (Draft draft : live) {
            OsvRecord record = draft.record;
            Bytes out = all.next();
            out.text(record.id()).number(words.number(strings.get(draft.source)));
            out.number(seconds(record.modified())).number(seconds(record.published()));
            out.number(record.withdrawn() == null ? 0 : 1 + seconds(record.withdrawn()));
            texts(out, record.aliases());
            texts(out, record.related());
            texts(out, record.upstream());
            ratings.write(out, record, words);
            int[] spoken = groups.spokenOf(draft.number);
            out.number(spoken.length);
            for (int group : spoken) {
                out.number(group);
            }
            out.text(record.summary() == null ? "" : record.summary());
        }
        return all;
    }

    private IndexWriter.Packages packages(StringPool words, VersionPool used) {
        IndexWriter.Packages rows = new IndexWriter.Packages();
        allPlaces.sort(Comparator.comparing((Place p) -> p.ecosystem).thenComparing(p -> p.release));
        for (Place place : allPlaces) {
            List<String> keys = new ArrayList<>(place.packages.keySet());
            keys.sort(null);
            for (String key : keys) {
                PackageDraft target = Objects.requireNonNull(place.packages.get(key));
                List<EntryDraft> entries = new ArrayList<>(target.entries.size());
                for (EntryDraft entry : target.entries) {
                    if (!entry.draft.dead) {
                        entries.add(entry);
                    }
                }
                if (!entries.isEmpty()) {
                    entries.sort(Comparator.comparingInt(x -> x.draft.number));
                    Bytes out = rows.next(place.ecosystem, place.release, key);
                    out.text(target.name.equals(key) ? "" : target.name).number(entries.size());
                    for (EntryDraft entry : entries) {
                        write(out, entry, words, used);
                    }
                }
            }
        }
        return rows;
    }

    private void write(Bytes out, EntryDraft entry, StringPool words, VersionPool used) {
        out.number(entry.draft.number)
                .number(words.number(strings.get(entry.source)))
                .number(words.number(strings.get(entry.urgency)));
        out.number(entry.spans.size());
        for (Span span : entry.spans) {
            out.number(used.take(versions, span.low()))
                    .number(used.take(versions, span.high()) * 2L + (span.included() ? 1 : 0));
        }
        out.number(entry.listed.length);
        for (int version : entry.listed) {
            out.number(used.take(versions, version));
        }
    }

    private String meta() {
        StringBuilder text = new StringBuilder();
        for (Source source : sources.values()) {
            text.append("source\t")
                    .append(source.name)
                    .append('\t')
                    .append(source.records)
                    .append('\t');
            text.append(source.withdrawn)
                    .append('\t')
                    .append(source.asOf)
                    .append('\t')
                    .append(source.from)
                    .append('\n');
        }
        Set<String> covered = new TreeSet<>();
        for (Place place : allPlaces) {
            if (!place.packages.isEmpty()) {
                String name = place.ecosystem.osvName();
                covered.add(place.release.isEmpty() ? name : name + ":" + place.release);
            }
        }
        for (String name : covered) {
            text.append("covers\t").append(name).append('\n');
        }
        unknownEcosystems.forEach((name, count) ->
                text.append("unknown\t").append(name).append('\t').append(count).append('\n'));
        return text.toString();
    }

    private static OsvRecord slim(OsvRecord r, boolean prose) {
        return new OsvRecord(
                r.id(),
                r.modified(),
                r.published(),
                r.withdrawn(),
                List.copyOf(r.aliases()), // without the room to grow that the reader's lists have
                List.copyOf(r.related()),
                List.copyOf(r.upstream()),
                prose ? r.summary() : null,
                r.severityWord(),
                List.copyOf(Ratings.all(r)),
                List.of());
    }

    /// Whether this is a distribution's notice, which speaks of the CVEs that it names.
    private boolean isNotice(OsvRecord record) {
        if (record.id().startsWith("CVE-")) {
            return false;
        }
        for (OsvRecord.Affected affected : record.affected()) {
            Place place = place(affected.ecosystem());
            if (place != null && place.ecosystem.isDistribution()) {
                return true;
            }
        }
        return false;
    }

    private static void texts(Bytes out, List<String> texts) {
        out.number(texts.size());
        for (String text : texts) {
            out.text(text);
        }
    }

    /// Seconds since 1970; 0 for what is before (Go's records are of the year 1), empty or no time.
    static long seconds(String time) {
        return Math.max(0, Times.seconds(time));
    }

    private static final class Source {
        final String name;
        int records;
        int withdrawn;
        String asOf = "";
        String from = "";

        Source(String name) {
            this.name = name;
        }
    }
}
