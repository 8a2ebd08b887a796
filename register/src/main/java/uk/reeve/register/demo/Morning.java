package uk.reeve.register.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Presses the button of a demonstration that runs, from the command line: as a browser does, by its form.
public final class Morning {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private Morning() {}

    /// @param address of the demonstration: `http://localhost:8080/`
    /// @return one sentence: what the press did
    /// @throws IllegalArgumentException where no demonstration answers there
    public static String press(String address) {
        try (HttpClient http =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            HttpRequest.Builder page = HttpRequest.newBuilder(URI.create(address + "demo"));
            Matcher token = TOKEN.matcher(http.send(page.build(), HttpResponse.BodyHandlers.ofString())
                    .body());
            if (!token.find()) {
                throw new IllegalArgumentException("No demonstration answers at " + address + ".");
            }
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(address + "demo/morning"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 303
                    ? "The button is pressed. Watch: " + address + "demo"
                    : "The demonstration at " + address + " refused (" + answer.statusCode() + ").";
        } catch (IOException e) {
            throw new IllegalArgumentException("No demonstration answers at " + address + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted"));
        }
    }
}
