package uk.reeve.scanner.extract;

import java.io.IOException;
import uk.reeve.engine.input.Unreadable;

/// `pyproject.toml` where no lock file stands beside it. What it asks for has no version yet, but where it names one.
final class PyprojectToml implements Extractor {

    @Override
    public String name() {
        return "pypi/pyproject";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("pyproject.toml");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        for (Pyproject.Asked asked : Pyproject.read(file.toml())) {
            Pypi.asked(asked.line(), asked.name(), asked.wanted(), asked.pinned(), asked.address(), asked.scope(), out);
        }
    }
}
