package uk.reeve.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import uk.reeve.cli.report.Text;
import uk.reeve.engine.index.AdvisoryStore;
import uk.reeve.engine.index.Bundle;

/// `reeve advisories export FILE`: a bundle for where no network is, or the starter snapshot.
final class AdvisoriesExport {

    private AdvisoriesExport() {}

    static int run(AdvisoryStore store, List<String> words, Arguments arguments, Environment environment)
            throws Refused, IOException {
        if (words.size() != 1) {
            throw Refused.usage("export needs one file: reeve advisories export advisories.reeve");
        }
        String key = arguments.value("--key");
        boolean starter = arguments.has("--starter");
        if (starter && key != null) {
            throw Refused.usage("the starter snapshot is not signed; leave out --key or --starter");
        }
        Path signer = key == null ? null : environment.path(key);
        if (signer != null && !Files.isRegularFile(signer)) {
            throw Refused.usage("--key " + Shown.text(String.valueOf(key)) + ": there is no such file");
        }
        String name = words.getFirst();
        Path file = environment.path(name);
        String told;
        try {
            if (starter) {
                store.exportStarter(file);
                told = "Wrote " + Shown.text(name) + ", " + Text.count(Files.size(file)) + " bytes.\n";
            } else {
                Bundle.Written written = store.exportTo(file, signer);
                told = "Wrote " + Shown.text(name) + ", " + Text.count(written.bytes()) + " bytes, "
                        + (written.signed() ? "signed" : "not signed") + ".\nSHA-256 " + written.digest() + "\n";
            }
        } catch (IOException e) {
            throw new Refused(Exit.INCOMPLETE, "nothing was exported: " + Inputs.why(e));
        }
        environment.out().write(told.getBytes(StandardCharsets.UTF_8));
        return Exit.DONE;
    }
}
