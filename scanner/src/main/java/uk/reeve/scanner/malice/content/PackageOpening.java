package uk.reeve.scanner.malice.content;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.scanner.archive.Allowance;
import uk.reeve.scanner.archive.Archive;
import uk.reeve.scanner.archive.Archives;
import uk.reeve.scanner.archive.Bounds;

/// Opens a folder or an archive, and the archives in it. Nothing is unpacked to where it says it belongs; what was
/// opened stays so until this is closed.
final class PackageOpening implements Closeable {

    /// How deep an archive may lie in others.
    private static final int DEPTH = 4;

    private static final String AR = "!<arch>\n";
    private static final List<String> MANIFESTS = List.of(
            "package.json",
            "PKG-INFO",
            "setup.py",
            "pyproject.toml",
            "Cargo.toml",
            "go.mod",
            "composer.json",
            "pom.xml");

    private final CheckLimits limits;
    private final Allowance allowance = new Allowance(Bounds.DEFAULT);
    private final List<Closeable> open = new ArrayList<>();
    private boolean isTar;
    private final List<PackageFile> files = new ArrayList<>();
    private final List<Oddity> oddities = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    PackageOpening(CheckLimits limits) {
        this.limits = limits;
    }

    List<PackageFile> files() {
        return files;
    }

    List<Oddity> oddities() {
        return oddities;
    }

    /// One line each: what was not looked at, and why.
    List<String> problems() {
        return problems;
    }

    void folder(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes about) {
                Path name = each.getFileName();
                boolean skipped = name != null
                        && (name.toString().equals(".git") || name.toString().equals("__pycache__"));
                return skipped && !each.equals(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes about) {
                if (about.isRegularFile()) {
                    String path = folder.relativize(each).toString().replace('\\', '/');
                    add(new PackageFile(path, () -> Files.newInputStream(each)));
                }
                return files.size() < limits.files() ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path each, IOException e) {
                problems.add(folder.relativize(each) + ": cannot be opened");
                return FileVisitResult.CONTINUE;
            }
        });
        for (PackageFile file : List.copyOf(files)) {
            nested(file, 1);
        }
    }

    /// @throws IOException where it is no archive, or is damaged
    void archive(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            String head = new String(in.readNBytes(AR.length()), StandardCharsets.ISO_8859_1);
            if (head.equals(AR)) {
                debian(path);
                return;
            }
            isTar = !head.startsWith("PK");
        }
        SeekableByteChannel bytes = kept(Files.newByteChannel(path));
        try (SeekableByteChannel again = Files.newByteChannel(path)) {
            oddities.addAll(ArchiveForm.of(again));
        } catch (IOException | RuntimeException e) {
            problems.add("its form cannot be looked at (" + e.getMessage() + ")");
        }
        take(bytes, "", 1);
        gem();
        strip();
    }

    private void take(SeekableByteChannel bytes, String before, int depth) throws IOException {
        int first = files.size();
        Archive archive = kept(Archives.open(bytes, (_, _) -> files.size() < limits.files(), allowance));
        List<String> names = archive.names();
        for (int i = 0; i < names.size(); i++) {
            int number = i;
            add(new PackageFile(before + names.get(i), () -> archive.open(number)));
        }
        for (PackageFile file : List.copyOf(files.subList(first, files.size()))) {
            nested(file, depth + 1);
        }
    }

    private void nested(PackageFile file, int depth) {
        if (!Archives.isNamed(file.fileName())) {
            return;
        }
        if (depth > DEPTH) {
            problems.add(file.path() + ": lies more than " + DEPTH + " archives deep, and was not opened");
            return;
        }
        boolean gemData = file.path().equals("data.tar.gz");
        try (InputStream in = file.open()) {
            take(kept(Archives.seekable(in)), gemData ? "" : file.path() + "!/", depth);
            if (gemData) {
                form(file);
            }
        } catch (IOException | Unreadable e) {
            problems.add(file.path() + ": " + e.getMessage());
        } catch (RuntimeException e) {
            problems.add(file.path() + ": is damaged (" + e.getMessage() + ")");
        }
    }

    private void form(PackageFile archive) throws IOException, Unreadable {
        try (InputStream in = archive.open();
                SeekableByteChannel bytes = Archives.seekable(in)) {
            oddities.addAll(ArchiveForm.of(bytes));
        }
    }

    // A gem: metadata.gz and data.tar.gz in a tar.
    private void gem() {
        for (PackageFile file : List.copyOf(files)) {
            if (file.path().equals("metadata.gz")) {
                files.add(new PackageFile(GemManifest.METADATA, () -> new GzipCompressorInputStream(file.open())));
            }
        }
    }

    // deb(5): an ar archive with control.tar and data.tar.
    private void debian(Path path) throws IOException {
        try (ArArchiveInputStream ar = new ArArchiveInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
            for (ArArchiveEntry entry = ar.getNextEntry(); entry != null; entry = ar.getNextEntry()) {
                String name = entry.getName().toLowerCase(Locale.ROOT);
                if (name.startsWith("control.tar") || name.startsWith("data.tar")) {
                    take(
                            kept(Archives.seekable(allBut(ar))),
                            name.startsWith("control") ? DebianManifest.FOLDER : "",
                            2);
                }
            }
        }
    }

    // The next member is yet to come when one was read.
    private static InputStream allBut(InputStream ar) {
        return new java.io.FilterInputStream(ar) {
            @Override
            public void close() {
                // stays open
            }
        };
    }

    // Many archives hold one folder with everything: `package`, `name-1.0`, `module@v1.0.0`.
    private void strip() {
        if (isUnpackedByNpm()) {
            // npm takes one folder of every entry away, whatever it is called: two folders become one
            files.replaceAll(file -> file.at(file.path().substring(file.path().indexOf('/') + 1)));
            return;
        }
        String folder = manifestFolder();
        if (folder == null) {
            return;
        }
        for (int i = 0; i < files.size(); i++) {
            PackageFile file = files.get(i);
            if (file.path().startsWith(folder)) {
                files.set(i, file.at(file.path().substring(folder.length())));
            }
        }
    }

    private boolean isUnpackedByNpm() {
        boolean manifest = false;
        for (PackageFile file : files) {
            if (file.path().equals("data.tar.gz") || file.path().startsWith("META-INF/")) {
                return false;
            }
            manifest |= file.fileName().equals("package.json")
                    && file.path().indexOf('/') == file.path().length() - "/package.json".length();
        }
        return manifest && isTar;
    }

    private @Nullable String manifestFolder() {
        Set<String> names = new HashSet<>();
        files.forEach(file -> names.add(file.path()));
        for (String manifest : MANIFESTS) {
            if (names.contains(manifest)) {
                return null;
            }
        }
        String shortest = null;
        for (PackageFile file : files) {
            String folder = file.path()
                    .substring(0, file.path().length() - file.fileName().length());
            boolean whole = folder.indexOf('/') == folder.length() - 1 || folder.indexOf('@') > 0;
            if (MANIFESTS.contains(file.fileName())
                    && !folder.isEmpty()
                    && whole
                    && (shortest == null || folder.length() < shortest.length())) {
                shortest = folder;
            }
        }
        return shortest;
    }

    private void add(PackageFile file) {
        if (files.size() < limits.files()) {
            files.add(file);
        } else if (files.size() == limits.files() && !problems.contains(tooMany())) {
            problems.add(tooMany());
        }
    }

    private String tooMany() {
        return "has more than " + limits.files() + " files, and those beyond were not looked at";
    }

    private <C extends Closeable> C kept(C closeable) {
        open.add(closeable);
        return closeable;
    }

    @Override
    public void close() throws IOException {
        for (Closeable each : open.reversed()) {
            each.close();
        }
    }
}
