package uk.reeve.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import uk.reeve.cli.report.SavedReport;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.support.Standing;

/// The findings of an earlier report. A finding is known where the same package, whatever its version, has a finding
/// that shares an id with it.
final class Baseline {

    private final Set<String> known = new HashSet<>();

    /// @param name of the file as the person wrote it
    static Baseline read(Path file, String name) throws Refused {
        try (InputStream in = Files.newInputStream(file)) {
            Baseline baseline = new Baseline();
            SavedReport report = SavedReport.of(JsonInput.read(in));
            for (SavedReport.Entry finding : report.findings()) {
                for (String id : finding.ids()) {
                    baseline.known.add(finding.packageName() + "\n" + id);
                }
            }
            for (SavedReport.Ended ended : report.ended()) {
                baseline.known.add(ended.id());
            }
            return baseline;
        } catch (Unreadable e) {
            throw Refused.usage(e.at(name));
        } catch (IOException e) {
            throw Refused.usage(name + ": cannot be read (" + Inputs.why(e) + ")");
        }
    }

    /// Whether the release was out of support there already.
    boolean has(Standing standing) {
        return standing.state() == Standing.State.ENDED && known.contains(standing.id());
    }

    boolean has(Component component, Finding finding) {
        String name = SavedReport.packageOf(component) + "\n";
        if (known.contains(name + finding.id())) {
            return true;
        }
        for (String other : finding.otherIds()) {
            if (known.contains(name + other)) {
                return true;
            }
        }
        return false;
    }
}
