package uk.reeve.engine.index;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.advisory.OsvReader;
import uk.reeve.engine.advisory.OsvRecord;
import uk.reeve.engine.input.Unreadable;

/// Fetches records of one source one by one, a few at a time. One that lies there from an interrupted run is
/// not fetched again.
final class Singles {

    private static final int AT_A_TIME = 8;

    private final Fetcher fetcher;
    private final Feeds feeds;
    private final Progress progress;
    private final Source source;
    private final AtomicInteger silent = new AtomicInteger();
    private long bytes;
    private int done;

    Singles(Fetcher fetcher, Feeds feeds, Progress progress, Source source) {
        this.fetcher = fetcher;
        this.feeds = feeds;
        this.progress = progress;
        this.source = source;
    }

    /// Fetches what the source wants.
    ///
    /// @param modified the time that the list tells of an id
    /// @return null where all are there; else a line that says how many are not, and why the first is not
    @Nullable
    String fetch(ToLongFunction<String> modified) throws IOException {
        Files.createDirectories(source.folder);
        ExecutorService workers = Executors.newFixedThreadPool(
                AT_A_TIME, Thread.ofPlatform().daemon().factory());
        try {
            List<Future<@Nullable String>> running = new ArrayList<>(source.wanted.size());
            for (String id : source.wanted) {
                running.add(workers.submit(() -> one(id, modified.applyAsLong(id))));
            }
            int missing = 0;
            String first = null;
            for (Future<@Nullable String> each : running) {
                String problem = each.get();
                missing += problem == null ? 0 : 1;
                first = first == null ? problem : first;
            }
            return first == null
                    ? null
                    : source.name + ": " + missing + " of " + running.size() + " records could not be fetched; "
                            + first;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while records of " + source.name + " were fetched");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException("a record of " + source.name + " could not be fetched", e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private @Nullable String one(String id, long modified) throws IOException {
        Path file = source.single(id);
        try {
            if (Files.isRegularFile(file) && IndexBuilder.seconds(stored(file).modified()) == modified) {
                taken(0);
                return null;
            }
        } catch (Unreadable _) {
            // half a file of an interrupted run: fetched again
        }
        if (silent.get() >= AT_A_TIME) {
            return "nobody answers";
        }
        try {
            byte[] body = fetcher.bytes(feeds.below(source.name, id + ".json"), Importer.RECORD_BYTES);
            silent.set(0);
            OsvRecord record = OsvReader.read(new ByteArrayInputStream(body));
            if (!record.id().equals(id)) {
                return id + ".json is another record";
            }
            Path fresh = Fetcher.beside(file, ".new");
            Files.write(fresh, body);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            taken(body.length);
            return null;
        } catch (NotFetched e) {
            if (e.kind() == NotFetched.Kind.NETWORK) {
                silent.incrementAndGet();
            }
            return e.text();
        } catch (Unreadable e) {
            return e.at(id + ".json");
        }
    }

    private static OsvRecord stored(Path file) throws IOException, Unreadable {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return OsvReader.read(in);
        }
    }

    private synchronized void taken(int size) {
        bytes += size;
        done++;
        progress.at(source.name, bytes, -1, done);
    }
}
