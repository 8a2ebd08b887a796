package uk.reeve.register.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/// The few files that every page loads, made once at the start and served at `/assets/`; the digest in each name lets
/// browsers keep them for a year.
@Component
final class Assets implements HttpRequestHandler {

    private final Map<String, Asset> files = new HashMap<>();
    private final AssetLinks links;

    private record Asset(String type, byte[] plain, byte[] zipped) {}

    Assets() {
        String library = add("govuk-frontend", "js", "text/javascript;charset=UTF-8", GovukFrontend.javascript());
        String script = GovukFrontend.read("/web/reeve.js").replace("GOVUK_FRONTEND", library);
        String css = GovukFrontend.css() + GovukFrontend.read("/web/reeve.css");
        links = new AssetLinks(
                add("reeve", "css", "text/css;charset=UTF-8", css),
                add("start", "js", "text/javascript;charset=UTF-8", GovukFrontend.read("/web/start.js")),
                add("reeve", "js", "text/javascript;charset=UTF-8", script),
                add("reeve", "svg", "image/svg+xml", GovukFrontend.read("/web/reeve.svg")));
    }

    AssetLinks links() {
        return links;
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        Asset asset = files.get(path);
        if (asset == null) {
            throw new NoResourceFoundException(HttpMethod.valueOf(request.getMethod()), path, path);
        }
        String accepted = request.getHeader("Accept-Encoding");
        boolean zip = accepted != null && accepted.contains("gzip");
        byte[] body = zip ? asset.zipped() : asset.plain();
        response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
        response.setHeader("Vary", "Accept-Encoding");
        if (zip) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentType(asset.type());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private String add(String name, String ending, String type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String path = "/assets/" + name + "-" + digest(bytes) + "." + ending;
        files.put(path, new Asset(type, bytes, zip(bytes)));
        return path;
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] zip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }
}
