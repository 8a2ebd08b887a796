package uk.reeve.engine.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import uk.reeve.engine.advisory.OsvRecord;
import uk.reeve.engine.version.Ecosystem;

/// Takes records one by one and writes the index. A record given twice counts once, as its latest change says it.
public final class IndexBuilder {

    private final VersionPool versions = new VersionPool();
    private final StringPool strings = new StringPool();
    private final Map<String, Draft> drafts = new HashMap<>();
    private final Map<PackageId, PackageDraft> packages = new HashMap<>();
    private final TreeMap<String, Source> sources = new TreeMap<>();
    private final TreeMap<String, Integer> unknownEcosystems = new TreeMap<>();

    private final boolean prose;

    /// @param prose whether summaries are kept; false leaves facts only
    public IndexBuilder(boolean prose) {
        this.prose = prose;
    }

    private record PackageId(Ecosystem ecosystem, String release, String key) {}

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

    private record EntryDraft(Draft draft, int source, int urgency, List<Span> spans, List<Integer> listed) {}

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
        for (OsvRecord.Affected affected : record.affected()) {
            add(draft, affected);
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
        List<Bytes> records = advisories(live, groups, words);
        new IndexWriter(used, words).write(file, records, groups.list(), packages(words, used), meta());
    }

    private void add(Draft draft, OsvRecord.Affected affected) {
        Ecosystem ecosystem = Ecosystem.ofOsv(affected.ecosystem());
        if (ecosystem == null) {
            unknownEcosystems.merge(affected.ecosystem(), 1, Integer::sum);
            return;
        }
        if (draft.record.withdrawn() != null) {
            // a withdrawn record never matches; the package is kept for `show` alone
            return;
        }
        String release = Releases.lookup(ecosystem, Ecosystem.releaseOf(affected.ecosystem()));
        List<Span> spans = new ArrayList<>();
        for (OsvRecord.Range range : affected.ranges()) {
            Span.of(ecosystem.order(), range.events(), versions, spans);
        }
        List<Integer> listed = new ArrayList<>();
        for (String version : affected.versions()) {
            int number = versions.number(ecosystem.order(), version);
            if (!Span.cover(spans, number, versions)) {
                listed.add(number);
            }
        }
        if (spans.isEmpty() && listed.isEmpty()) {
            return;
        }
        EntryDraft entry = new EntryDraft(
                draft, strings.number(affected.ecosystem()), strings.number(affected.urgency()), spans, listed);
        PackageDraft target = packages.computeIfAbsent(
                new PackageId(ecosystem, release, ecosystem.matchKey(affected.name())),
                _ -> new PackageDraft(affected.name()));
        // one notice names a package once for each product line, mostly with the same range
        for (int i = target.entries.size() - 1; i >= 0 && target.entries.get(i).draft == draft; i--) {
            EntryDraft other = target.entries.get(i);
            if (other.spans.equals(spans) && other.listed.equals(listed) && other.urgency == entry.urgency) {
                return;
            }
        }
        target.entries.add(entry);
    }

    private List<Bytes> advisories(List<Draft> live, Groups groups, StringPool words) {
        List<Bytes> all = new ArrayList<>(live.size());
        for (Draft draft : live) {
            OsvRecord record = draft.record;
            Bytes out = new Bytes();
            out.text(record.id()).number(words.number(strings.get(draft.source)));
            out.number(seconds(record.modified())).number(seconds(record.published()));
            out.number(record.withdrawn() == null ? 0 : 1 + seconds(record.withdrawn()));
            texts(out, record.aliases());
            texts(out, record.related());
            texts(out, record.upstream());
            Ratings.write(out, record, words);
            int[] spoken = groups.spokenOf(draft.number);
            out.number(spoken.length);
            for (int group : spoken) {
                out.number(group);
            }
            out.text(record.summary() == null ? "" : record.summary());
            all.add(out);
        }
        return all;
    }

    private List<IndexWriter.PackageRow> packages(StringPool words, VersionPool used) {
        List<Map.Entry<PackageId, PackageDraft>> sorted = new ArrayList<>(packages.entrySet());
        sorted.sort(Comparator.comparing((Map.Entry<PackageId, PackageDraft> e) -> e.getKey().ecosystem)
                .thenComparing(e -> e.getKey().release)
                .thenComparing(e -> e.getKey().key));
        List<IndexWriter.PackageRow> rows = new ArrayList<>(sorted.size());
        for (Map.Entry<PackageId, PackageDraft> e : sorted) {
            List<EntryDraft> entries = new ArrayList<>();
            for (EntryDraft entry : e.getValue().entries) {
                if (!entry.draft.dead) {
                    entries.add(entry);
                }
            }
            if (entries.isEmpty()) {
                continue;
            }
            entries.sort(Comparator.comparingInt(x -> x.draft.number));
            Bytes out = new Bytes();
            PackageId id = e.getKey();
            out.number(id.ecosystem.ordinal()).text(id.release).text(id.key);
            out.text(e.getValue().name.equals(id.key) ? "" : e.getValue().name);
            out.number(entries.size());
            for (EntryDraft entry : entries) {
                out.number(entry.draft.number)
                        .number(words.number(strings.get(entry.source)))
                        .number(words.number(strings.get(entry.urgency)));
                out.number(entry.spans.size());
                for (Span span : entry.spans) {
                    out.number(used.take(versions, span.low()))
                            .number(used.take(versions, span.high()) * 2L + (span.included() ? 1 : 0));
                }
                out.number(entry.listed.size());
                for (int version : entry.listed) {
                    out.number(used.take(versions, version));
                }
            }
            rows.add(new IndexWriter.PackageRow(id.ecosystem, id.release, id.key, out));
        }
        return rows;
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
        for (PackageId id : packages.keySet()) {
            covered.add(id.release.isEmpty() ? id.ecosystem.osvName() : id.ecosystem.osvName() + ":" + id.release);
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
                r.aliases(),
                r.related(),
                r.upstream(),
                prose ? r.summary() : null,
                r.severityWord(),
                Ratings.all(r),
                List.of());
    }

    /// Whether this is a distribution's notice, which speaks of the CVEs that it names.
    private static boolean isNotice(OsvRecord record) {
        if (record.id().startsWith("CVE-")) {
            return false;
        }
        for (OsvRecord.Affected affected : record.affected()) {
            Ecosystem ecosystem = Ecosystem.ofOsv(affected.ecosystem());
            if (ecosystem != null && ecosystem.isDistribution()) {
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
