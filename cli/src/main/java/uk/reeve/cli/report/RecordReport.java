package uk.reeve.cli.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import uk.reeve.engine.index.Advisory;
import uk.reeve.engine.index.AdvisoryIndex;
import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.index.Entry;
import uk.reeve.engine.index.PackageEntries;
import uk.reeve.engine.index.Scores;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.match.Rating;
import uk.reeve.engine.match.Sentences;

/// A flaw as its records tell it: those that share an id stand side by side.
public final class RecordReport {

    private RecordReport() {}

    /// Writes what the records of an id say.
    ///
    /// @param id of a record or of a flaw, in any case
    /// @return whether any record has it
    public static boolean write(AdvisoryIndex index, Scores scores, String id, OutputStream out) throws IOException {
        List<Advisory> records = records(index, id);
        Page page = new Page(Look.PLAIN);
        if (records.isEmpty()) {
            page.line("No record has the id " + id + ".");
            page.writeTo(out);
            return false;
        }
        page.line(Text.count(records.size(), "record tells", "records tell") + " of " + id + ".");
        Finding.Kev kev = scores.kev(id);
        if (kev != null) {
            page.line("It is known to be exploited, in KEV since " + Text.date(kev.added()) + ".");
        }
        for (Advisory record : records) {
            if (record.withdrawn()) {
                page.paragraph(record.id() + " was withdrawn by its source, and matches nothing.", 0);
            }
        }
        Disagreement disagreement = new Disagreement();
        List<List<String>> ranges = new ArrayList<>();
        for (Advisory record : records) {
            ranges.add(ranges(index, record, disagreement));
            disagreement.severity(record);
        }
        for (String sentence : disagreement.sentences()) {
            page.paragraph(sentence, 0);
        }
        for (int i = 0; i < records.size(); i++) {
            page.gap();
            record(records.get(i), ranges.get(i), page);
        }
        page.writeTo(out);
        return true;
    }

    static List<Advisory> records(AdvisoryIndex index, String id) throws BadIndex {
        List<Advisory> records = new ArrayList<>();
        for (int i = 0; i < index.advisoryCount(); i++) {
            Advisory advisory = index.advisory(i);
            boolean named = advisory.id().equalsIgnoreCase(id);
            for (String alias : advisory.aliases()) {
                named |= alias.equalsIgnoreCase(id);
            }
            for (String upstream : advisory.upstream()) {
                named |= upstream.equalsIgnoreCase(id);
            }
            if (named) {
                records.add(advisory);
            }
        }
        return records;
    }

    private static void record(Advisory record, List<String> ranges, Page page) {
        String withdrawn = record.withdrawn() ? " (withdrawn by its source)" : "";
        page.line(record.id() + ", " + record.source() + withdrawn);
        Columns columns = new Columns(page, 12, page.columns());
        if (!record.aliases().isEmpty()) {
            columns.row("", "Also", String.join(", ", record.aliases()));
        }
        if (!record.upstream().isEmpty()) {
            columns.row("", "Of", String.join(", ", record.upstream()));
        }
        if (record.modified() > 0) {
            columns.row("", "Changed", Text.date(ExplainReport.date(record.modified())));
        }
        for (Rating rating : record.ratings()) {
            String vector = rating.vector() == null ? "" : "   " + rating.vector();
            columns.row("", "Severity", Text.severity(rating.score(), rating.word()) + vector);
        }
        for (String range : ranges) {
            columns.row("", "Affects", range);
        }
        columns.print();
    }

    private static List<String> ranges(AdvisoryIndex index, Advisory record, Disagreement disagreement)
            throws BadIndex {
        List<String> ranges = new ArrayList<>();
        index.packages((PackageEntries entries) -> {
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.entry(i);
                if (entry.advisory() == record.number()) {
                    String name = entry.source() + " " + entries.name();
                    String range = Sentences.range(index, entry, -1);
                    ranges.add(name + ": " + range);
                    disagreement.range(record, name, range);
                }
            }
        });
        return ranges;
    }
}
