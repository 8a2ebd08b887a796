package uk.reeve.cli.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import uk.reeve.engine.index.AdvisoryStore;
import uk.reeve.engine.index.SourceState;

/// What the advisories are: one row a source, the total, and what is not covered.
public final class StatusReport {

    private StatusReport() {}

    /// Writes the status.
    ///
    /// @param ages one for each source, in their order
    public static void write(AdvisoryStore.Status status, List<String> ages, Look look, OutputStream out)
            throws IOException {
        Page page = new Page(look);
        page.line(
                Page.BOLD,
                Text.count(status.records(), "record", "records") + " of "
                        + Text.count(status.sources().size(), "source", "sources") + ".");
        page.gap();
        Columns columns = new Columns(page, 24, 10, 18, 14, 24, page.columns());
        columns.row(Page.FAINT, "Source", "Records", "As of", "Age", "From", "Licence");
        for (int i = 0; i < status.sources().size(); i++) {
            SourceState source = status.sources().get(i);
            columns.row(
                    "",
                    source.name(),
                    Text.count(source.records()),
                    source.asOf().isEmpty() ? "not told" : Text.date(source.asOf()),
                    ages.get(i),
                    source.from(),
                    SourceLicence.of(source.name()));
        }
        columns.print();
        page.gap();
        page.line(
                status.kevAsOf().isEmpty()
                        ? "No list of what is known to be exploited (KEV)."
                        : "KEV as of " + Text.date(status.kevAsOf()) + ": " + Text.count(status.kev())
                                + " known to be exploited.");
        page.line(
                status.epssAsOf().isEmpty()
                        ? "No EPSS scores."
                        : "EPSS scores as of " + Text.date(status.epssAsOf()) + ".");
        page.line(
                status.supported() == 0
                        ? "No dates of support (endoflife.date)."
                        : "Dates of support (endoflife.date)"
                                + (status.supportAsOf().isEmpty() ? "" : " as of " + Text.date(status.supportAsOf()))
                                + ": " + Text.count(status.supported(), "product", "products") + ".");
        page.line(status.file() + "  " + Text.count(status.bytes() >> 20) + " MiB");
        if (!status.digest().isEmpty()) {
            page.line("SHA-256 " + status.digest());
        }
        if (!status.notCovered().isEmpty()) {
            page.paragraph("Not covered by any source: " + Text.list(status.notCovered()) + ".", 2);
        }
        page.writeTo(out);
    }
}
