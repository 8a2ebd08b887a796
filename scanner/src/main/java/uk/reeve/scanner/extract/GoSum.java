package uk.reeve.scanner.extract;

import java.io.IOException;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// `go.sum` where no `go.mod` stands beside it. It may name more than is built; modules of which only the `go.mod` was
/// looked at are left out.
final class GoSum implements Extractor {

    @Override
    public String name() {
        return "golang/go-sum";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("go.sum");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        if (file.neighbour("go.mod") != null) {
            return;
        }
        file.lines((number, text) -> {
            String line = text.strip();
            int first = line.indexOf(' ');
            int second = line.indexOf(' ', first + 1);
            if (line.isEmpty()) {
                return;
            }
            if (first < 0 || second < 0) {
                out.problem(number, "\"" + Parts.shown(line) + "\" is not a module, a version and a hash");
                return;
            }
            String version = line.substring(first + 1, second);
            if (!version.endsWith("/go.mod")) {
                Purl purl = GoMod.purl(out, number, line.substring(0, first), version);
                if (purl != null) {
                    out.component(number, purl, Scope.RUNTIME);
                }
            }
        });
        file.tellOpenLine(out, "go mod tidy");
    }
}
