package uk.reeve.cli.report;

import java.util.ArrayList;
import java.util.List;
import uk.reeve.engine.match.Outcome;
import uk.reeve.engine.sbom.Place;
import uk.reeve.scanner.Inventory;

/// One thing that was not looked at, for machines: nothing is folded, unlike in [Ledger].
///
/// @param kind as the JSON report writes it: `unreadable`, `unlocked`, `no identity`
/// @param place the file, and the line where one can be named; of a component, where it was first seen
/// @param subject the component; empty where the file is meant
/// @param message a sentence
record NotLookedAt(String kind, Place place, String subject, String message) {

    /// The files' lines, then the components, each in the report's order.
    static List<NotLookedAt> of(Report report) {
        List<NotLookedAt> all = new ArrayList<>();
        for (Inventory.LedgerLine line : report.inventory().ledger()) {
            all.add(new NotLookedAt(
                    JsonReport.kind(line.kind()),
                    new Place(line.file(), line.line()),
                    line.subject() == null ? "" : line.subject(),
                    line.message()));
        }
        for (Report.Row row : report.rows()) {
            Outcome outcome = row.outcome();
            if (outcome.coverage() != Outcome.Coverage.LOOKED_AT) {
                List<Place> places = row.item().places();
                all.add(new NotLookedAt(
                        JsonReport.coverage(outcome.coverage()),
                        places.isEmpty() ? new Place("", 0) : places.getFirst(),
                        Ledger.name(row.component()),
                        Ledger.why(outcome)));
            }
        }
        return all;
    }

    /// Whether something that was recognised could not be read, or only in part.
    boolean unread() {
        return kind.equals("unreadable") || kind.equals("partly read");
    }

    /// `web/package.json:4: express has no locked version`
    String sentence() {
        String where = place.file().isEmpty() ? "" : place + ": ";
        return where + (subject.isEmpty() || message.contains(subject) ? "" : subject + ": ") + message;
    }
}
