package uk.reeve.engine.index;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.support.ProductReader;

/// Reads the products of endoflife.date: `products/*.md` in a zip or a folder, or one such file. Pages without front
/// matter (a README) are passed over.
final class Products {

    private static final int MOST_PRODUCTS = 20_000;
    private static final int PEEK = 40;

    private final SupportDates.Builder builder = new SupportDates.Builder();
    private final List<String> problems = new ArrayList<>();
    private int read;
    private @Nullable LocalDate told;

    /// @param paths for each of which [#is] is true
    /// @param before what is known; kept where the paths are single files, replaced where one is a zip or a folder
    /// @param asOf how fresh they are; null for the newest time within a zip, else today
    Products(List<Path> paths, SupportDates before, @Nullable LocalDate asOf) throws IOException {
        boolean whole = false;
        for (Path path : paths) {
            whole |= Files.isDirectory(path) || path.toString().endsWith(".zip");
        }
        if (!whole) {
            builder.addAll(before);
        }
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                folder(inner(path));
            } else if (path.toString().endsWith(".zip")) {
                zip(path);
            } else {
                try (InputStream in = Files.newInputStream(path)) {
                    product(in, path.toString());
                }
            }
        }
        if (asOf != null || told != null || read > 0) {
            builder.asOf(asOf != null ? asOf : told != null ? told : LocalDate.now(ZoneOffset.UTC));
        }
    }

    SupportDates.Builder builder() {
        return builder;
    }

    /// How many products there were.
    int read() {
        return read;
    }

    /// A line for each file that could not be read; the rest was taken.
    List<String> problems() {
        return problems;
    }

    /// Whether the path is a zip, a folder or a file of products.
    static boolean is(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(inner(path), "*.md")) {
                for (Path file : files) {
                    if (isProduct(file)) {
                        return true;
                    }
                }
            }
            return false;
        }
        String name = path.getFileName().toString();
        return Files.isRegularFile(path) && (name.endsWith(".zip") ? isZip(path) : name.endsWith(".md"));
    }

    private static Path inner(Path folder) {
        Path inner = folder.resolve("products");
        return Files.isDirectory(inner) ? inner : folder;
    }

    /// Whether it is a page with front matter.
    static boolean isProduct(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return ProductReader.isFrontMatter(in.readNBytes(8));
        }
    }

    // Among the first entries there is a page with front matter, and no record.
    private static boolean isZip(Path path) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
            ZipEntry entry = zip.getNextEntry();
            for (int seen = 0; entry != null && seen < PEEK; seen++) {
                if (entry.getName().endsWith(".json")) {
                    return false;
                }
                if (entry.getName().endsWith(".md") && ProductReader.isFrontMatter(zip.readNBytes(8))) {
                    return true;
                }
                entry = zip.getNextEntry();
            }
            return false;
        } catch (ZipException | java.io.EOFException _) {
            return false; // to be refused as what its name says
        }
    }

    private void folder(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> pages = Files.newDirectoryStream(folder, "*.md")) {
            for (Path page : pages) {
                if (isProduct(page)) {
                    files.add(page);
                }
            }
        }
        files.sort(null);
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                product(in, file.toString());
            }
        }
    }

    private void zip(Path file) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.isDirectory() || !entry.getName().endsWith(".md")) {
                    continue;
                }
                InputStream page = new BufferedInputStream(zip);
                page.mark(8);
                boolean product = ProductReader.isFrontMatter(page.readNBytes(8));
                page.reset();
                if (product) {
                    product(page, file + "!" + entry.getName());
                    newer(entry);
                }
            }
        } catch (ZipException | java.io.EOFException e) {
            throw new IOException(file + ": is a damaged zip; fetch it again (" + e.getMessage() + ")");
        }
    }

    private void newer(ZipEntry entry) {
        if (entry.getTime() > 0) {
            LocalDate day = entry.getTimeLocal().toLocalDate();
            told = told == null || day.isAfter(told) ? day : told;
        }
    }

    private void product(InputStream in, String name) throws IOException {
        if (read >= MOST_PRODUCTS) {
            throw new IOException(name + ": there are more than " + MOST_PRODUCTS + " products; refused");
        }
        try {
            builder.add(ProductReader.read(in));
            read++;
        } catch (Unreadable e) {
            problems.add(e.at(name));
        }
    }
}
