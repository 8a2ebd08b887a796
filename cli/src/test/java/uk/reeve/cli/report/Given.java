package uk.reeve.cli.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.index.SourceState;
import uk.reeve.engine.match.Confidence;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.match.Move;
import uk.reeve.engine.match.Outcome;
import uk.reeve.engine.match.Rating;
import uk.reeve.engine.match.Reason;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Place;
import uk.reeve.engine.sbom.Scope;
import uk.reeve.engine.support.Cycle;
import uk.reeve.engine.support.Product;
import uk.reeve.engine.support.Standing;
import uk.reeve.scanner.Inventory;

/// Reports made by hand.
public final class Given {

    public static final SourceState NPM = new SourceState("npm", 26_094, 55, "2026-03-01", "starter snapshot");

    private final List<Inventory.Item> items = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Inventory.LedgerLine> ledger = new ArrayList<>();

    private boolean lapses;

    public static Component component(String purl, Scope scope) {
        try {
            return Component.of(purl, Purl.parse(purl), scope, true, new Place("web/package-lock.json", 7));
        } catch (BadPurl e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static Finding finding(String purl, String id, double score, String fixedIn) {
        Component component = component(purl, Scope.RUNTIME);
        String word = score >= 9 ? "critical" : score >= 7 ? "high" : score >= 4 ? "medium" : "low";
        List<Rating> ratings = score < 0
                ? List.of()
                : List.of(new Rating(id, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", score, word));
        Reason reason = new Reason(
                id, "npm", component.name(), "from the start, before " + fixedIn, "1.0.0 < " + fixedIn, "2025-01-14");
        return new Finding(
                component,
                id,
                List.of("GHSA-" + id.substring(4).toLowerCase()),
                Confidence.EXACT,
                List.of(reason),
                false,
                ratings,
                null,
                null,
                false,
                fixedIn.isEmpty() ? List.of() : List.of(fixedIn),
                null);
    }

    public static Finding exploited(Finding f) {
        return new Finding(
                f.component(),
                f.id(),
                f.otherIds(),
                f.confidence(),
                f.reasons(),
                f.malicious(),
                f.ratings(),
                new Finding.Kev("2025-08-01", true),
                new Finding.Epss(0.91234, 0.99),
                f.unimportant(),
                f.fixedIn(),
                null);
    }

    public static Finding malicious(Finding f) {
        return new Finding(
                f.component(),
                f.id(),
                f.otherIds(),
                f.confidence(),
                f.reasons(),
                true,
                f.ratings(),
                null,
                null,
                false,
                List.of(),
                null);
    }

    public static Finding possible(Finding f) {
        return new Finding(
                f.component(),
                f.id(),
                f.otherIds(),
                Confidence.POSSIBLE,
                f.reasons(),
                false,
                f.ratings(),
                null,
                null,
                false,
                f.fixedIn(),
                null);
    }

    public static Finding unimportant(Finding f) {
        return new Finding(
                f.component(),
                f.id(),
                f.otherIds(),
                f.confidence(),
                f.reasons(),
                false,
                f.ratings(),
                null,
                null,
                true,
                f.fixedIn(),
                null);
    }

    public Given item(String purl, Scope scope, List<String> chain, @Nullable Move move, Finding... findings) {
        Component component = component(purl, scope);
        items.add(new Inventory.Item(
                component, List.of(new Place("web/package-lock.json", 7)), chain.size() == 1, chain, 0, List.of()));
        outcomes.add(new Outcome(component, Outcome.Coverage.LOOKED_AT, null, List.of(findings), move));
        return this;
    }

    public Given item(String purl, @Nullable Move move, Finding... findings) {
        return item(purl, Scope.RUNTIME, List.of(component(purl, Scope.RUNTIME).name()), move, findings);
    }

    /// A component in which nothing is found, and which needs another.
    public Given depending(String purl, String on) {
        Component component = component(purl, Scope.RUNTIME);
        items.add(new Inventory.Item(component, List.of(component.place()), true, List.of(), 0, List.of(on)));
        outcomes.add(new Outcome(component, Outcome.Coverage.LOOKED_AT, null, List.of(), null));
        return this;
    }

    /// A component in which nothing is found, under these licences.
    public Given licensed(String purl, String... licences) {
        Component bare = component(purl, Scope.RUNTIME);
        Component component = new Component(
                bare.ref(),
                bare.purl(),
                bare.group(),
                bare.name(),
                bare.version(),
                bare.type(),
                bare.scope(),
                true,
                null,
                List.of(licences),
                Map.of(),
                List.of(),
                Map.of(),
                bare.place(),
                null);
        items.add(new Inventory.Item(component, List.of(bare.place()), true, List.of(), 0, List.of()));
        outcomes.add(new Outcome(component, Outcome.Coverage.LOOKED_AT, null, List.of(), null));
        return this;
    }

    public Given unknown(String purl, Outcome.Coverage coverage, String why) {
        Component component = component(purl, Scope.RUNTIME);
        items.add(new Inventory.Item(component, List.of(new Place("a.lock", 0)), false, List.of(), 0, List.of()));
        outcomes.add(new Outcome(component, coverage, why, List.of(), null));
        return this;
    }

    public Given ledger(Inventory.LedgerLine.Kind kind, String file, int line, String message) {
        ledger.add(new Inventory.LedgerLine(kind, file, line, message));
        return this;
    }

    public Inventory inventory() {
        return new Inventory(
                items,
                List.of(new Inventory.FileRead("web/package-lock.json", "npm/package-lock", items.size())),
                ledger,
                Map.of());
    }

    public List<Outcome> outcomes() {
        return outcomes;
    }

    public Report report() {
        return report(List.of());
    }

    /// A release whose support has ended, and one of which it ends soon; the first component is of both.
    public Given lapses() {
        lapses = true;
        return this;
    }

    private static List<Report.Lapse> lapses(List<Report.Row> rows) {
        int today = (int) java.time.LocalDate.parse("2026-11-24").toEpochDay();
        Cycle ended = new Cycle("2", "", today - 900, today - 500, today - 400, false, today + 700, 0, "2.9.1");
        Cycle next = new Cycle("3", "", today - 90, 0, today + 30, false, 0, 0, "3.0.1");
        Product pot = new Product("pot", "Pot & Lid", "Pot LTS", "https://pot.example/", List.of(next, ended));
        return List.of(
                new Report.Lapse(
                        new Standing(pot, ended, Standing.State.ENDED, Confidence.EXACT, next),
                        List.of(rows.getFirst()),
                        null,
                        false),
                new Report.Lapse(
                        new Standing(pot, next, Standing.State.ENDING, Confidence.POSSIBLE, null), rows, null, false));
    }

    public Report report(List<String> failed) {
        List<Report.Row> rows = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            List<Report.Judged> judged = new ArrayList<>();
            for (Finding finding : outcomes.get(i).findings()) {
                judged.add(new Report.Judged(finding, null, false));
            }
            rows.add(new Report.Row(items.get(i), outcomes.get(i), judged));
        }
        return of(rows, failed);
    }

    /// One report whose only finding is hidden so.
    public static Report hidden(Report.Hiding hiding) {
        Given given = new Given()
                .item(
                        "pkg:npm/lodash@4.17.20",
                        new Move("4.17.21", null, false),
                        finding("pkg:npm/lodash@4.17.20", "CVE-2021-23337", 7.2, "4.17.21"));
        Report.Row row = given.report().rows().getFirst();
        Report.Judged judged = new Report.Judged(row.findings().getFirst().finding(), hiding, false);
        return given.of(List.of(new Report.Row(row.item(), row.outcome(), List.of(judged))), List.of());
    }

    private Report of(List<Report.Row> rows, List<String> failed) {
        List<Report.HiddenCount> hiding = new ArrayList<>();
        for (Report.Row row : rows) {
            for (Report.Judged judged : row.findings()) {
                if (judged.hidden() != null) {
                    hiding.add(new Report.HiddenCount(
                            judged.hidden().cause(), 1, judged.hidden().until()));
                }
            }
        }
        return new Report(
                "0.1.0",
                Instant.parse("2026-11-24T10:00:00Z"),
                List.of("web"),
                inventory(),
                rows,
                lapses ? lapses(rows) : List.of(),
                hiding,
                new Knowledge(List.of(NPM), "ab12", lapses ? 1 : 0, lapses ? "2026-11-01" : ""),
                List.of(),
                false,
                failed,
                failed.isEmpty() ? 0 : 1);
    }

    /// A little of everything.
    public static Given everything() {
        return new Given()
                .item(
                        "pkg:npm/ansi-html@0.0.7",
                        Scope.DEVELOPMENT,
                        List.of("webpack", "ansi-html"),
                        new Move("0.0.8", null, false),
                        finding("pkg:npm/ansi-html@0.0.7", "CVE-2021-23424", 7.5, "0.0.8"))
                .item(
                        "pkg:npm/braces@2.3.2",
                        new Move("3.0.3", null, true),
                        exploited(finding("pkg:npm/braces@2.3.2", "CVE-2024-4068", 7.5, "3.0.3")),
                        finding("pkg:npm/braces@2.3.2", "CVE-2024-9999", 3.1, "3.0.3"))
                .item(
                        "pkg:npm/left-padd@1.0.3",
                        null,
                        malicious(finding("pkg:npm/left-padd@1.0.3", "MAL-2025-1", -1, "")))
                .item(
                        "pkg:npm/request@2.88.2",
                        Scope.RUNTIME,
                        List.of("jsdom", "request"),
                        null,
                        finding("pkg:npm/request@2.88.2", "CVE-2023-28155", 6.1, ""))
                .item(
                        "pkg:npm/semver@5.0.0",
                        null,
                        possible(finding("pkg:npm/semver@5.0.0", "CVE-2022-25883", 7.5, "5.7.2")))
                .item(
                        "pkg:npm/zlib@1.0.0",
                        null,
                        unimportant(finding("pkg:npm/zlib@1.0.0", "CVE-2023-45853", 9.8, "1.0.1")))
                .unknown("pkg:generic/thing@1", Outcome.Coverage.NOT_COVERED, "no advisory source covers type generic")
                .ledger(
                        Inventory.LedgerLine.Kind.PARTLY_READ,
                        "old/bom.json",
                        1,
                        "stops in the middle; export it again")
                .ledger(Inventory.LedgerLine.Kind.UNLOCKED, "web/package.json", 4, "express has no locked version")
                .ledger(Inventory.LedgerLine.Kind.UNLOCKED, "web/package.json", 5, "helmet has no locked version");
    }

    public static String written(Report report, String format, Look look) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Formats.write(report, format, look, out);
            return out.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
