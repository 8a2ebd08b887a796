package uk.reeve.cli;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.cli.report.Knowledge;
import uk.reeve.cli.report.Report;
import uk.reeve.cli.report.Severity;
import uk.reeve.cli.report.Text;
import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.index.SourceState;
import uk.reeve.engine.index.SupportDates;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.match.Matcher;
import uk.reeve.engine.match.Outcome;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.support.SupportMatcher;
import uk.reeve.engine.version.Ecosystem;
import uk.reeve.scanner.Inventory;

/// Inventory and outcomes to a report: what hides what, what is new, what fails.
final class Assessment {

    private static final int FEW = 100; // records of a source that watches its ecosystem are thousands

    private static final String PRIVATE = "not compared: your own, as reeve.yaml says";

    // Whoever publishes under a private name may wait for a build that asks the wrong registry.
    private static final String KNOWN_NAME = PRIVATE
            + "; but public records name a package called so: make sure that yours comes from your own registry";

    private final ScanOptions options;
    private final Environment environment;
    private final String today;

    Assessment(ScanOptions options, Environment environment) {
        this.options = options;
        this.environment = environment;
        this.today = LocalDate.ofEpochDay(Math.floorDiv(environment.now().getEpochSecond(), 86_400L))
                .toString();
    }

    /// What the index says of each item. Packages of a private name are not compared.
    ///
    /// @param matcher null where there are no advisories at all
    List<Outcome> outcomes(Inventory inventory, @Nullable Matcher matcher) throws BadIndex {
        List<String> patterns = options.rules().privateNames();
        PrivateNames names = patterns.isEmpty() ? null : new PrivateNames(patterns);
        List<Outcome> outcomes = new ArrayList<>(inventory.items().size());
        boolean releases = true;
        for (Inventory.Item item : inventory.items()) {
            Component component = item.component();
            if (names != null && names.has(component)) {
                boolean known = matcher != null
                        && !matcher.records(component, options.distribution()).isEmpty();
                outcomes.add(unasked(component, Outcome.Coverage.PRIVATE, known ? KNOWN_NAME : PRIVATE));
            } else if (matcher == null) {
                String none = "there are no advisories yet: reeve advisories update";
                outcomes.add(unasked(component, Outcome.Coverage.NOT_COVERED, none));
            } else {
                Outcome outcome = matcher.match(component, options.distribution());
                releases &= outcome.coverage() != Outcome.Coverage.UNKNOWN_RELEASE;
                outcomes.add(outcome);
            }
        }
        if (!releases && matcher != null) {
            new UnknownReleases(inventory).infer(outcomes, matcher);
        }
        return outcomes;
    }

    private static Outcome unasked(Component component, Outcome.Coverage coverage, String why) {
        return new Outcome(component, coverage, why, List.of(), null);
    }

    /// @param outcomes one for each item, in their order
    /// @param matcher that they are by; null where there are no advisories at all
    /// @param support until when products are supported; null where nothing is known of that
    Report report(
            List<String> targets,
            Inventory inventory,
            List<Outcome> outcomes,
            @Nullable Matcher matcher,
            Knowledge knowledge,
            @Nullable SupportDates support)
            throws BadIndex {
        DistributionWord word =
                matcher == null ? null : new DistributionWord(inventory, outcomes, matcher, options.distribution());
        List<Report.Row> rows = new ArrayList<>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
            Inventory.Item item = inventory.items().get(i);
            List<Report.Judged> judged =
                    new ArrayList<>(outcomes.get(i).findings().size());
            for (Finding finding : outcomes.get(i).findings()) {
                boolean known = options.baseline() != null && options.baseline().has(item.component(), finding);
                judged.add(new Report.Judged(finding, hiding(inventory, item, finding, word), known));
            }
            rows.add(new Report.Row(item, outcomes.get(i), judged));
        }
        String old = options.maxAge() == null ? null : options.maxAge().stale(knowledge.sources(), environment.now());
        List<Report.Lapse> lapses = lapses(rows, support);
        List<String> failed = options.failOn().met(rows, lapses, old != null);
        return new Report(
                Version.NUMBER,
                environment.now(),
                targets,
                inventory,
                rows,
                lapses,
                hidden(rows, lapses),
                knowledge,
                notes(old, rows, knowledge),
                options.baseline() != null,
                failed,
                status(inventory, rows, knowledge, failed));
    }

    private List<Report.Lapse> lapses(List<Report.Row> rows, @Nullable SupportDates support) throws BadIndex {
        if (support == null) {
            return List.of();
        }
        int day = (int) Math.floorDiv(environment.now().getEpochSecond(), 86_400L);
        Lapses lapses = new Lapses(new SupportMatcher(support, day), options.distribution());
        for (Report.Row row : rows) {
            if (row.outcome().coverage() != Outcome.Coverage.PRIVATE) {
                lapses.add(row);
            }
        }
        return lapses.found(this::hiding, options.baseline());
    }

    private Report.@Nullable Hiding hiding(Report.Lapse lapse) {
        Report.Hiding hiding = null;
        for (List<Rule> rules : List.of(options.rules().rules(), options.ignored())) {
            for (Rule rule : rules) {
                Report.Hiding by = rule.hides(lapse, today);
                hiding = hiding == null ? by : hiding;
            }
        }
        return hiding;
    }

    private Report.@Nullable Hiding hiding(
            Inventory inventory, Inventory.Item item, Finding finding, @Nullable DistributionWord word)
            throws BadIndex {
        Report.Hiding hiding = options.vex().hides(inventory, item, finding);
        if (hiding != null) {
            return hiding;
        }
        for (Rule rule : options.rules().rules()) {
            Report.Hiding by = rule.hides(item, finding, today);
            hiding = hiding == null ? by : hiding; // every rule that fits is asked, so that none seems unused
        }
        for (Rule rule : options.ignored()) {
            Report.Hiding by = rule.hides(item, finding, today);
            hiding = hiding == null ? by : hiding;
        }
        if (hiding == null && word != null) {
            hiding = word.hides(item, finding);
        }
        return hiding != null ? hiding : filtered(finding);
    }

    // What is malicious, known to be exploited, or rated by nobody is never too mild to be shown.
    private Report.@Nullable Hiding filtered(Finding finding) {
        String least = options.minSeverity();
        int level = Severity.level(finding.severity());
        boolean mild = least != null && level >= 0 && level < Severity.level(least);
        if (mild && finding.kev() == null && !finding.malicious()) {
            return by(Report.Cause.BELOW_SEVERITY, "below " + least);
        }
        boolean fixed = !finding.fixedIn().isEmpty() || finding.lastAffected() != null;
        return options.onlyFixed() && !fixed && !finding.malicious()
                ? by(Report.Cause.NOT_FIXED, "no fixed version is known")
                : null;
    }

    private static Report.Hiding by(Report.Cause cause, String reason) {
        return new Report.Hiding(cause, "", null, null, reason, null, "");
    }

    private static List<Report.HiddenCount> hidden(List<Report.Row> rows, List<Report.Lapse> lapses) {
        Map<Report.Cause, Report.HiddenCount> counts = new EnumMap<>(Report.Cause.class);
        for (Report.Lapse lapse : lapses) {
            count(lapse.hidden(), counts);
        }
        for (Report.Row row : rows) {
            for (Report.Judged judged : row.findings()) {
                count(judged.hidden(), counts);
            }
        }
        return List.copyOf(counts.values());
    }

    private static void count(Report.@Nullable Hiding hiding, Map<Report.Cause, Report.HiddenCount> counts) {
        if (hiding != null) {
            Report.HiddenCount so = counts.get(hiding.cause());
            counts.put(
                    hiding.cause(),
                    so == null
                            ? new Report.HiddenCount(hiding.cause(), 1, hiding.until())
                            : new Report.HiddenCount(
                                    hiding.cause(), so.findings() + 1, sooner(so.until(), hiding.until())));
        }
    }

    private static @Nullable String sooner(@Nullable String one, @Nullable String other) {
        return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
    }

    private boolean withoutSupport(Knowledge knowledge) {
        return knowledge.products() == 0 && options.failOn().words().contains("eol");
    }

    // Where hardly anything is recorded, hardly anything can be found.
    private void thin(List<Report.Row> rows, Knowledge knowledge, List<String> notes) {
        for (SourceState source : knowledge.sources()) {
            Ecosystem ecosystem = Ecosystem.ofOsv(source.name());
            if (ecosystem != null && source.records() < FEW && belong(rows, ecosystem)) {
                notes.add(source.name() + ": only " + Text.count(source.records(), "record", "records")
                        + ", so silence says little.");
            }
        }
    }

    private boolean belong(List<Report.Row> rows, Ecosystem ecosystem) {
        for (Report.Row row : rows) {
            Component component = row.component();
            if (component.purl() != null
                    && component.purl().type().equals(ecosystem.purlType())
                    && Matcher.ecosystems(component, options.distribution()).contains(ecosystem)) {
                return true;
            }
        }
        return false;
    }

    private List<String> notes(@Nullable String old, List<Report.Row> rows, Knowledge knowledge) {
        List<String> notes = new ArrayList<>();
        thin(rows, knowledge, notes);
        if (withoutSupport(knowledge)) {
            notes.add("--fail-on eol could not be judged: there are no dates of support yet;"
                    + " reeve advisories import endoflife.date-products.zip");
        }
        if (old != null) {
            notes.add(old);
        }
        List<Rule> rules = new ArrayList<>(options.rules().rules());
        rules.addAll(options.ignored());
        for (Rule rule : rules) {
            String note = rule.note(today);
            if (note != null) {
                notes.add(note);
            }
        }
        notes.addAll(options.vex().warnings());
        return notes;
    }

    private int status(Inventory inventory, List<Report.Row> rows, Knowledge knowledge, List<String> failed) {
        if (!failed.isEmpty()) {
            return Exit.FAILED;
        }
        boolean incomplete = knowledge.sources().isEmpty() || withoutSupport(knowledge);
        for (Inventory.LedgerLine line : inventory.ledger()) {
            incomplete |= switch (line.kind()) {
                case UNREADABLE, PARTLY_READ -> true;
                case UNLOCKED, NOT_COVERED, SKIPPED -> options.strict();
                case WARNING -> false;
            };
        }
        for (Report.Row row : rows) {
            incomplete |= options.strict() && leftOut(row.outcome().coverage());
        }
        return incomplete ? Exit.INCOMPLETE : Exit.DONE;
    }

    // What is private was left out on purpose.
    private static boolean leftOut(Outcome.Coverage coverage) {
        return coverage != Outcome.Coverage.LOOKED_AT && coverage != Outcome.Coverage.PRIVATE;
    }
}
