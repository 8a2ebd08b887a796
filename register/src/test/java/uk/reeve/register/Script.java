package uk.reeve.register;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Somebody's script, which calls with a key.
final class Script {

    private static final Pattern KEY = Pattern.compile("<code>(reeve_[A-Za-z0-9_-]+)</code>");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;
    private final Map<String, String> headers;

    private Script(int port, Map<String, String> headers) {
        this.port = port;
        this.headers = headers;
    }

    /// That comes by other headers than a key.
    static Script with(int port, Map<String, String> headers) {
        return new Script(port, headers);
    }

    Map<String, String> headers() {
        return headers;
    }

    /// With a key that somebody signed in makes on the page.
    static Script of(int port, Browser administrator, String scope) {
        String token = administrator.token("/organisation/keys");
        String body = administrator
                .post("/organisation/keys", token, "name", "A script", "scope", scope)
                .body();
        Matcher made = KEY.matcher(body);
        if (!made.find()) {
            throw new AssertionError(body);
        }
        return new Script(port, Map.of("Authorization", "Bearer " + made.group(1)));
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> post(String path, String json, String... headers) {
        return send("POST", path, json, headers);
    }

    HttpResponse<String> put(String path, String json, String... headers) {
        return send("PUT", path, json, headers);
    }

    HttpResponse<String> send(String method, String path, String json, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json));
        this.headers.forEach(request::header);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
