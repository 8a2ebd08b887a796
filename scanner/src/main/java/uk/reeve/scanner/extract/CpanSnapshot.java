package uk.reeve.scanner.extract;

import java.io.IOException;
import uk.reeve.engine.input.Unreadable;

/// `cpanfile.snapshot` of Perl's Carton: counted, since no advisory source covers Perl.
final class CpanSnapshot implements Extractor {

    static final String WHY = "no advisory source covers Perl";

    @Override
    public String name() {
        return "cpan/cpanfile-snapshot";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("cpanfile.snapshot");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Reading reading = new Reading(out);
        file.lines(reading);
        file.tellOpenLine(out, "carton install");
        if (!reading.known) {
            throw new Unreadable(1, "has no DISTRIBUTIONS; write it again with: carton install");
        }
    }

    private static final class Reading implements ScanFile.Lines {

        private final Sink out;
        private boolean known;

        Reading(Sink out) {
            this.out = out;
        }

        @Override
        public void line(int number, String text) {
            if (text.equals("DISTRIBUTIONS")) {
                known = true;
            } else if (known && text.startsWith("  ") && text.length() > 2 && text.charAt(2) != ' ') {
                String distribution = text.strip();
                int dash = version(distribution);
                out.notCovered(
                        number,
                        dash < 0 ? distribution : distribution.substring(0, dash),
                        dash < 0 ? null : distribution.substring(dash + 1),
                        WHY);
            }
        }

        /// Where the last `-` before a digit or `v` and a digit stands; -1 where there is none.
        private static int version(String text) {
            for (int i = text.lastIndexOf('-'); i > 0; i = text.lastIndexOf('-', i - 1)) {
                int digit = i + 1 < text.length() && text.charAt(i + 1) == 'v' ? i + 2 : i + 1;
                if (digit < text.length() && Character.isDigit(text.charAt(digit))) {
                    return i;
                }
            }
            return -1;
        }
    }
}
