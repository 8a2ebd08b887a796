package uk.reeve.engine.index;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.advisory.OsvReader;
import uk.reeve.engine.advisory.OsvRecord;
import uk.reeve.engine.advisory.Texts;
import uk.reeve.engine.input.Unreadable;

/// Reads OSV records out of zips, folders and single files into a builder, and sets aside what is none. A
/// folder in the layout of the OSV bucket has a folder a source (`npm/all.zip`); `CUT.tsv` in it tells how
/// fresh each is.
final class Importer {

    static final int RECORD_BYTES = 32 << 20;
    private static final int BATCH_BYTES = 256 << 10;
    private static final int BATCHES_AHEAD = 4; // each may be one record of the largest size

    private final IndexBuilder builder;
    private final @Nullable LocalDate asOf;
    private final Predicate<OsvRecord> wanted;
    private final Map<String, String> cuts = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final Texts texts = new Texts();
    private final List<Path> products = new ArrayList<>();
    private final List<Path> scores = new ArrayList<>();
    private int records;

    Importer(IndexBuilder builder, @Nullable LocalDate asOf) {
        this(builder, asOf, _ -> true);
    }

    /// @param wanted asked for each record, in the order in which they are read
    Importer(IndexBuilder builder, @Nullable LocalDate asOf, Predicate<OsvRecord> wanted) {
        this.builder = builder;
        this.asOf = asOf;
        this.wanted = wanted;
    }

    int records() {
        return records;
    }

    /// A line for each record that could not be read: file, line, what is wrong.
    List<String> problems() {
        return problems;
    }

    /// What was met of endoflife.date, and not read here: zips, folders and files of products.
    List<Path> products() {
        return products;
    }

    /// What was met of KEV and EPSS, and not read here.
    List<Path> scores() {
        return scores;
    }

    void add(Path path) throws IOException {
        if (Products.is(path)) {
            products.add(path);
        } else if (Files.isDirectory(path)) {
            folder(path);
        } else if (path.getFileName().toString().endsWith(".zip")) {
            zip(path);
        } else {
            single(path);
        }
    }

    private void folder(Path folder) throws IOException {
        Path cut = folder.resolve("CUT.tsv");
        if (Files.isRegularFile(cut)) {
            for (String line : Files.readAllLines(cut)) {
                String[] parts = line.split("\t", -1);
                if (parts.length >= 2 && parts[1].length() == 10 && parts[1].charAt(4) == '-') {
                    cuts.put(parts[0], parts[1]);
                }
            }
        }
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                if (attributes.isRegularFile()
                        && (name.endsWith(".zip") || name.endsWith(".json") || name.endsWith(".md"))) {
                    files.add(file);
                } else if (attributes.isRegularFile() && Scores.isEpss(file)) {
                    scores.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(null);
        scores.sort(null);
        for (Path file : files) {
            if (file.toString().endsWith(".md")) {
                if (Products.isProduct(file)) {
                    products.add(file);
                }
            } else if (Products.is(file)) {
                products.add(file);
            } else if (file.toString().endsWith(".zip")) {
                zip(file);
            } else {
                single(file);
            }
        }
    }

    private void single(Path file) throws IOException {
        String source = sourceOf(file);
        try (InputStream in = new Bounded(new BufferedInputStream(Files.newInputStream(file)), RECORD_BYTES)) {
            OsvRecord record = OsvReader.read(in, texts);
            if (wanted.test(record)) {
                builder.add(record, source);
                records++;
            }
            told(source, file);
        } catch (Unreadable e) {
            if (Scores.isKev(file)) {
                scores.add(file);
            } else {
                problems.add(e.at(file.toString()));
            }
        }
    }

    /// A file of a zip, inflated.
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    private record Inflated(String name, byte[] json) {}

    private static final Future<List<Object>> END = CompletableFuture.completedFuture(List.of());

    /// One thread inflates, others parse and this one adds: all cores are busy, and the order stays that of the zip.
    private void zip(Path file) throws IOException {
        String source = sourceOf(file);
        BlockingQueue<Future<List<Object>>> parsed = new ArrayBlockingQueue<>(BATCHES_AHEAD);
        ExecutorService workers = Executors.newFixedThreadPool(
                1 + Math.min(4, Runtime.getRuntime().availableProcessors()),
                task -> Thread.ofPlatform().daemon().unstarted(task));
        try {
            workers.execute(() -> inflate(file, workers, parsed));
            for (Future<List<Object>> batch = parsed.take(); batch != END; batch = parsed.take()) {
                for (Object next : batch.get()) {
                    switch (next) {
                        case OsvRecord record -> {
                            if (wanted.test(record)) {
                                builder.add(record, source);
                                records++;
                            }
                        }
                        case String problem -> problems.add(problem);
                        default -> throw new IllegalStateException("unexpected " + next.getClass());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + file + " was read", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException("while " + file + " was read", e.getCause());
        } finally {
            workers.shutdownNow();
        }
        told(source, file);
    }

    /// Hands batches to the parsers, and puts what will come of each, in order, then [#END].
    private void inflate(Path file, ExecutorService parsers, BlockingQueue<Future<List<Object>>> out) {
        try {
            try (ZipInputStream zip =
                    new ZipInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
                byte[] buffer = new byte[1 << 16];
                List<Inflated> batch = new ArrayList<>();
                int bytes = 0;
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    if (entry.isDirectory() || !entry.getName().endsWith(".json")) {
                        continue;
                    }
                    int size = 0;
                    for (int read = 0; read >= 0 && size < RECORD_BYTES; size += Math.max(0, read)) {
                        if (size == buffer.length) {
                            buffer = Arrays.copyOf(buffer, Math.min(RECORD_BYTES, size * 2));
                        }
                        read = zip.read(buffer, size, buffer.length - size);
                    }
                    batch.add(new Inflated(entry.getName(), Arrays.copyOf(buffer, size)));
                    bytes += size;
                    if (bytes >= BATCH_BYTES) {
                        List<Inflated> full = batch;
                        out.put(parsers.submit(() -> parse(file, full)));
                        batch = new ArrayList<>();
                        bytes = 0;
                    }
                }
                List<Inflated> last = batch;
                out.put(parsers.submit(() -> parse(file, last)));
            } catch (ZipException | EOFException e) {
                out.put(CompletableFuture.failedFuture(new IOException(
                        file + ": is no zip, or a damaged one; fetch it again (" + e.getMessage() + ")")));
            } catch (IOException | RuntimeException e) {
                out.put(CompletableFuture.failedFuture(e));
            }
            out.put(END);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Records, and a text for each that could not be read.
    private List<Object> parse(Path file, List<Inflated> batch) throws IOException {
        List<Object> parsed = new ArrayList<>(batch.size());
        for (Inflated one : batch) {
            try {
                parsed.add(OsvReader.read(new ByteArrayInputStream(one.json), texts));
            } catch (Unreadable e) {
                parsed.add(e.at(file + "!" + one.name));
            }
        }
        return parsed;
    }

    private void told(String source, Path file) {
        String date = asOf != null
                ? asOf.toString()
                : cuts.getOrDefault(source, LocalDate.now(ZoneOffset.UTC).toString());
        builder.source(source, date, file.toString());
    }

    /// `npm` of `npm/all.zip`; else the file's own name.
    private static String sourceOf(Path file) {
        String name = file.getFileName().toString();
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null && parent.getFileName() != null && (name.equals("all.zip") || name.endsWith(".json"))) {
            return parent.getFileName().toString();
        }
        return name.endsWith(".zip") ? name.substring(0, name.length() - 4) : name;
    }

    /// Ends after so many bytes, so that no record of a lying zip fills the memory.
    static final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream in, long bytes) {
            super(in);
            this.left = bytes;
        }

        @Override
        public int read() throws IOException {
            int b = left > 0 ? super.read() : -1;
            left--;
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = left > 0 ? super.read(bytes, offset, (int) Math.min(length, left)) : -1;
            left -= Math.max(0, read);
            return read;
        }
    }
}
