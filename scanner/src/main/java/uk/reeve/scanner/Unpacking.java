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

    /// @param platform of which an image is read; null for the usual one
    Unpacking(Recognition recognition, Gathering gathering, @Nullable Platform platform) {
        this.recognition = recognition;
        this.gathering = gathering;
        this.platform = platform;
    }

    /// A file that was met or named.
    <F extends ScanFile & Shown & Anywhere> void read(F file) {
        read(file, new Allowance(), 1);
    }

    /// A folder that is an OCI image layout.
    void layout(Path folder, String shown) {
        failed(shown, Reading.failure(() -> {
            try (ImageFile images = ImageFile.folder(folder)) {
                images(images, shown, new Allowance(), 1);
            }
        }));
    }

    private <F extends ScanFile & Shown & Anywhere> void read(F file, Allowance allowance, int depth) {
        if (depth > Allowance.DEPTH) {
            gathering.line(
                    Kind.SKIPPED,
                    file.shown(),
                    0,
                    "lies more than " + Allowance.DEPTH
                            + " archives deep, and was not opened; unpack what it lies in and scan that");
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
                    archive(file.path(), file.shown(), new EntryFiles(archive, file.shown() + "!/"), allowance, depth);
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
                    read(entry, false, allowance, depth);
                }
            }
        }
    }

    private static boolean grows(String name) {
        return Recognition.growing(new ScanPath(name)) != null;
    }

    private void archive(ScanPath path, String shown, EntryFiles inside, Allowance allowance, int depth) {
        boolean isPackage = false;
        for (ArchiveExtractor extractor : ArchiveExtractors.ALL) {
            if (extractor.wants(path, inside)) {
                new Reading(gathering, shown).extract(extractor, path, inside);
                isPackage = true;
            }
        }
        isPackage |= Archives.isPackage(path.fileName());
        for (int i = 0; i < inside.names().size(); i++) {
            EntryFile file = new EntryFile(inside, i);
            gathering.seen(file.shown());
            read(file, isPackage, allowance, depth);
        }
    }

    private void read(EntryFile file, boolean isPackage, Allowance allowance, int depth) {
        if (Archives.isNamed(file.path().fileName())) {
            read(file, allowance, depth + 1);
            return;
        }
        Runnable reading = recognition.met(
                file, isPackage || Folders.isBelowInstallRoot(file.path().value()));
        if (reading != null) {
            reading.run();
        }
    }

    // Of an archive that is read but once: whatever somebody may want.
    private boolean wants(String name, Head head) throws IOException {
        ScanPath path = new ScanPath(name);
        return Archives.isNamed(path.fileName()) || recognition.wants(path, head);
    }
}
