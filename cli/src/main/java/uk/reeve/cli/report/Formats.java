package uk.reeve.cli.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// All formats of a report. Adding one is a name and a line here.
public final class Formats {

    /// What `--format` takes, the usual one first.
    public static final List<String> NAMES = List.of("table", "json", "cyclonedx", "sarif", "html", "markdown", "csv");

    private Formats() {}

    /// Writes the report in one of [#NAMES].
    ///
    /// @param look for formats that people read
    public static void write(Report report, String format, Look look, OutputStream out) throws IOException {
        switch (format) {
            case "json" -> JsonReport.write(report, out);
            case "cyclonedx" -> CycloneDxReport.write(report, out);
            case "sarif" -> SarifReport.write(report, out);
            case "html" -> HtmlReport.write(report, out);
            case "markdown" -> MarkdownReport.write(report, out);
            case "csv" -> CsvReport.write(report, out);
            default -> TableReport.write(report, look, out);
        }
    }
}
