package uk.reeve.scanner.extract;

import java.io.IOException;
import uk.reeve.engine.input.Unreadable;

/// `bun.lockb`, the binary lock file of bun before 1.2: not read, which must not look as if nothing were in it.
final class BunLockBinary implements Extractor {

    @Override
    public String name() {
        return "npm/bun-lockb";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("bun.lockb");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        if (file.neighbour("bun.lock") == null) {
            throw new Unreadable(
                    0,
                    "is bun's binary lock file, which is not read; write the text file with:"
                            + " bun install --save-text-lockfile");
        }
    }
}
