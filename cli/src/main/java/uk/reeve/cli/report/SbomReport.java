package uk.reeve.cli.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.SpdxWriter;

/// A scan's components as an SBOM, without what is known against them.
public final class SbomReport {

    /// What `--format` takes, the usual one first.
    public static final List<String> NAMES = List.of("cyclonedx", "spdx");

    private SbomReport() {}

    public static void write(Report report, String format, OutputStream out) throws IOException {
        if (format.equals("spdx")) {
            spdx(report, out);
        } else {
            CycloneDxReport.writeInventory(report, out);
        }
    }

    private static void spdx(Report report, OutputStream out) throws IOException {
        List<Component> components = new ArrayList<>(report.rows().size());
        Map<String, List<String>> dependencies = new LinkedHashMap<>();
        for (Report.Row row : report.rows()) {
            components.add(row.component());
            dependencies.put(row.component().ref(), row.item().dependsOn());
        }
        SpdxWriter.Head head = new SpdxWriter.Head(
                Text.list(report.targets()),
                null,
                report.time().toString(),
                "reeve-" + report.maker(),
                notLookedAt(report));
        SpdxWriter.write(out, head, null, components, dependencies);
    }

    // SPDX 2.3 has no other place for it.
    private static String notLookedAt(Report report) {
        StringBuilder text = new StringBuilder();
        for (NotLookedAt one : NotLookedAt.of(report)) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append("Not looked at (")
                    .append(one.kind())
                    .append("): ")
                    .append(one.sentence());
        }
        return text.toString();
    }
}
