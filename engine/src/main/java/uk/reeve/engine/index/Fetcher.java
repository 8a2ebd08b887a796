package uk.reeve.engine.index;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;

/// Fetches files over HTTP: bounded, asked again when a connection breaks, gone on with where it broke, and not fetched
/// again when the server says that it is the same. Beside `FILE` lie `FILE.etag` (the address and its ETag) and, while
/// it is incomplete, `FILE.part` and `FILE.part.etag`.
///
/// Source: RFC 9110, 10.2.2 (redirects), 13.1.2 (If-None-Match), 13.1.5 (If-Range), 14 (ranges).
final class Fetcher implements AutoCloseable {

    private static final int TRIALS = 3;
    private static final int REDIRECTS = 5;

    private final Feeds feeds;
    private final HttpClient client;
    private final ScheduledThreadPoolExecutor watch;

    Fetcher(Feeds feeds, Map<String, String> environment) throws IOException {
        this.feeds = feeds;
        this.client = Transport.client(feeds, environment);
        this.watch =
                new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().factory());
        watch.setRemoveOnCancelPolicy(true);
    }

    /// Told of bytes as they come.
    @FunctionalInterface
    interface Meter {
        void at(long bytes, long total);
    }

    /// Looks at a file before it takes the place of the one that is there.
    @FunctionalInterface
    interface Check {
        void check(Path file) throws IOException, Unreadable;
    }

    /// Fetches into a file, unless it is there and the server says that it is the same.
    ///
    /// @param check throws where what came is not what was asked for; then the file that is there stays
    /// @return whether something new came
    boolean toFile(URI uri, Path file, Check check, Meter meter) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        boolean fresh = again(uri, () -> once(uri, file, meter));
        if (fresh) {
            Path part = beside(file, ".part");
            try {
                check.check(part);
            } catch (Unreadable | IOException e) {
                String wrong = wrong(part, e);
                Files.deleteIfExists(part);
                Files.deleteIfExists(beside(file, ".part.etag"));
                throw new NotFetched(NotFetched.Kind.REFUSED, Feeds.shown(uri) + ": " + wrong, e);
            }
            Files.deleteIfExists(beside(file, ".etag"));
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            if (Files.exists(beside(file, ".part.etag"))) {
                Files.move(beside(file, ".part.etag"), beside(file, ".etag"), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return fresh;
    }

    /// Fetches a small file.
    byte[] bytes(URI uri, int most) throws IOException {
        return again(uri, () -> {
            HttpResponse<InputStream> response = open(uri, Map.of());
            try (InputStream in = watched(response.body())) {
                refuseStatus(uri, response.statusCode());
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                copy(uri, in, out, 0, Math.min(most, feeds.mostBytes()), -1, (_, _) -> {});
                return out.toByteArray();
            }
        });
    }

    private boolean once(URI uri, Path file, Meter meter) throws IOException {
        Path part = beside(file, ".part");
        Path partTag = beside(file, ".part.etag");
        String resume = Files.exists(part) ? tag(uri, partTag) : null;
        String known = Files.exists(file) ? tag(uri, beside(file, ".etag")) : null;
        long from = resume == null || resume.startsWith("W/") ? 0 : Files.size(part);
        Map<String, String> headers = from > 0 && resume != null
                ? Map.of("Range", "bytes=" + from + "-", "If-Range", resume)
                : known != null ? Map.of("If-None-Match", known) : Map.of();
        HttpResponse<InputStream> response = open(uri, headers);
        try (InputStream in = watched(response.body())) {
            int status = response.statusCode();
            if (status == 304 && known != null && from == 0) {
                return false;
            }
            if (status == 416 || (status == 206 && (from == 0 || startOf(response) != from))) {
                Files.deleteIfExists(part);
                Files.deleteIfExists(partTag);
                throw new NotFetched(NotFetched.Kind.BUSY, Feeds.shown(uri) + " changed while it was fetched");
            }
            if (status != 206) {
                refuseStatus(uri, status);
                from = 0;
                Files.deleteIfExists(partTag);
                String tag = printable(response.headers().firstValue("ETag").orElse(""));
                Files.deleteIfExists(part);
                if (tag != null) {
                    Files.writeString(partTag, Feeds.shown(uri) + "\n" + tag + "\n");
                }
            }
            long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
            long total = length < 0 ? -1 : from + length;
            try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                copy(uri, in, out, from, feeds.mostBytes(), total, meter);
            } catch (NotFetched e) {
                if (!e.again()) {
                    Files.deleteIfExists(part);
                }
                throw e;
            }
            return true;
        }
    }

    private static void copy(URI uri, InputStream in, OutputStream out, long from, long most, long total, Meter meter)
            throws IOException {
        byte[] buffer = new byte[1 << 16];
        long at = from;
        meter.at(at, total);
        while (true) {
            if (at > most || total > most) {
                throw new NotFetched(
                        NotFetched.Kind.REFUSED, Feeds.shown(uri) + " has more than " + most + " bytes; refused");
            }
            int read;
            try {
                read = in.read(buffer);
            } catch (IOException e) {
                throw new NotFetched(
                        NotFetched.Kind.NETWORK, Feeds.shown(uri) + ": the connection broke after " + at + " bytes", e);
            }
            if (read < 0) {
                break;
            }
            out.write(buffer, 0, read);
            at += read;
            meter.at(at, total);
        }
        if (total >= 0 && at != total) {
            throw new NotFetched(
                    NotFetched.Kind.NETWORK,
                    Feeds.shown(uri) + ": the connection broke after " + at + " of " + total + " bytes");
        }
    }

    private interface Trial<T> {
        T run() throws IOException;
    }

    private <T> T again(URI uri, Trial<T> trial) throws IOException {
        for (int number = 1; ; number++) {
            try {
                return trial.run();
            } catch (NotFetched e) {
                if (!e.again() || number == TRIALS) {
                    throw e;
                }
            }
            try {
                Thread.sleep(feeds.pause().multipliedBy(number));
            } catch (InterruptedException e) {
                throw interrupted(uri, e);
            }
        }
    }

    /// Asks, and follows redirects: no more than five, only to http and https, and never from https to http.
    private HttpResponse<InputStream> open(URI uri, Map<String, String> headers) throws IOException {
        URI at = uri;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            HttpResponse<InputStream> response = send(at, uri, headers);
            int status = response.statusCode();
            if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308) {
                return response;
            }
            response.body().close();
            URI next;
            try {
                next = at.resolve(response.headers().firstValue("Location").orElse(""));
            } catch (IllegalArgumentException e) {
                throw new NotFetched(NotFetched.Kind.REFUSED, Feeds.shown(uri) + " redirects to what is no address", e);
            }
            String scheme = next.getScheme() == null ? "" : next.getScheme().toLowerCase(Locale.ROOT);
            boolean down = "https".equalsIgnoreCase(at.getScheme()) && !scheme.equals("https");
            if (next.getHost() == null || (!scheme.equals("https") && !scheme.equals("http")) || down) {
                throw new NotFetched(
                        NotFetched.Kind.REFUSED,
                        Feeds.shown(uri) + " redirects to " + Feeds.shown(next) + "; refused"
                                + (down ? ", since it would go on without encryption" : ""));
            }
            at = next;
        }
        throw new NotFetched(
                NotFetched.Kind.REFUSED, Feeds.shown(uri) + " redirects more than " + REDIRECTS + " times; refused");
    }

    private HttpResponse<InputStream> send(URI at, URI first, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at)
                .timeout(feeds.silence())
                .header("User-Agent", "reeve")
                .GET();
        headers.forEach(request::setHeader);
        String user = first.getRawUserInfo();
        if (user != null && sameServer(at, first)) {
            String decoded = java.net.URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
            request.setHeader(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(decoded.getBytes(StandardCharsets.UTF_8)));
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            throw interrupted(at, e);
        } catch (HttpTimeoutException e) {
            throw new NotFetched(NotFetched.Kind.NETWORK, Feeds.shown(at) + " does not answer", e);
        } catch (SSLException e) {
            throw new NotFetched(
                    NotFetched.Kind.REFUSED,
                    Feeds.shown(at) + ": no trusted connection (" + e.getMessage()
                            + "); where a proxy or mirror has a certificate of your own, give the authority's",
                    e);
        } catch (IOException e) {
            throw new NotFetched(NotFetched.Kind.NETWORK, Feeds.shown(at) + reason(at, e), e);
        } catch (IllegalArgumentException e) {
            throw new NotFetched(NotFetched.Kind.REFUSED, Feeds.shown(at) + " is no address that can be fetched", e);
        }
    }

    private static boolean sameServer(URI a, URI b) {
        return a.getHost().equalsIgnoreCase(b.getHost())
                && a.getPort() == b.getPort()
                && a.getScheme().equalsIgnoreCase(b.getScheme());
    }

    private static String reason(URI at, IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof java.net.UnknownHostException) {
                return " cannot be reached: no such host, or no network";
            }
        }
        String message = e.getMessage();
        String userless = message == null || at.getRawUserInfo() != null ? "" : ": " + message;
        return e instanceof java.net.ConnectException
                ? " cannot be reached: nobody answers there"
                : " cannot be fetched" + userless;
    }

    private static void refuseStatus(URI uri, int status) throws NotFetched {
        if (status == 200) {
            return;
        }
        NotFetched.Kind kind = status == 404 || status == 410
                ? NotFetched.Kind.ABSENT
                : status == 429 || status >= 500 ? NotFetched.Kind.BUSY : NotFetched.Kind.REFUSED;
        String word = kind == NotFetched.Kind.ABSENT
                ? " (not there)"
                : status == 407 ? " (the proxy wants a user and a password)" : "";
        throw new NotFetched(kind, Feeds.shown(uri) + " answers with status " + status + word);
    }

    /// What is wrong, and the commonest cause where it shows: a page of a proxy or a log-in.
    private static String wrong(Path part, Exception e) throws IOException {
        String head = "";
        if (Files.exists(part)) {
            try (InputStream in = Files.newInputStream(part)) {
                head = new String(in.readNBytes(200), StandardCharsets.UTF_8)
                        .strip()
                        .toLowerCase(Locale.ROOT);
            }
        }
        if (head.startsWith("<!doctype html") || head.startsWith("<html")) {
            return "a web page came instead; a proxy or a log-in page may stand between";
        }
        String message = e.getMessage();
        return message == null ? "is damaged" : message;
    }

    private static InterruptedIOException interrupted(URI uri, InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException told =
                new InterruptedIOException("interrupted while " + Feeds.shown(uri) + " was fetched");
        told.initCause(e);
        return told;
    }

    private static long startOf(HttpResponse<?> response) {
        String range = response.headers().firstValue("Content-Range").orElse("");
        int dash = range.indexOf('-');
        try {
            return range.startsWith("bytes ") && dash > 6 ? Long.parseLong(range.substring(6, dash)) : -1;
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    /// The ETag that a file was fetched with from this address; null where there is none.
    private static @Nullable String tag(URI uri, Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > 10_000) {
            return null;
        }
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return lines.size() >= 2 && lines.get(0).equals(Feeds.shown(uri)) ? printable(lines.get(1)) : null;
    }

    private static @Nullable String printable(String tag) {
        for (int i = 0; i < tag.length(); i++) {
            if (tag.charAt(i) < 0x21 || tag.charAt(i) > 0x7e) {
                return null;
            }
        }
        return tag.isEmpty() || tag.length() > 300 ? null : tag;
    }

    static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /// Breaks off a server that falls silent in the middle: the client's own timeout ends with the headers.
    private InputStream watched(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                ScheduledFuture<?> alarm = watch.schedule(
                        () -> {
                            in.close();
                            return null;
                        },
                        feeds.silence().toMillis(),
                        TimeUnit.MILLISECONDS);
                try {
                    return in.read(bytes, offset, length);
                } finally {
                    alarm.cancel(false);
                }
            }
        };
    }

    @Override
    public void close() {
        watch.shutdownNow();
        client.shutdownNow();
    }
}
