import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One `serve` in a folder of its own, that may be started, killed and asked.
final class Register {

    static final String PASSWORD = "three words of a benchmark";
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern SET_UP = Pattern.compile("/set-up\\?key=(\\S+)");

    final Path folder;
    final String address;
    private final List<String> java;
    private final int port;
    private final List<String> settings;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Process process;
    private long began;
    private HttpClient administrator;
    long longestStart;

    /// @param java the JVM, its options, `-jar` and the register's jar
    /// @param settings lines of reeve.properties
    Register(Path folder, int port, List<String> java, List<String> settings) throws IOException {
        this.folder = folder;
        this.port = port;
        this.java = java;
        this.address = "http://localhost:" + port;
        this.settings = new ArrayList<>(settings);
        settings();
    }

    /// One more setting.
    void also(String setting) throws IOException {
        settings.add(setting);
        settings();
    }

    /// Lays its settings into its folder.
    void settings() throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("reeve.properties"), settings);
    }

    /// A variable that the process is to have.
    Register with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /// Begins to start, and waits for nothing.
    void launch() throws IOException {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("serve", "--port", "" + port, "--data", folder.toString()));
        began = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said().toFile());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    Register start() throws Exception {
        launch();
        while (!Files.readString(said()).contains("Reeve is ready")) {
            if (!process.isAlive() || System.nanoTime() - began > 240e9) {
                throw new IllegalStateException("it does not start: " + Files.readString(said()));
            }
            Thread.sleep(50);
        }
        longestStart = Math.max(longestStart, (System.nanoTime() - began) / 1_000_000_000);
        Matcher link = SET_UP.matcher(Files.readString(said()));
        if (link.find()) {
            setUp(link.group(1));
        }
        return this;
    }

    /// What it prints, beside its folder.
    private Path said() {
        return folder.resolveSibling(folder.getFileName() + ".out");
    }

    boolean runs() {
        return process != null && process.isAlive();
    }

    /// As `kill -9`.
    void kill() throws Exception {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    /// In order, its database with it.
    void stop() throws Exception {
        process.destroy();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            throw new IllegalStateException("it does not stop");
        }
    }

    /// As the superuser.
    Connection database() throws Exception {
        return Sector.connect(folder);
    }

    /// The process of the embedded database.
    ProcessHandle postmaster() throws IOException {
        long pid = Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst());
        return ProcessHandle.of(pid).orElseThrow();
    }

    /// Runs one of the embedded database's programs, as root as nobody, which PostgreSQL wants.
    int postgres(String program, String... words) throws Exception {
        List<String> command = new ArrayList<>();
        if (Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            command.addAll(List.of("unshare", "--user"));
        }
        try (var versions = Files.list(folder.resolve("postgresql"))) {
            command.add(versions.findFirst().orElseThrow().resolve("bin").resolve(program).toString());
        }
        command.addAll(List.of(words));
        command.add("--pgdata=" + folder.resolve("data"));
        return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolveSibling(program + ".out").toFile()).start().waitFor();
    }

    private void setUp(String key) throws Exception {
        HttpClient somebody = browser();
        String page = "/set-up?key=" + key;
        var made = post(somebody, "/set-up", Map.of("_csrf", token(somebody, page), "key", key,
                "register", "Faults (invented)", "name", "Ada", "email", "ada@register.example", "password", PASSWORD));
        if (!made.body().contains("The register is set up")) {
            throw new IllegalStateException("it cannot be set up: " + made.statusCode() + " " + made.body());
        }
    }

    /// Signed in once; the session outlives the process.
    synchronized HttpClient administrator() throws Exception {
        if (administrator == null) {
            administrator = signedIn("ada@register.example");
        }
        return administrator;
    }

    HttpClient signedIn(String email) throws Exception {
        HttpClient browser = browser();
        var answer = post(browser, "/sign-in", Map.of("_csrf", token(browser, "/sign-in"), "email", email, "password", PASSWORD));
        if (answer.statusCode() != 200 || answer.uri().getPath().equals("/sign-in")) {
            throw new IOException(email + " cannot sign in: " + answer.statusCode());
        }
        return browser;
    }

    private static HttpClient browser() {
        return HttpClient.newBuilder().cookieHandler(new CookieManager()).followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(10)).build();
    }

    HttpResponse<String> post(HttpClient as, String path, Map<String, String> fields) throws Exception {
        StringBuilder form = new StringBuilder();
        fields.forEach((name, value) -> form.append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)).append('&'));
        return as.send(HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form.toString())).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(HttpClient as, String path) throws Exception {
        return as.send(HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    }

    /// The token of the page's forms.
    String token(HttpClient as, String path) throws Exception {
        return token(get(as, path));
    }

    static String token(HttpResponse<String> page) {
        Matcher token = TOKEN.matcher(page.body());
        return token.find() ? token.group(1) : "";
    }

    /// Whether it says that it is ready to answer.
    boolean isReady() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(address + "/readyz")).timeout(Duration.ofSeconds(5)).build(),
                    BodyHandlers.discarding()).statusCode() == 200;
        } catch (Exception e) {
            return false;
        }
    }
}
