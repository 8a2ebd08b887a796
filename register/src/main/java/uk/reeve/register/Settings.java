package uk.reeve.register;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import uk.reeve.register.organisation.Seal;

/// What can be set, by the environment or by `reeve.properties` of the data folder; the environment wins. In the
/// environment a name is written in capitals with `_` for `.` and `-`.
final class Settings {

    /// @param otherwise what holds where it is not set, in words
    /// @param secret never shown
    record Setting(String name, String otherwise, boolean secret, String sentence) {}

    static final List<Setting> ALL = List.of(
            of("reeve.address", "http://localhost:PORT", "how people reach it; links in mail begin so"),
            of("reeve.database.url", "its own database", "jdbc:postgresql://host:5432/reeve, PostgreSQL 15 or later"),
            secret("reeve.database.migrator-password", "password of the role reeve_migrator"),
            secret("reeve.database.web-password", "password of the role reeve_web"),
            secret("reeve.database.jobs-password", "password of the role reeve_jobs"),
            of("reeve.jobs", "true", "false on a node that only answers people"),
            of("reeve.advisories.url", "none", "a mirror of OSV's files, KEV and EPSS, fetched once a day"),
            of("reeve.kev.url", "none", "CISA's list of what is exploited, by itself; fetched once a day"),
            of("reeve.epss.url", "none", "FIRST's scores (CSV, gzip or not), by themselves; fetched once a day"),
            of("reeve.cve.url", "none", "a zip of CVE records, or file:/// and a folder; read once a day"),
            of("reeve.mail.host", "none: no mail leaves", "the mail server"),
            of("reeve.mail.port", "25", "its port"),
            of(
                    "reeve.mail.tls",
                    "when offered; a must with a user",
                    "starttls: required; tls: from the first byte; none"),
            of("reeve.mail.user", "none", "who signs in there"),
            secret("reeve.mail.password", "with which password"),
            of("reeve.mail.from", "reeve@localhost", "the sender's address"),
            of("reeve.oidc.issuer", "none", "an OpenID Connect provider by which people sign in"),
            of("reeve.oidc.client-id", "none", "what it knows this register as"),
            secret("reeve.oidc.client-secret", "with which secret"),
            of("reeve.oidc.label", "Sign in with your organisation", "what its button says"),
            new Setting(
                    "reeve.key",
                    "the file seal.key",
                    true,
                    "32 bytes in Base64: seals secrets of authenticator apps and webhooks in the database"),
            of("reeve.session.idle", "2h", "how long a session lasts without a request"),
            of("reeve.session.longest", "12h", "how long it lasts at all"),
            of("reeve.webhooks.allow", "none", "private addresses to which webhooks may go, by comma"),
            of("reeve.metrics.port", "none", "health and metrics for Prometheus, on this port of 127.0.0.1"),
            of("server.port", "8080", "on which port it listens; --port of the command wins"),
            of("server.address", "every address", "on which of the machine's addresses it listens"),
            of("server.forward-headers-strategy", "none", "native: behind a proxy that sets X-Forwarded-*"),
            of("server.tomcat.remoteip.internal-proxies", "private networks", "which proxies are believed"));

    private Settings() {}

    private static Setting of(String name, String otherwise, String sentence) {
        return new Setting(name, otherwise, false, sentence);
    }

    private static Setting secret(String name, String sentence) {
        return new Setting(name, "none", true, sentence);
    }

    /// The environment, then the file of the folder.
    ///
    /// @throws IllegalArgumentException when the file cannot be read
    static Environment of(Path folder) {
        StandardEnvironment environment = new StandardEnvironment();
        Path file = file(folder);
        if (Files.exists(file)) {
            Properties kept = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                kept.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new IllegalArgumentException("The file " + file + " cannot be read: " + e.getMessage() + ".", e);
            }
            environment.getPropertySources().addLast(new PropertiesPropertySource(file.toString(), kept));
        }
        return environment;
    }

    static Path file(Path folder) {
        return folder.resolve("reeve.properties");
    }

    /// @throws IllegalArgumentException says which setting is wrong, and what it must be
    static void check(Path folder) {
        Environment settings = of(folder);
        String address = settings.getProperty("reeve.address", "");
        if (!address.isEmpty() && !address.matches("https?://[^/\\s]+(/[^\\s]*)?")) {
            throw wrong("reeve.address", "must be an address, like https://register.example");
        }
        if (!List.of("", "starttls", "tls", "none").contains(settings.getProperty("reeve.mail.tls", ""))) {
            throw wrong("reeve.mail.tls", "must be starttls, tls or none");
        }
        for (String feed : List.of("reeve.kev.url", "reeve.epss.url", "reeve.cve.url")) {
            if (!settings.getProperty(feed, "").matches("|(https?://|file:///)\\S+")) {
                throw wrong(feed, "must be an address that begins with https://, http:// or file:///");
            }
        }
        for (String port : List.of("reeve.mail.port", "reeve.metrics.port", "server.port")) {
            if (!settings.getProperty(port, "1").matches("[0-9]{1,5}")) {
                throw wrong(port, "must be a number");
            }
        }
        if (!settings.getProperty("reeve.key", "").matches("|[A-Za-z0-9+/]{43}=")) {
            throw wrong("reeve.key", "must be 32 bytes in Base64; openssl rand -base64 32 makes one");
        }
        Seal.in(folder, "");
        for (String name : named(folder)) {
            if (name.startsWith("reeve.")
                    && ALL.stream().noneMatch(one -> one.name().equals(name))) {
                throw wrong(name, "is no setting; reeve settings lists them");
            }
        }
    }

    private static IllegalArgumentException wrong(String name, String what) {
        return new IllegalArgumentException("The setting " + name + " " + what + ".");
    }

    /// What the file of the folder names.
    private static Set<String> named(Path folder) {
        Set<String> names = new TreeSet<>();
        for (PropertySource<?> source : ((StandardEnvironment) of(folder)).getPropertySources()) {
            if (source instanceof PropertiesPropertySource file
                    && source.getName().equals(file(folder).toString())) {
                names.addAll(List.of(file.getPropertyNames()));
            }
        }
        return names;
    }

    /// Each with its value and where that came from; secrets as `***`.
    static String told(Path folder) {
        StandardEnvironment environment = (StandardEnvironment) of(folder);
        StringBuilder text = new StringBuilder();
        for (Setting setting : ALL) {
            String value = environment.getProperty(setting.name());
            String from = "not set";
            for (PropertySource<?> source : environment.getPropertySources()) {
                if (value != null && source.containsProperty(setting.name())) {
                    from = source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
                            ? "from the environment"
                            : "from " + source.getName();
                    break;
                }
            }
            text.append("%s = %s (%s)%n    %s%n"
                    .formatted(
                            setting.name(),
                            value == null ? setting.otherwise() : setting.secret() ? "***" : value,
                            from,
                            setting.sentence()));
        }
        return text.append("Set them in %s, or in the environment as %s.".formatted(file(folder), "REEVE_MAIL_HOST"))
                .toString();
    }
}
