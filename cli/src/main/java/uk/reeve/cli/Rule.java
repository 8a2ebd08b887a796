package uk.reeve.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.reeve.cli.report.Report;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Place;
import uk.reeve.scanner.Glob;
import uk.reeve.scanner.Inventory;

/// An entry of `reeve.yaml`, or of a file that `--ignore` names: hides a flaw, by any of its ids.
final class Rule {

    private final Report.Cause cause;
    private final String file;
    private final int line;
    private final String id;
    private final @Nullable String packageName;
    private final @Nullable String path;
    private final @Nullable Glob glob;
    private final String reason;
    private final String until;
    private final String by;
    private boolean used;

    /// @param packageName as people write it: `lodash`, `npm/lodash`, a package URL, each with or without a version
    /// @param path a glob of the file in which it is seen
    /// @param until ISO date, the last on which it holds
    /// @throws IllegalArgumentException where the glob is broken: what is wrong with it
    Rule(
            Report.Cause cause,
            String file,
            int line,
            String id,
            @Nullable String packageName,
            @Nullable String path,
            String reason,
            String until,
            String by) {
        this.cause = cause;
        this.file = file;
        this.line = line;
        this.id = id.toUpperCase(Locale.ROOT);
        this.packageName = packageName;
        this.path = path;
        this.glob = path == null ? null : new Glob(path);
        this.reason = reason;
        this.until = until;
        this.by = by;
    }

    /// How it hides the finding on that day; null where it does not.
    ///
    /// @param today ISO date
    Report.@Nullable Hiding hides(Inventory.Item item, Finding finding, String today) {
        if (!names(finding) || !means(item.component()) || !seenThere(item)) {
            return null;
        }
        used = true;
        if (expired(today)) {
            return null;
        }
        return new Report.Hiding(cause, file, null, null, reason, until, by);
    }

    /// How it hides the release that is out of support, by its id (`eol/debian/10`); null where it does not.
    ///
    /// @param today ISO date
    Report.@Nullable Hiding hides(Report.Lapse lapse, String today) {
        boolean meant = false;
        boolean named = lapse.standing().id().toUpperCase(Locale.ROOT).equals(id);
        for (Report.Row row : named ? lapse.rows() : java.util.List.<Report.Row>of()) {
            meant |= means(row.component()) && seenThere(row.item());
        }
        used |= meant;
        return meant && !expired(today) ? new Report.Hiding(cause, file, null, null, reason, until, by) : null;
    }

    private boolean names(Finding finding) {
        if (finding.id().toUpperCase(Locale.ROOT).equals(id)) {
            return true;
        }
        for (String other : finding.otherIds()) {
            if (other.toUpperCase(Locale.ROOT).equals(id)) {
                return true;
            }
        }
        return false;
    }

    private boolean means(Component component) {
        if (packageName == null) {
            return true;
        }
        String wanted = packageName.startsWith("pkg:") ? packageName.substring(4) : packageName;
        String name = component.name();
        String full = component.group() == null ? name : component.group() + "/" + name;
        String typed = component.purl() == null ? full : component.purl().type() + "/" + full;
        String version = component.version() == null ? "" : "@" + component.version();
        for (String form : new String[] {name, full, full.replace('/', ':'), typed}) {
            if (wanted.equals(form) || wanted.equals(form + version)) {
                return true;
            }
        }
        return component.purl() != null
                && packageName.startsWith("pkg:")
                && component.purl().toString().equals(packageName);
    }

    private boolean seenThere(Inventory.Item item) {
        if (glob == null) {
            return true;
        }
        for (Place place : item.places()) {
            // a Java glob wants a slash where people mean "at any depth"
            if (place.file().equals(path) || glob.matches(place.file()) || glob.matches("/" + place.file())) {
                return true;
            }
        }
        return false;
    }

    private boolean expired(String today) {
        return until.compareTo(today) < 0;
    }

    /// What is to be said of it after a scan: that it has run out, or hides nothing; null where all is well.
    @Nullable
    String note(String today) {
        String where = file + ":" + line + ": the entry for " + Shown.text(id);
        if (used && expired(today)) {
            return where + " ran out on " + uk.reeve.cli.report.Text.date(until)
                    + " and no longer hides; renew or remove it.";
        }
        return used ? null : where + " hides nothing; remove it.";
    }
}
