package uk.reeve.cli.report;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.index.Advisory;
import uk.reeve.engine.index.AdvisoryIndex;
import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.index.Entry;
import uk.reeve.engine.index.PackageEntries;
import uk.reeve.engine.index.Scores;
import uk.reeve.engine.index.SourceState;
import uk.reeve.engine.match.Confidence;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.match.Outcome;
import uk.reeve.engine.match.Rating;
import uk.reeve.engine.match.Reason;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.support.Standing;
import uk.reeve.engine.version.BadVersion;
import uk.reeve.engine.version.Ecosystem;

/// Why a package is affected, or why it is not, with every step of it.
public final class ExplainReport {

    private static final int FOLDED = 20;

    private final Question question;
    private final Page page;
    private final Look look;

    /// A package and all that the index says of it.
    ///
    /// @param records that name the package, whether they apply or not
    /// @param version that was compared; null where none is told
    /// @param ecosystems where it is looked up; empty where that is not known
    /// @param support how its release stands, and that of its distribution; empty where neither is known
    /// @param today ISO date
    public record Question(
            Component component,
            Outcome outcome,
            List<PackageEntries> records,
            @Nullable String version,
            List<Ecosystem> ecosystems,
            AdvisoryIndex index,
            Scores scores,
            List<Standing> support,
            String today) {}

    private ExplainReport(Question question, Look look) {
        this.question = question;
        this.page = new Page(look);
        this.look = look;
    }

    /// Writes the answer.
    ///
    /// @param id of a flaw or a record, in upper case; null for all
    /// @return whether there was one: false where the package could not be looked at, or no record has that id
    public static boolean write(Question question, @Nullable String id, Look look, OutputStream out)
            throws IOException {
        ExplainReport report = new ExplainReport(question, look);
        boolean answered = id == null ? report.all() : report.one(id);
        report.page.writeTo(out);
        return answered;
    }

    private String subject() {
        String version = question.version() == null ? question.component().version() : question.version();
        return Sentences.name(question.component()) + (version == null ? "" : " " + version);
    }

    private boolean all() throws BadIndex {
        Outcome outcome = question.outcome();
        if (outcome.coverage() != Outcome.Coverage.LOOKED_AT
                && outcome.findings().isEmpty()) {
            refused();
            support();
            page.gap();
            page.paragraph(against(), 0);
            return false;
        }
        List<Finding> findings = outcome.findings();
        if (question.records().isEmpty()) {
            unnamed();
        } else if (findings.isEmpty()) {
            page.line(Page.BOLD, subject() + " has no known flaws.");
        } else {
            page.line(Page.BOLD, subject() + " is affected by " + Text.count(findings.size(), "flaw", "flaws") + ".");
            if (outcome.move() != null && outcome.move().to() != null) {
                String major = outcome.move().major() ? ", a new major version" : "";
                page.paragraph("Move to " + outcome.move().to() + ": nothing is known against it" + major + ".", 0);
            } else if (outcome.move() != null && outcome.move().above() != null) {
                page.paragraph("Move above " + outcome.move().above() + ", the last version known to be affected.", 0);
            } else {
                page.paragraph("No version is known to be free of all of them.", 0);
            }
        }
        Columns columns = new Columns(page, 26, 26, page.columns());
        for (Finding finding : findings) {
            String severity = Text.severity(finding.score(), finding.severity());
            columns.row(
                    finding.malicious() || finding.kev() != null ? Page.RED : "",
                    finding.id(),
                    severity + (finding.kev() == null ? "" : ", exploited") + standing(finding),
                    finding.reasons().getFirst().compared());
        }
        if (!findings.isEmpty()) {
            page.gap();
        }
        columns.print();
        others(findings);
        support();
        page.gap();
        page.paragraph(against(), 0);
        if (!findings.isEmpty()) {
            page.paragraph(
                    "One in full: reeve explain " + Sentences.argument(question.component()) + " "
                            + findings.getFirst().id(),
                    0);
        }
        return true;
    }

    private void refused() {
        String why = String.valueOf(question.outcome().why());
        page.paragraph(subject() + " could not be looked at: " + why + (why.endsWith("?") ? "" : "."), 0);
    }

    // Silence of the records is no all-clear: the name may be misspelt.
    private void unnamed() throws BadIndex {
        Ecosystem ecosystem = question.ecosystems().getFirst();
        int records = 0;
        String asOf = "";
        for (SourceState source : question.index().sources()) {
            if (Ecosystem.ofOsv(source.name()) == ecosystem) {
                records += source.records();
                asOf = source.asOf().isEmpty() ? "" : " as of " + Text.date(source.asOf());
            }
        }
        String held = records == 0 ? "" : " (" + Text.count(records, "record", "records") + asOf + ")";
        page.paragraph(
                "No record names " + Sentences.name(question.component()) + " in " + ecosystem.osvName() + held
                        + ": that is no proof that it is safe; check the spelling.",
                0);
    }

    private void support() {
        for (Standing standing : question.support()) {
            page.gap();
            page.paragraph(SupportWords.sentence(standing, question.today()), 0);
            page.paragraph(standing.product().page(), 2);
        }
    }

    private static String standing(Finding finding) {
        return (finding.confidence() == Confidence.POSSIBLE ? ", possible" : "")
                + (finding.relevance() == null ? "" : ", " + finding.relevance());
    }

    // Records that name the package and do not apply, each with its reason.
    private void others(List<Finding> findings) throws BadIndex {
        List<String> applied = new ArrayList<>();
        for (Finding finding : findings) {
            applied.addAll(Reason.records(finding.reasons()));
        }
        List<String[]> rows = new ArrayList<>();
        for (PackageEntries entries : question.records()) {
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.entry(i);
                Advisory advisory = question.index().advisory(entry.advisory());
                if (!applied.contains(advisory.id())) {
                    rows.add(new String[] {advisory.id(), why(entries, entry, advisory)});
                }
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        page.gap();
        page.line(
                Page.BOLD,
                Text.count(rows.size(), "record names it and does not apply", "records name it and do not apply"));
        Columns columns = new Columns(page, 26, page.columns());
        int shown = look.verbose() ? rows.size() : Math.min(FOLDED, rows.size());
        for (String[] row : rows.subList(0, shown)) {
            columns.row("", row);
        }
        columns.print();
        if (shown < rows.size()) {
            page.line("  and " + Text.count(rows.size() - shown) + " more (--verbose lists them)");
        }
    }

    private String why(PackageEntries entries, Entry entry, Advisory advisory) throws BadIndex {
        if (advisory.withdrawn()) {
            return "withdrawn by its source";
        }
        String range = uk.reeve.engine.match.Sentences.range(question.index(), entry, -1);
        String version = question.version();
        if (version == null) {
            return range + ": no version to compare";
        }
        try {
            PackageEntries.Installed installed =
                    new PackageEntries.Installed(entries.ecosystem().order(), version);
            return switch (entries.test(entry, installed)) {
                case AFFECTED -> range + ": another source's word decides";
                case NOT_AFFECTED -> range + ": " + version + outside(entries, entry, version);
                case UNKNOWN -> range + ": " + version + " cannot be compared with it";
            };
        } catch (BadVersion e) {
            return range + ": " + version + " cannot be compared (" + e.getMessage() + ")";
        }
    }

    // `1.2.0-beta.1` is where people expect 1.2.0 to be, and the order has it before.
    private String outside(PackageEntries entries, Entry entry, String version) throws BadIndex, BadVersion {
        for (int bound : entry.lows()) {
            String low = bound == 0 ? "" : question.index().version(bound);
            boolean longer = !low.isEmpty() && version.startsWith(low) && version.length() > low.length();
            if (longer && entries.ecosystem().order().compare(version, low) < 0) {
                return " is a pre-release of " + low + ", and so before it in "
                        + entries.ecosystem().osvName() + "'s own order";
            }
        }
        return " is outside";
    }

    private boolean one(String id) throws BadIndex {
        for (Finding finding : question.outcome().findings()) {
            if (named(finding, id)) {
                affected(finding);
                return true;
            }
        }
        List<String[]> rows = new ArrayList<>();
        for (PackageEntries entries : question.records()) {
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.entry(i);
                Advisory advisory = question.index().advisory(entry.advisory());
                if (named(advisory, id)) {
                    rows.add(new String[] {advisory.id() + ", " + entry.source(), why(entries, entry, advisory)});
                }
            }
        }
        boolean looked = question.outcome().coverage() == Outcome.Coverage.LOOKED_AT;
        boolean exists =
                !rows.isEmpty() || !RecordReport.records(question.index(), id).isEmpty();
        if (!looked) {
            refused();
        } else if (question.records().isEmpty()) {
            unnamed();
        } else if (exists) {
            page.line(Page.BOLD, subject() + " is not affected by " + id + ".");
        }
        if (rows.isEmpty()) {
            page.paragraph(
                    exists
                            ? "The record " + id + " does not name this package."
                            : "No record here has the id " + id + ", so nothing can be said of it; check the spelling.",
                    0);
        } else {
            page.gap();
            Columns columns = new Columns(page, 34, page.columns());
            rows.forEach(row -> columns.row("", row));
            columns.print();
        }
        page.gap();
        page.paragraph(against(), 0);
        return looked && exists;
    }

    private static boolean named(Finding finding, String id) {
        boolean named = finding.id().equalsIgnoreCase(id);
        for (String other : finding.otherIds()) {
            named |= other.equalsIgnoreCase(id);
        }
        for (Reason reason : finding.reasons()) {
            named |= reason.record().equalsIgnoreCase(id);
        }
        return named;
    }

    private static boolean named(Advisory advisory, String id) {
        boolean named = advisory.id().equalsIgnoreCase(id);
        for (String alias : advisory.aliases()) {
            named |= alias.equalsIgnoreCase(id);
        }
        for (String cve : advisory.upstream()) {
            named |= cve.equalsIgnoreCase(id);
        }
        return named;
    }

    private void affected(Finding finding) throws BadIndex {
        String others = finding.otherIds().isEmpty() ? "" : " (" + String.join(", ", finding.otherIds()) + ")";
        String verb = finding.malicious()
                ? " is malicious by "
                : finding.confidence() == Confidence.POSSIBLE ? " is possibly affected by " : " is affected by ";
        page.paragraph(subject() + verb + finding.id() + others + ".", 0);
        page.gap();
        Columns columns = new Columns(page, 12, page.columns());
        for (Reason reason : finding.reasons()) {
            String changed = reason.modified().isEmpty() ? "" : ", changed " + Text.date(reason.modified());
            columns.row("", "Record", reason.record() + ", " + reason.source() + changed);
            columns.row("", "Range", reason.range());
            columns.row("", "Compared", reason.compared());
        }
        for (String[] row : disagreeing(finding)) {
            columns.row("", "But", row[0] + ", does not apply; " + row[1]);
        }
        columns.row("", "Confidence", confidence(finding));
        severities(columns, finding);
        columns.row("", "Exploited", exploited(finding));
        columns.row("", "Fixed in", fixed(finding));
        if (finding.unimportant()) {
            columns.row(
                    "",
                    "Standing",
                    "headers only".equals(finding.relevance())
                            ? "these are the kernel's headers, and its flaws are in the kernel"
                            : "the distribution says that it is unimportant");
        }
        columns.print();
        page.gap();
        page.paragraph(against(), 0);
    }

    // Records of the same flaw that name the package and say otherwise, or were withdrawn.
    private List<String[]> disagreeing(Finding finding) throws BadIndex {
        List<String> applied = Reason.records(finding.reasons());
        List<String[]> rows = new ArrayList<>();
        for (PackageEntries entries : question.records()) {
            for (int i = 0; i < entries.size(); i++) {
                Advisory advisory = question.index().advisory(entries.entry(i).advisory());
                boolean same =
                        named(advisory, finding.id()) || finding.otherIds().contains(advisory.id());
                if (same && !applied.contains(advisory.id())) {
                    rows.add(new String[] {
                        advisory.id() + ", " + entries.entry(i).source(), why(entries, entries.entry(i), advisory)
                    });
                }
            }
        }
        return rows;
    }

    private static String confidence(Finding finding) {
        String name = finding.reasons().getFirst().packageName();
        return finding.confidence() == Confidence.EXACT
                ? "exact: the record names the package " + name
                : "possible: the package or its version is not certain; shown, never counted";
    }

    private static void severities(Columns columns, Finding finding) {
        if (finding.ratings().isEmpty()) {
            columns.row("", "Severity", "unrated");
        }
        for (Rating rating : finding.ratings()) {
            String vector = rating.vector() == null ? "" : "   " + rating.vector();
            columns.row(
                    "", "Severity", Text.severity(rating.score(), rating.word()) + vector + "   by " + rating.source());
        }
    }

    private String exploited(Finding finding) {
        String kev;
        if (finding.kev() != null) {
            kev = "known to be exploited, in KEV since "
                    + Text.date(finding.kev().added()) + (finding.kev().ransomware() ? ", by ransomware too" : "");
        } else {
            String of = question.scores().kevAsOf();
            kev = of.isEmpty() ? "no KEV list here" : "not in KEV (of " + Text.date(of) + ")";
        }
        Finding.Epss epss = finding.epss();
        if (epss == null) {
            return kev;
        }
        long tenThousandths = Math.round(epss.score() * 10_000);
        String digits = Long.toString(10_000 + tenThousandths).substring(1);
        String score = tenThousandths >= 10_000 ? "1.0000" : "0." + digits;
        return kev + "; EPSS " + score + ", higher than " + Math.round(epss.percentile() * 100) + " % of all flaws";
    }

    private String fixed(Finding finding) {
        if (finding.fixedIn().isEmpty()) {
            return finding.lastAffected() == null
                    ? "no version known"
                    : "some version above " + finding.lastAffected() + ", the last known to be affected";
        }
        String list = Text.list(finding.fixedIn());
        if (question.outcome().move() == null || question.outcome().move().to() == null) {
            return list + "; no version is known to be free of the package's other flaws";
        }
        return list + "; nothing known against " + question.outcome().move().to();
    }

    private String against() throws BadIndex {
        List<SourceState> sources = question.index().sources();
        List<String> named = new ArrayList<>();
        for (PackageEntries entries : question.records()) {
            for (SourceState source : sources) {
                boolean same = Objects.equals(
                        source.name().toLowerCase(Locale.ROOT),
                        entries.ecosystem().osvName().toLowerCase(Locale.ROOT));
                String from = source.from().isEmpty() ? "" : " (" + source.from() + ")";
                String text = source.name() + " advisories"
                        + (source.asOf().isEmpty() ? "" : " as of " + Text.date(source.asOf())) + from;
                if (same && !named.contains(text)) {
                    named.add(text);
                }
            }
        }
        return named.isEmpty()
                ? "Looked up in " + Text.count(sources.size(), "source", "sources") + " of advisories."
                : "Looked up in " + Text.list(named) + ".";
    }

    /// ISO date of seconds since 1970; empty for 0.
    static String date(long seconds) {
        return seconds == 0 ? "" : Instant.ofEpochSecond(seconds).toString().substring(0, 10);
    }
}
