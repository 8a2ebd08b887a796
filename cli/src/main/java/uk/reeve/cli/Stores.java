package uk.reeve.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.index.AdvisoryStore;
import uk.reeve.engine.index.BadIndex;

/// Where the person's advisories lie: `--db`, else `REEVE_DB`, else the system's folder for a program's data.
final class Stores {

    private Stores() {}

    /// The store; the starter snapshot is expanded where there is nothing yet.
    ///
    /// @param arguments null where there are none
    static AdvisoryStore open(@Nullable Arguments arguments, Environment environment) throws IOException, Refused {
        Path folder = folder(arguments == null ? null : arguments.value("--db"), environment);
        AdvisoryStore store;
        try {
            store = AdvisoryStore.openOrStarter(folder);
        } catch (BadIndex e) {
            throw e;
        } catch (IOException e) {
            throw new Refused(
                    Exit.INCOMPLETE,
                    Shown.text(folder.toString()) + ": the advisories cannot be written there (" + Inputs.why(e)
                            + "); another folder: --db DIR or REEVE_DB");
        }
        if (store.replacedOlderFormat()) {
            environment.say("reeve: the advisories in " + Shown.text(folder.toString())
                    + " were in an older format; the starter snapshot took their place. For newer ones: reeve advisories"
                    + " update, or import them again");
        }
        return store;
    }

    static Path folder(@Nullable String option, Environment environment) throws Refused {
        if (option != null) {
            return environment.path(option);
        }
        String set = environment.variables().get("REEVE_DB");
        if (set != null && !set.isEmpty()) {
            return environment.path(set);
        }
        String home = System.getProperty("user.home", "");
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            String local = environment.variables().get("LOCALAPPDATA");
            return local == null ? Path.of(home, "AppData", "Local", "reeve") : Path.of(local, "reeve");
        }
        if (system.startsWith("mac")) {
            return Path.of(home, "Library", "Application Support", "reeve");
        }
        String data = environment.variables().get("XDG_DATA_HOME");
        return data == null || data.isEmpty() ? Path.of(home, ".local", "share", "reeve") : Path.of(data, "reeve");
    }
}
