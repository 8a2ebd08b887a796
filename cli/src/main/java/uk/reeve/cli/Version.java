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
final class Version {

    /// As in `pom.xml`, without `-SNAPSHOT`: a constant, since every scan tells it and reading a file costs.
    static final String NUMBER = "0.1.0";

    private Version() {}

    /// Short hash of the commit that was built; `unknown` where it was not built from a checkout.
    static String commit() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            // Then it is not known.
        }
        String commit = properties.getProperty("commit", "");
        return commit.isEmpty() || commit.startsWith("$") ? "unknown" : commit;
    }

    static void print(Environment environment) throws IOException {
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
        String text = "reeve " + NUMBER + " (commit " + commit() + "), JDK " + Runtime.version() + ", advisories "
                + advisories + "\n";
        environment.out().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
