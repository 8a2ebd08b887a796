package uk.reeve.engine.index;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import uk.reeve.engine.input.LineInput;
import uk.reeve.engine.input.Unreadable;

/// `modified_id.csv` of the OSV bucket: `time,id` a line, every record of one source. One bad line refuses the list:
/// half a list would say that the other half is gone.
final class IdList {

    private static final int MOST_LINES = 5_000_000;

    private IdList() {}

    /// Takes an id with the time of its last change, in seconds as the index keeps them.
    @FunctionalInterface
    interface Visitor {
        void visit(String id, long modified);
    }

    /// @throws Unreadable when it is empty or a line is none
    static void read(Path file, Visitor visitor) throws IOException, Unreadable {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            LineInput lines = new LineInput(in);
            int count = 0;
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.isBlank()) {
                    continue;
                }
                int comma = line.indexOf(',');
                // the bucket's own list, over all sources, has the directory before the id
                String id = line.substring(line.lastIndexOf('/') + 1);
                id = id.substring(id.indexOf(',') + 1).strip();
                if (comma < 0 || !Feeds.isId(id) || lines.number() > MOST_LINES) {
                    throw bad(line, lines.number());
                }
                long modified = Times.seconds(line.substring(0, comma).strip());
                if (modified == Times.NONE) {
                    throw bad(line, lines.number());
                }
                visitor.visit(id, Math.max(0, modified));
                count++;
            }
            if (count == 0) {
                throw new Unreadable(1, "the list of records is empty");
            }
        }
    }

    private static Unreadable bad(String line, int number) {
        String shown = line.length() > 60 ? line.substring(0, 60) + "…" : line;
        return new Unreadable(
                number, "line " + number + " of the list of records is no time and id: \"" + shown + "\"");
    }
}
