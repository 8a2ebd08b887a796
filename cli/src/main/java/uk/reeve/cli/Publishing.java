package uk.reeve.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.cli.report.Text;
import uk.reeve.engine.index.Feeds;
import uk.reeve.engine.index.Transport;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;

/// An SBOM to a register, by its API.
///
/// @param register its address, without a slash at the end
/// @param product as its address names it: `larkfield-revenues`
/// @param audience null: as it was last chosen for the release
/// @param acceptName whether it is sent whatever the SBOM says that it is of
record Publishing(
        URI register,
        String key,
        String product,
        String version,
        @Nullable String audience,
        boolean acceptName,
        @Nullable Path authorities) {

    private static final List<String> AUDIENCES = List.of("public", "verified", "granted", "nobody");
    private static final List<String> HERE = List.of("localhost", "127.0.0.1", "[::1]");

    static final Option URL = Option.value("--url", "URL", "Register", "its address (or REEVE_URL)");
    static final Option KEY =
            Option.value("--key-file", "FILE", "Register", "holds the API key (or REEVE_KEY); never an argument");
    static final Option AUDIENCE = Option.value(
            "--audience",
            "WORD",
            "Register",
            "who may read the list: " + String.join(", ", AUDIENCES) + "; else as last time");
    static final Option ACCEPT_NAME =
            Option.flag("--accept-name", "Register", "use it although the SBOM names another product or version");
    static final Option CA = Option.value("--ca", "FILE", "Register", "PEM file of more certificate authorities");

    /// @param release `PRODUCT/VERSION`, as the register's address of the release has them
    static Publishing of(String release, Arguments arguments, Environment environment) throws Refused {
        int slash = release.indexOf('/');
        if (slash < 1 || slash == release.length() - 1) {
            throw Refused.usage("write the release as PRODUCT/VERSION, like larkfield-revenues/8.2");
        }
        String audience = arguments.value("--audience");
        if (audience != null && !AUDIENCES.contains(audience)) {
            throw Refused.usage("--audience takes " + String.join(", ", AUDIENCES));
        }
        String ca = arguments.value("--ca");
        return new Publishing(
                address(arguments, environment),
                key(arguments, environment),
                release.substring(0, slash),
                release.substring(slash + 1),
                audience,
                arguments.has("--accept-name") || arguments.value("--publish") != null,
                ca == null ? null : environment.path(ca));
    }

    private static URI address(Arguments arguments, Environment environment) throws Refused {
        String text = arguments.value("--url");
        text = text == null ? environment.variables().getOrDefault("REEVE_URL", "") : text;
        if (text.isBlank()) {
            throw Refused.usage("say which register: --url https://register.example, or REEVE_URL");
        }
        try {
            URI uri = URI.create(text.strip().replaceAll("/+$", ""));
            boolean secure = "https".equals(uri.getScheme());
            if (uri.getHost() != null && uri.getUserInfo() == null && (secure || HERE.contains(uri.getHost()))) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // The same as below.
        }
        throw Refused.usage("--url must be an https address, like https://register.example: a key goes with it");
    }

    private static String key(Arguments arguments, Environment environment) throws Refused {
        String file = arguments.value("--key-file");
        String key = environment.variables().getOrDefault("REEVE_KEY", "");
        if (file != null) {
            try {
                key = Files.readString(environment.path(file));
            } catch (IOException e) {
                throw Refused.usage(Shown.text(file) + ": cannot be read (" + Inputs.why(e) + ")");
            }
        }
        key = key.strip();
        if (!key.matches("[A-Za-z0-9_-]{16,200}")) {
            throw Refused.usage(
                    key.isEmpty()
                            ? "no API key: set REEVE_KEY, or name a file with --key-file; your organisation's page API"
                                    + " keys makes one"
                            : "that is no API key: one begins with reeve_");
        }
        return key;
    }

    /// Sends it, and tells where it is.
    ///
    /// @param name of the file, for people
    int send(HttpRequest.BodyPublisher sbom, String name, Environment environment) throws Refused, IOException {
        String query = (acceptName ? "&accept-name=true" : "") + (audience == null ? "" : "&audience=" + audience);
        HttpRequest request = HttpRequest.newBuilder(URI.create(register + path("/api/v1/products/") + "/sboms"
                        + (query.isEmpty() ? "" : "?" + query.substring(1))))
                .timeout(Duration.ofMinutes(10))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/octet-stream")
                .POST(sbom)
                .build();
        Feeds how = Feeds.standard().through(null, authorities);
        try (var client = Transport.client(how, environment.variables())) {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            Node body = body(answer.body());
            if (answer.statusCode() != 201) {
                throw new Refused(
                        Exit.INCOMPLETE,
                        register.getHost() + " did not take it (" + answer.statusCode() + "): "
                                + why(answer.statusCode(), body));
            }
            environment.out().write("""
                    %s: %s components, %s
                      what is in it   %s/sboms/%s
                      the release     %s
                    """.formatted(
                            Shown.text(name),
                            number(body, "components"),
                            body.isTrue("known") ? "known already" : "received",
                            register,
                            Shown.text(String.valueOf(body.text("ref"))),
                            register + path("/products/"))
                    .getBytes(StandardCharsets.UTF_8));
            return Exit.DONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Exit.INCOMPLETE, "interrupted; ask the register whether it came");
        } catch (IOException e) {
            throw new Refused(Exit.INCOMPLETE, register.getHost() + " cannot be reached (" + Inputs.why(e) + ")");
        }
    }

    private String path(String before) {
        return before + segment(product) + "/releases/" + segment(version);
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Node body(byte[] bytes) {
        try {
            return JsonInput.read(new ByteArrayInputStream(bytes));
        } catch (IOException | Unreadable e) {
            return new Node.Nothing(0); // a proxy's page, say
        }
    }

    private static String number(Node body, String name) {
        return body.get(name) instanceof Node.Num number && number.value().matches("[0-9]{1,9}")
                ? Text.count(Long.parseLong(number.value()))
                : "its";
    }

    private static String why(int status, Node body) {
        String detail = body.text("detail");
        if (detail != null && !detail.isBlank()) {
            return Text.clean(detail);
        }
        return switch (status) {
            case 401 -> "the key is not known, or has expired";
            case 403 -> "the key may not publish; its organisation can make one that may";
            case 404 -> "there is no such product and release that you may see; add it on its pages first";
            case 413 -> "it is too large";
            default -> "ask who runs it";
        };
    }
}
