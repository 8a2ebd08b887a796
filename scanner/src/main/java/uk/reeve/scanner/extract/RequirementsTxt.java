package uk.reeve.scanner.extract;

import java.io.IOException;
import uk.reeve.engine.input.Unreadable;

/// `requirements*.txt` and `constraints*.txt` of pip, and the `.txt` files of a folder called `requirements`.
/// Source: pip documentation, "Requirements File Format".
final class RequirementsTxt implements Extractor {

    @Override
    public String name() {
        return "pypi/requirements";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        String name = path.fileName();
        if (!name.endsWith(".txt")) {
            return false;
        }
        String folder = path.folder();
        return name.startsWith("requirements")
                || name.endsWith("requirements.txt")
                || name.startsWith("constraints")
                || folder.equals("requirements")
                || folder.endsWith("/requirements");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        RequirementsReader reader =
                new RequirementsReader(out, Pypi.scope(file.path().fileName()));
        reader.read(file);
        reader.tell();
    }
}
