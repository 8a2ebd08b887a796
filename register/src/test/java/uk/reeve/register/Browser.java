package uk.reeve.register;

import java.net.CookieManager;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Somebody at a browser without script: keeps cookies, sends forms, follows no redirect by itself.
final class Browser {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final String address;
    private final HttpClient http;

    Browser(int port) {
        this(port, "127.0.0.1");
    }

    /// @param from this machine's address that the register sees: one that begins with 127
    Browser(int port, String from) {
        this.address = "http://127.0.0.1:" + port;
        this.http = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .localAddress(InetAddress.ofLiteral(from))
                .build();
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(address + path)).build());
    }

    /// What the page says, without its tags.
    String text(String path) {
        return get(path)
                .body()
                .replaceAll("(?s)<(style|script|svg).*?</\\1>", "")
                .replaceAll("<[^>]+>", " ")
                .replaceAll("\\s+", " ");
    }

    /// @param fields name, value, name, value …
    HttpResponse<String> post(String path, String token, String... fields) {
        StringBuilder body = new StringBuilder("_csrf=").append(encode(token));
        for (int i = 0; i < fields.length; i += 2) {
            body.append('&').append(encode(fields[i])).append('=').append(encode(fields[i + 1]));
        }
        return send(HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    /// Sends a form with a file.
    ///
    /// @param fields name, value, name, value …
    HttpResponse<String> upload(
            String path, String token, String field, String name, byte[] content, String... fields) {
        StringBuilder begin = new StringBuilder(part("_csrf")).append(token);
        for (int i = 0; i < fields.length; i += 2) {
            begin.append("\r\n").append(part(fields[i])).append(fields[i + 1]);
        }
        begin.append("\r\n--part\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"" + name
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        return send(HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "multipart/form-data; boundary=part")
                .POST(HttpRequest.BodyPublishers.concat(
                        HttpRequest.BodyPublishers.ofString(begin.toString()),
                        HttpRequest.BodyPublishers.ofByteArray(content),
                        HttpRequest.BodyPublishers.ofString("\r\n--part--\r\n")))
                .build());
    }

    /// The same without saying how long it is.
    HttpResponse<String> upload(
            String path,
            String token,
            String field,
            String name,
            java.util.function.Supplier<java.io.InputStream> content) {
        String begin = part("_csrf") + token + "\r\n--part\r\nContent-Disposition: form-data; name=\"" + field
                + "\"; filename=\"" + name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        return send(HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "multipart/form-data; boundary=part")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.SequenceInputStream(
                        new java.io.ByteArrayInputStream(begin.getBytes(StandardCharsets.UTF_8)), content.get())))
                .build());
    }

    private static String part(String name) {
        return "--part\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n";
    }

    /// The token of the form on a page.
    String token(String path) {
        Matcher matcher = TOKEN.matcher(get(path).body());
        return matcher.find() ? matcher.group(1) : "";
    }

    Browser signIn(String email, String password) {
        HttpResponse<String> answer = post("/sign-in", token("/sign-in"), "email", email, "password", password);
        if (answer.statusCode() != 303) {
            throw new AssertionError("could not sign in as " + email + ": " + answer.statusCode());
        }
        return this;
    }

    /// As a request's header holds them.
    String cookie() {
        return ((CookieManager) http.cookieHandler().orElseThrow())
                .getCookieStore().getCookies().stream()
                        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                        .collect(java.util.stream.Collectors.joining("; "));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
