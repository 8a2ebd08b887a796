package uk.reeve.engine.index;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// A bucket in OSV's layout, KEV and EPSS, served over real HTTP on loopback with ETags and ranges; and its faults.
final class Bucket implements AutoCloseable {

    final HttpServer server;
    final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Map<String, Map<String, Row>> sources = new TreeMap<>();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, Integer> breaks = new ConcurrentHashMap<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final Map<String, String> redirects = new ConcurrentHashMap<>();

    private record Row(String modified, String json) {}

    Bucket() throws IOException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    Bucket(HttpServer server) {
        this.server = server;
        server.createContext("/", this::answer);
        server.setExecutor(workers);
        server.start();
    }

    Bucket put(String source, String id, String modified, String fixed) {
        return put(source, id, modified, fixed, null);
    }

    Bucket put(String source, String id, String modified, String fixed, @Nullable String withdrawn) {
        String json = """
                {"id": "%s", "modified": "%s", %s "summary": "About %s", "affected": [{
                  "package": {"ecosystem": "%s", "name": "left-pad"},
                  "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "%s"}]}]}]}
                """.formatted(
                id, modified, withdrawn == null ? "" : "\"withdrawn\": \"" + withdrawn + "\",", id, source, fixed);
        sources.computeIfAbsent(source, _ -> new TreeMap<>()).put(id, new Row(modified, json));
        return this;
    }

    Bucket remove(String source, String id) {
        sources.getOrDefault(source, new TreeMap<>()).remove(id);
        return this;
    }

    Bucket removeSource(String source) {
        sources.remove(source);
        return this;
    }

    /// Serves these bytes in the place of what would lie there.
    Bucket file(String path, byte[] bytes) {
        files.put(path, bytes);
        return this;
    }

    Bucket file(String path, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    Bucket unfile(String path) {
        files.remove(path);
        return this;
    }

    /// Breaks the connection after so many bytes, that many times.
    Bucket breaks(String path, int times) {
        breaks.put(path, times);
        return this;
    }

    Bucket status(String path, int status) {
        statuses.put(path, status);
        return this;
    }

    Bucket redirect(String path, String to) {
        redirects.put(path, to);
        return this;
    }

    URI uri(String path) {
        String scheme = server instanceof com.sun.net.httpserver.HttpsServer ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    Feeds feeds() {
        return Feeds.standard()
                .from(uri("/osv"), null, null)
                .within(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(1));
    }

    Feeds feedsWithScores() {
        return feeds().from(uri("/osv"), uri("/kev.json"), uri("/epss.csv"));
    }

    /// Requests since the last time, without the list of ecosystems.
    List<String> asked() {
        List<String> asked = new ArrayList<>(log);
        log.clear();
        asked.removeIf(line -> line.contains("ecosystems.txt"));
        Collections.sort(asked);
        return asked;
    }

    private synchronized byte @Nullable [] bytes(String path) throws IOException {
        byte[] own = files.get(path);
        if (own != null || !path.startsWith("/osv/")) {
            return own;
        }
        if (path.equals("/osv/ecosystems.txt")) {
            return (String.join("\n", sources.keySet()) + "\n").getBytes(StandardCharsets.UTF_8);
        }
        String[] parts = path.substring(5).split("/", -1);
        Map<String, Row> rows = sources.get(parts[0]);
        if (rows == null || parts.length != 2) {
            return null;
        }
        if (parts[1].equals("modified_id.csv")) {
            StringBuilder text = new StringBuilder();
            rows.forEach((id, row) ->
                    text.append(row.modified).append(',').append(id).append('\n'));
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }
        if (parts[1].equals("all.zip")) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                for (Map.Entry<String, Row> e : rows.entrySet()) {
                    ZipEntry entry = new ZipEntry(e.getKey() + ".json");
                    entry.setTime(0);
                    zip.putNextEntry(entry);
                    zip.write(e.getValue().json.getBytes(StandardCharsets.UTF_8));
                }
            }
            return out.toByteArray();
        }
        Row row = rows.get(parts[1].substring(0, Math.max(0, parts[1].length() - ".json".length())));
        return row == null ? null : row.json.getBytes(StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = bytes(path);
        int status = statuses.getOrDefault(path, redirects.containsKey(path) ? 302 : body == null ? 404 : 200);
        String tag = body == null ? "" : "\"" + java.util.Arrays.hashCode(body) + "\"";
        int from = 0;
        if (status == 200) {
            exchange.getResponseHeaders().set("ETag", tag);
            String range = exchange.getRequestHeaders().getFirst("Range");
            if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                status = 304;
            } else if (range != null && tag.equals(exchange.getRequestHeaders().getFirst("If-Range"))) {
                from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
                status = 206;
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + from + "-" + (body.length - 1) + "/" + body.length);
            }
        }
        log.add(path.replace("/osv/", "") + " " + status + (from > 0 ? " from " + from : ""));
        if (status == 302) {
            exchange.getResponseHeaders().set("Location", redirects.getOrDefault(path, ""));
        }
        if (status != 200 && status != 206) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length - from);
            boolean broken = breaks.merge(path, -1, Integer::sum) >= 0;
            int length = broken ? (body.length - from) / 2 : body.length - from;
            exchange.getResponseBody().write(body, from, length);
            exchange.getResponseBody().flush();
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
