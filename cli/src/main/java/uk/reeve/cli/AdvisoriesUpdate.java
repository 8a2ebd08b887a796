package uk.reeve.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import uk.reeve.cli.report.Text;
import uk.reeve.engine.index.AdvisoryStore;
import uk.reeve.engine.index.Feeds;
import uk.reeve.engine.index.Progress;

/// `reeve advisories update`: the one thing that uses the network.
final class AdvisoriesUpdate {

    private AdvisoriesUpdate() {}

    // The starter snapshot is unpacked first: a scan before the first update and one after it know the same sources.
    static int run(Arguments arguments, Environment environment) throws Refused, IOException {
        if (arguments.operands().size() > 1) {
            throw Refused.usage("update takes no \""
                    + Shown.text(arguments.operands().get(1))
                    + "\"; for one ecosystem: reeve advisories update --ecosystem npm");
        }
        Feeds feeds = feeds(arguments, environment);
        Steps steps = new Steps(environment, false);
        try (AdvisoryStore store = Stores.open(arguments, environment)) {
            AdvisoryStore.Change change;
            try {
                change = store.update(feeds, environment.errIsTerminal() ? shown(steps) : Progress.SILENT);
            } catch (IOException e) {
                throw new Refused(Exit.INCOMPLETE, Inputs.why(e) + "; nothing was updated, what was there is kept");
            } finally {
                steps.end();
            }
            return told(change, store, environment);
        }
    }

    private static int told(AdvisoryStore.Change change, AdvisoryStore store, Environment environment)
            throws IOException {
        for (String note : change.notes()) {
            environment.say("Note: " + Text.clean(note));
        }
        for (String problem : change.problems()) {
            environment.say(Text.clean(problem));
        }
        boolean whole = change.problems().isEmpty();
        String text = counts(change) + "\n";
        if (!whole) {
            text += store.isEmpty()
                    ? "There are no advisories yet. Run it again, or: reeve advisories import PATH\n"
                    : "What could not be fetched stays as it was before. Run it again; it goes on from here.\n";
        }
        environment.out().write(text.getBytes(StandardCharsets.UTF_8));
        return whole ? Exit.DONE : Exit.INCOMPLETE;
    }

    /// `14,210 new, 31 changed, 2 gone.`
    static String counts(AdvisoryStore.Change change) {
        return change.nothing()
                ? "Nothing is new."
                : Text.count(change.added()) + " new, " + Text.count(change.changed()) + " changed, "
                        + Text.count(change.removed()) + " gone.";
    }

    private static Progress shown(Steps steps) {
        return (source, bytes, total, records) -> steps.step(line(source, bytes, total, records));
    }

    /// `npm: 12 of 45 MB, 1,234 records`.
    static String line(String source, long bytes, long total, int records) {
        return source + ": " + Text.count(bytes / 1_000_000)
                + (total < 0 ? "" : " of " + Text.count((total + 999_999) / 1_000_000)) + " MB"
                + (records == 0 ? "" : ", " + Text.count(records, "record", "records"));
    }

    private static Feeds feeds(Arguments arguments, Environment environment) throws Refused {
        Feeds standard = Feeds.standard();
        try {
            URI base = address(arguments, "--from", standard.base());
            if (base == null) {
                throw Refused.usage("--from needs an address: --from https://mirror.example/osv");
            }
            return standard.from(
                            base,
                            address(arguments, "--kev", standard.kev()),
                            address(arguments, "--epss", standard.epss()))
                    .of(arguments.values("--ecosystem"))
                    .through(address(arguments, "--proxy", null), authorities(arguments.value("--ca"), environment));
        } catch (IllegalArgumentException e) {
            throw Refused.usage(Shown.text(String.valueOf(e.getMessage())));
        }
    }

    // An address may hold a password, so a wrong one is not quoted.
    private static @Nullable URI address(Arguments arguments, String option, @Nullable URI otherwise) throws Refused {
        String text = arguments.value(option);
        if (text == null) {
            return otherwise;
        }
        if (text.equals("none") && (option.equals("--kev") || option.equals("--epss"))) {
            return null;
        }
        String form = option.equals("--proxy") ? "http://HOST:PORT" : "https://HOST/PATH";
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // The same as below.
        }
        throw Refused.usage("what " + option + " was given is no address; write it as " + form);
    }

    private static @Nullable Path authorities(@Nullable String text, Environment environment) throws Refused {
        if (text == null) {
            return null;
        }
        Path file = environment.path(text);
        if (!Files.isRegularFile(file)) {
            throw Refused.usage("--ca " + Shown.text(text) + ": there is no such file");
        }
        return file;
    }
}
