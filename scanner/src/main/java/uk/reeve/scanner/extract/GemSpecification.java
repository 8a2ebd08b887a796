package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// An installed gem: `specifications/NAME-VERSION.gemspec`, which RubyGems writes itself, and so always alike.
final class GemSpecification implements Extractor {

    @Override
    public String name() {
        return "gem/specification";
    }

    @Override
    public boolean installed() {
        return true;
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        if (!path.value().endsWith(".gemspec")) {
            return false;
        }
        ScanPath folder = new ScanPath(path.folder());
        return folder.endsWith("specifications") || folder.endsWith("specifications/default");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Reading reading = new Reading();
        file.lines(reading);
        if (reading.name == null || reading.version == null) {
            throw new Unreadable(0, "names no gem and version; install the gem again");
        }
        Purl purl = Parts.purl(out, reading.line, "gem", null, reading.name, reading.version, Map.of());
        if (purl != null) {
            int number = out.component(reading.line, purl, Scope.RUNTIME);
            if (reading.licence != null) {
                out.tell(number, Map.of("licence", reading.licence));
            }
        }
    }

    private static final class Reading implements ScanFile.Lines {

        private @Nullable String name;
        private @Nullable String version;
        private @Nullable String licence;
        private int line;

        @Override
        public void line(int number, String text) {
            if (text.startsWith("# stub: ")) {
                String[] words = text.substring(8).split(" ", -1);
                if (words.length >= 2) {
                    line = number;
                    name = words[0];
                    version = words[1];
                }
                return;
            }
            String statement = text.strip();
            if (name == null && statement.startsWith("s.name ")) {
                line = number;
                name = quoted(statement);
            } else if (version == null && statement.startsWith("s.version ")) {
                version = quoted(statement);
            } else if (licence == null && statement.startsWith("s.licenses ") && !statement.contains(",")) {
                licence = quoted(statement);
            }
        }

        private static @Nullable String quoted(String text) {
            int from = text.indexOf('"');
            int to = text.indexOf('"', from + 1);
            return from < 0 || to < 0 ? null : text.substring(from + 1, to);
        }
    }
}
