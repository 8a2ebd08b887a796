package uk.reeve.scanner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.scanner.Inventory.LedgerLine.Kind;
import uk.reeve.scanner.archive.Archives;
import uk.reeve.scanner.archive.ImageFile;
import uk.reeve.scanner.extract.Head;
import uk.reeve.scanner.extract.ScanFile;

/// Finds files: those that were named, and those below the folders that were. A folder is one task of the crew, and so
/// is a file that is to be read.
final class Walk {

    private final Recognition recognition;
    private final Unpacking unpacking;
    private final Gathering gathering;
    private final Exclusions exclusions;
    private final InputStream standard;
    private final Crew crew = new Crew();

    /// @param standard what `-` reads
    Walk(
            Recognition recognition,
            Unpacking unpacking,
            Gathering gathering,
            Exclusions exclusions,
            InputStream standard) {
        this.recognition = recognition;
        this.unpacking = unpacking;
        this.gathering = gathering;
        this.exclusions = exclusions;
        this.standard = standard;
    }

    /// @param alone whether it is the only path that was given
    void add(Path path, boolean alone) {
        if (Files.isDirectory(path)) { // a link that is named is followed
            Root root = Root.folder(path, alone);
            boolean installed = !root.context().isEmpty();
            crew.add(() -> folder(root, root.base(), "", installed));
        } else {
            crew.add(() -> named(path, alone));
        }
    }

    void run() {
        if (!crew.work()) {
            gathering.line(Kind.PARTLY_READ, "", 0, "the scan was stopped before its end; run it again");
        }
    }

    private void named(Path path, boolean alone) {
        String given = path.toString().replace('\\', '/');
        gathering.seen(given);
        try {
            if (given.equals("-")) {
                named(MemoryFile.read(given, standard));
            } else if (Files.isRegularFile(path)) {
                Root root = Root.ofFile(path, alone);
                named(new DiskFile(root, Root.name(path), path));
            } else if (Files.exists(path)) { // a pipe of the shell: <(command)
                try (var in = Files.newInputStream(path)) {
                    named(MemoryFile.read(given, in));
                }
            } else {
                gathering.line(Kind.UNREADABLE, given, 0, "does not exist; check the path");
            }
        } catch (Unreadable e) {
            gathering.line(Kind.UNREADABLE, given, e.line(), e.getMessage());
        } catch (IOException e) {
            gathering.line(Kind.UNREADABLE, given, 0, Reading.reason(e));
        } catch (OutOfMemoryError e) {
            gathering.line(Kind.UNREADABLE, given, 0, Memory.OURS.tooLarge());
        }
    }

    private <F extends ScanFile & Shown & Head> void named(F file) throws IOException {
        if (!recognition.isTold() && (Archives.isNamed(file.path().fileName()) || Archives.isKnown(file.text()))) {
            unpacking.read(file, false);
        } else {
            recognition.named(file);
        }
    }

    private void folder(Root root, Path folder, String relative, boolean installed) {
        if (ImageFile.isLayout(folder)) {
            unpacking.layout(folder, shown(root, relative));
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = Root.name(entry);
                String below = relative.isEmpty() ? name : relative + "/" + name;
                if (!exclusions.has(below)) {
                    entry(root, entry, name, below, installed);
                }
            }
        } catch (DirectoryIteratorException e) {
            gathering.line(
                    Kind.PARTLY_READ, shown(root, relative), 0, Reading.reason(new IOException(e.getMessage(), e)));
        } catch (IOException e) {
            gathering.line(Kind.PARTLY_READ, shown(root, relative), 0, Reading.reason(e));
        }
    }

    private void entry(Root root, Path entry, String name, String relative, boolean installed) throws IOException {
        BasicFileAttributes about;
        try {
            about = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            gathering.line(Kind.PARTLY_READ, root.shown() + relative, 0, Reading.reason(e));
            return;
        }
        if (about.isDirectory()) {
            enter(root, entry, name, relative, installed);
        } else if (about.isRegularFile()) {
            gathering.seen(root.shown() + relative);
            DiskFile file = new DiskFile(root, relative, entry);
            Runnable reading =
                    Archives.isNamed(name) ? () -> unpacking.read(file, installed) : recognition.met(file, installed);
            if (reading != null) {
                crew.add(reading);
            }
        } else if (about.isSymbolicLink()) {
            link(root, entry, relative, installed);
        } else if (recognition.knowsName(root.context() + relative)) {
            gathering.line(Kind.SKIPPED, root.shown() + relative, 0, "is a device, pipe or socket, and was not opened");
        }
    }

    private void enter(Root root, Path folder, String name, String relative, boolean installed) {
        if (Folders.isPassedBy(name)) {
            return;
        }
        Path parent = folder.getParent();
        boolean host = parent != null && parent.getNameCount() == 0;
        if (host && Folders.isOfTheKernel(name)) {
            gathering.line(Kind.SKIPPED, root.shown() + relative, 0, "is made by the kernel, and was not entered");
            return;
        }
        boolean inside = installed || Folders.isInstallRoot(folder, name, parent == null ? "" : Root.name(parent));
        crew.add(() -> folder(root, folder, relative, inside));
    }

    // A link to something that is scanned anyway, or to nothing, needs no word.
    private void link(Root root, Path link, String relative, boolean installed) {
        try {
            boolean folder = Files.isDirectory(link);
            if (installed || (!folder && !recognition.knowsName(root.context() + relative))) {
                return;
            }
            Path target = link.toRealPath();
            if (!target.startsWith(root.base().toRealPath())) {
                gathering.line(
                        Kind.SKIPPED,
                        root.shown() + relative,
                        0,
                        "is a link out of what is scanned, and was not followed; scan \"" + target + "\" as well");
            }
        } catch (IOException e) {
            // It leads nowhere, or in a circle.
        }
    }

    private static String shown(Root root, String relative) {
        String shown = root.shown() + relative;
        return shown.isEmpty() ? "." : shown;
    }
}
