package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Arrays;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// `vendor/modules.txt`: the modules whose packages Go has copied beside the project. `# module version` begins each,
/// `## explicit` below it marks those that the project itself requires.
final class GoVendorModules implements Extractor {

    @Override
    public String name() {
        return "golang/vendor-modules";
    }

    @Override
    public boolean installed() {
        return true;
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.endsWith("vendor/modules.txt");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Reading reading = new Reading(out);
        file.lines(reading);
        file.tellOpenLine(out, "go mod vendor");
        reading.finish();
    }

    private static final class Reading implements ScanFile.Lines {

        private final Sink out;
        private String[] module = new String[0];
        private int line;
        private boolean explicit;
        private boolean copied;

        Reading(Sink out) {
            this.out = out;
        }

        @Override
        public void line(int number, String text) {
            if (text.startsWith("# ")) {
                finish();
                module = text.substring(2).strip().split(" ", -1);
                line = number;
                explicit = false;
                copied = false;
            } else if (text.startsWith("## ")) {
                explicit |= text.contains("explicit");
            } else if (!text.isBlank()) {
                copied = true;
            }
        }

        /// Gives the module of the lines before, if packages of it were copied.
        void finish() {
            if (!copied || module.length < 2) {
                return;
            }
            int arrow = Arrays.asList(module).indexOf("=>");
            if (arrow > 0 && module.length == arrow + 2) {
                out.notCovered(line, module[0], null, "replaced by the folder " + module[arrow + 1]);
                return;
            }
            boolean swapped = arrow > 0 && module.length == arrow + 3;
            String path = swapped ? module[arrow + 1] : module[0];
            Purl purl = GoMod.purl(out, line, path, swapped ? module[arrow + 2] : module[1]);
            if (purl != null) {
                int number = out.component(line, purl, Scope.RUNTIME);
                if (explicit) {
                    out.direct(number);
                }
            }
        }
    }
}
