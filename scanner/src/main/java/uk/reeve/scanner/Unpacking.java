package uk.reeve.scanner;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.scanner.Inventory.LedgerLine.Kind;
import uk.reeve.scanner.archive.Allowance;
import uk.reeve.scanner.archive.Archive;
import uk.reeve.scanner.archive.Archives;
import uk.reeve.scanner.archive.Bounds;
import uk.reeve.scanner.archive.Image;
import uk.reeve.scanner.archive.ImageFile;
import uk.reeve.scanner.archive.Platform;
import uk.reeve.scanner.archive.RootFileSystem;
import uk.reeve.scanner.archive.Troubles;
import uk.reeve.scanner.extract.ArchiveExtractor;
import uk.reeve.scanner.extract.ArchiveExtractors;
import uk.reeve.scanner.extract.Head;
import uk.reeve.scanner.extract.ScanFile;
import uk.reeve.scanner.extract.ScanPath;

/// Reads an archive as if what is in it lay in a folder, and the archives in it in turn; an image as the root file
/// system that it shows. Nothing is written to where it says it belongs.
final class Unpacking {

    private final Recognition recognition;
    private final Gathering gathering;
    private final @Nullable Platform platform;
    private final Bounds bounds;

    /// @param platform of which an image is read; null for the usual one
    Unpacking(Recognition recognition, Gathering gathering, @Nullable Platform platform, Bounds bounds) {
        this.recognition = recognition;
        this.gathering = gathering;
        this.platform = platform;
        this.bounds = bounds;
    }

    /// A file that was met or named.
    ///
    /// @param installed whether it lies where packages are installed
    <F extends ScanFile & Shown> void read(F file, boolean installed) {
        read(file, installed, new Allowance(bounds), 1);
    }

    /// A folder that is an OCI image layout.
    void layout(Path folder, String shown) {
        failed(shown, Reading.failure(() -> {
            try (ImageFile images = ImageFile.folder(folder)) {
                images(images, shown, new Allowance(bounds), 1);
            }
        }));
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
        failed(file.shown(), Reading.failure(() -> {
            try (SeekableByteChannel bytes = file.channel();
                    ImageFile images = ImageFile.of(bytes, allowance)) {
                if (images != null) {
                    images(images, file.shown(), allowance, depth);
                    return;
                }
                try (Archive archive = Archives.open(bytes, this::wants, allowance)) {
                    EntryFiles inside = new EntryFiles(archive, file.shown() + "!/");
                    archive(file.path(), file.shown(), inside, installed, allowance, depth);
                }
            }
        }));
    }

    private void failed(String shown, @Nullable Unreadable failure) {
        if (failure != null) {
            gathering.line(Kind.UNREADABLE, shown, failure.line(), failure.getMessage());
        }
    }

    private void images(ImageFile file, String shown, Allowance allowance, int depth) throws IOException, Unreadable {
        Troubles troubles = new Troubles(message -> gathering.line(Kind.PARTLY_READ, shown, 0, message));
        var images = file.images(platform, troubles);
        for (Image image : images) {
            String before = shown + (images.size() == 1 ? "!/" : "!/" + image.name() + "!/");
            gathering.image(new Inventory.ImageRead(shown, before, image));
            Archives.Keep keep = (name, head) -> {
                gathering.seen(before + name);
                return wants(name, head);
            };
            try (RootFileSystem root = file.root(image, keep, Unpacking::grows, allowance, troubles)) {
                EntryFiles inside = new EntryFiles(root, before);
                ImageOrigins origins = new ImageOrigins(root, gathering.origins());
                for (int i = 0; i < inside.names().size(); i++) {
                    EntryFile entry = new EntryFile(inside, i);
                    origins.of(entry, i);
                    met(entry, false, allowance, depth);
                }
            }
        }
    }

    private static boolean grows(String name) {
        return Recognition.growing(new ScanPath(name)) != null;
    }

    private void archive(
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
            met(file, isPackage, allowance, depth);
        }
    }

    private void met(EntryFile file, boolean isPackage, Allowance allowance, int depth) {
        boolean below = isPackage || Folders.isBelowInstallRoot(file.path().value());
        if (Archives.isNamed(file.path().fileName())) {
            read(file, below, allowance, depth + 1);
            return;
        }
        Runnable reading = recognition.met(file, below);
        if (reading != null) {
            reading.run();
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
