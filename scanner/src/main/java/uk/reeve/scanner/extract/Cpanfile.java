package uk.reeve.scanner.extract;

import java.io.IOException;
import uk.reeve.engine.input.Unreadable;

/// A Perl `cpanfile` where no snapshot stands beside it: counted, since no advisory source covers Perl.
final class Cpanfile implements Extractor {

    @Override
    public String name() {
        return "cpan/cpanfile";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("cpanfile");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        if (file.neighbour("cpanfile.snapshot") != null) {
            return;
        }
        file.lines((number, text) -> {
            String line = text.strip();
            int space = line.indexOf(' ');
            String word = space < 0 ? line : line.substring(0, space);
            if (word.equals("requires") || word.endsWith("_requires") || word.equals("recommends")) {
                String name = quoted(line);
                if (!name.isEmpty() && !name.equals("perl")) {
                    out.notCovered(number, name, null, CpanSnapshot.WHY);
                }
            }
        });
    }

    private static String quoted(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\'' || c == '"') {
                int end = line.indexOf(c, i + 1);
                return end < 0 ? "" : line.substring(i + 1, end);
            }
        }
        return "";
    }
}
