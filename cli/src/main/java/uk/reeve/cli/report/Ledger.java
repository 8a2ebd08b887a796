package uk.reeve.cli.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.reeve.engine.match.Outcome;
import uk.reeve.engine.sbom.Component;
import uk.reeve.scanner.Inventory;

/// What was not looked at, a line each: files first, then components by the reason why they could not be.
///
/// @param what a file with its line, or `18 components`
/// @param why a sentence without a full stop
/// @param details the single things, for those who ask; empty where the line says it all
record Ledger(String what, String why, List<String> details) {

    static List<Ledger> of(Report report) {
        List<Ledger> lines = new ArrayList<>();
        Map<String, List<Inventory.LedgerLine>> alike = new LinkedHashMap<>();
        for (Inventory.LedgerLine line : report.inventory().ledger()) {
            alike.computeIfAbsent(key(line), k -> new ArrayList<>()).add(line);
        }
        for (List<Inventory.LedgerLine> group : alike.values()) {
            lines.add(of(group));
        }
        Map<String, List<String>> components = new LinkedHashMap<>();
        Set<String> own = new HashSet<>();
        for (Report.Row row : report.rows()) {
            if (row.outcome().coverage() != Outcome.Coverage.LOOKED_AT) {
                String why = why(row.outcome());
                if (row.outcome().coverage() == Outcome.Coverage.PRIVATE) {
                    own.add(why);
                }
                components.computeIfAbsent(why, k -> new ArrayList<>()).add(name(row.component()));
            }
        }
        for (Map.Entry<String, List<String>> entry : components.entrySet()) {
            List<String> names = entry.getValue();
            boolean one = names.size() == 1;
            lines.add(new Ledger(
                    one
                            ? names.getFirst()
                            : Text.count(names.size())
                                    + (own.contains(entry.getKey()) ? " private components" : " components"),
                    entry.getKey(),
                    one ? List.of() : names));
        }
        return lines;
    }

    static String why(Outcome outcome) {
        String why = outcome.why();
        return switch (outcome.coverage()) {
            case LOOKED_AT -> "";
            case NO_IDENTITY -> "no package identity";
            case NOT_COVERED -> why == null ? "no advisory source covers them" : why;
            case UNKNOWN_VERSION -> "version missing, or not one that its ecosystem can compare";
            case UNKNOWN_RELEASE -> why == null ? "release of the distribution unknown; name it with --distro" : why;
            case NOT_JUDGED -> why == null ? "built by a third party, so the distribution's word does not hold" : why;
            case PRIVATE -> why == null ? "not compared" : why;
        };
    }

    static String name(Component component) {
        if (component.purl() != null) {
            return component.purl().toString();
        }
        return component.version() == null ? component.name() : component.name() + " " + component.version();
    }

    // Unlocked and uncovered things come one line each, many a file.
    private static String key(Inventory.LedgerLine line) {
        return switch (line.kind()) {
            case UNLOCKED -> line.file() + "\0unlocked";
            case NOT_COVERED -> line.file() + "\0uncovered\0" + line.message();
            case UNREADABLE, PARTLY_READ, WARNING, SKIPPED ->
                line.file() + "\0" + line.kind() + "\0" + line.line() + "\0" + line.message();
        };
    }

    private static Ledger of(List<Inventory.LedgerLine> group) {
        Inventory.LedgerLine first = group.getFirst();
        String at = first.line() == 0 ? first.file() : first.file() + ":" + first.line();
        if (group.size() == 1) {
            return new Ledger(at, first.message(), List.of());
        }
        List<String> details = new ArrayList<>();
        for (Inventory.LedgerLine line : group) {
            details.add((line.line() == 0 ? line.file() : line.file() + ":" + line.line()) + ": " + line.message());
        }
        String many = Text.count(group.size());
        return switch (first.kind()) {
            case UNLOCKED -> new Ledger(first.file(), many + " dependencies without a locked version", details);
            case NOT_COVERED -> new Ledger(first.file(), many + " components: " + first.message(), details);
            case UNREADABLE, PARTLY_READ, WARNING, SKIPPED ->
                new Ledger(at, first.message() + " (" + many + " times)", List.of());
        };
    }
}
