package uk.reeve.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.cli.report.Report;
import uk.reeve.engine.match.Finding;
import uk.reeve.scanner.Inventory;

/// Statements of the files that `--vex` names.
final class VexFiles {

    static final VexFiles NONE = new VexFiles();

    static VexFiles read(List<Path> files) throws Refused {
        return NONE;
    }

    /// How a statement hides the finding; null where none does.
    Report.@Nullable Hiding hides(Inventory.Item item, Finding finding) {
        return null;
    }
}
