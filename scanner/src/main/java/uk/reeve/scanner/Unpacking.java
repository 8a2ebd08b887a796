package uk.reeve.scanner;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.scanner.Inventory.LedgerLine.Kind;
import uk.reeve.scanner.archive.Allowance;
import uk.reeve.scanner.archive.Archive;
import uk.reeve.scanner.archive.Archives;
import uk.reeve.scanner.archive.Bounds;
import uk.reeve.scanner.extract.ArchiveExtractor;
import uk.reeve.scanner.extract.ArchiveExtractors;
import uk.reeve.scanner.extract.Head;
import uk.reeve.scanner.extract.ScanFile;
import uk.reeve.scanner.extract.ScanPath;

/// Reads an archive as if what is in it lay in a folder, and the archives in it in turn. Nothing is written to where it
/// says it belongs.
final class Unpacking {

    private final Recognition recognition;
    private final Gathering gathering;
    private final Bounds bounds;

    Unpacking(Recognition recognition, Gathering gathering, Bounds bounds) {
        this.recognition = recognition;
        this.gathering = gathering;
        this.bounds = bounds;
    }

    /// A file that was met or named.
    ///
    /// @param installed whether it lies where packages are installed
    <F extends ScanFile & Shown> void read(F file, boolean installed) {
        read(file, installed, new Allowance(bounds), 1);
    }

    private <F extends ScanFile & Shown> void read(F file, boolean installed, Allowance allowance, int depth) {
        if (depth > bounds.depth()) {
            gathering.line(
                    Kind.SKIPPED,
                    file.shown(),
                    0,
                    "lies more than " + bounds.depth()
                            + " archives deep, and was not opened; allow more with --max-depth");
            return;
        }
        Unreadable failure = Reading.failure(() -> {
            try (SeekableByteChannel bytes = file.channel();
                    Archive archive = Archives.open(bytes, this::wants, allowance)) {
                each(
                        file.path(),
                        file.shown(),
                        new EntryFiles(archive, file.shown() + "!/"),
                        installed,
                        allowance,
                        depth);
            }
        });
        if (failure != null) {
            gathering.line(Kind.UNREADABLE, file.shown(), failure.line(), failure.getMessage());
        }
    }

    private void each(
            ScanPath path, String shown, EntryFiles inside, boolean installed, Allowance allowance, int depth) {
        boolean isPackage = installed || Archives.isPackage(path.fileName());
        for (ArchiveExtractor extractor : ArchiveExtractors.ALL) {
            if (extractor.wants(path, inside)) {
                new Reading(gathering, shown).extract(extractor, path, inside);
                isPackage = true;
            }
        }
        for (int i = 0; i < inside.names().size(); i++) {
            EntryFile file = new EntryFile(inside, i);
            gathering.seen(file.shown());
            boolean below = isPackage || Folders.isBelowInstallRoot(file.path().value());
            if (Archives.isNamed(file.path().fileName())) {
                read(file, below, allowance, depth + 1);
            } else {
                Runnable reading = recognition.met(file, below);
                if (reading != null) {
                    reading.run();
                }
            }
        }
    }

    // Of an archive that is read but once: whatever somebody may want.
    private boolean wants(String name, Head head) throws IOException {
        ScanPath path = new ScanPath(name);
        return Archives.isNamed(path.fileName()) || keeps(path) || recognition.wants(path, head);
    }

    private static boolean keeps(ScanPath path) {
        for (ArchiveExtractor extractor : ArchiveExtractors.ALL) {
            if (extractor.keeps(path)) {
                return true;
            }
        }
        return false;
    }
}
