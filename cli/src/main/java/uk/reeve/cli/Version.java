package uk.reeve.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import uk.reeve.cli.report.Text;
import uk.reeve.engine.index.AdvisoryStore;
import uk.reeve.engine.index.SourceState;

/// Which Reeve this is.
///
/// @param number `0.1.0`
/// @param commit short hash; `unknown` where it was not built from a checkout
record Version(String number, String commit) {

    /// As the build wrote it.
    static Version read() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            // Then it is not known.
        }
        return new Version(known(properties, "version", "0"), known(properties, "commit", "unknown"));
    }

    private static String known(Properties properties, String name, String otherwise) {
        String value = properties.getProperty(name, "");
        return value.isEmpty() || value.startsWith("$") || value.startsWith("@") ? otherwise : value;
    }

    static void print(Environment environment) throws IOException {
        Version version = read();
        String advisories = "none yet (reeve advisories update)";
        try (AdvisoryStore store = Stores.open(null, environment)) {
            String newest = "";
            for (SourceState source :
                    store.isEmpty() ? List.<SourceState>of() : store.index().sources()) {
                newest = source.asOf().compareTo(newest) > 0 ? source.asOf() : newest;
            }
            advisories = newest.isEmpty() ? advisories : "as of " + Text.date(newest);
        } catch (IOException | Refused e) {
            advisories = "cannot be read: " + Shown.text(String.valueOf(e.getMessage()));
        }
        String text = "reeve " + version.number + " (commit " + version.commit + "), JDK " + Runtime.version()
                + ", advisories " + advisories + "\n";
        environment.out().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
