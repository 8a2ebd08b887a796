package uk.reeve.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.reeve.cli.report.ExplainReport;
import uk.reeve.cli.report.Text;
import uk.reeve.engine.index.AdvisoryIndex;
import uk.reeve.engine.index.AdvisoryStore;
import uk.reeve.engine.index.Scores;
import uk.reeve.engine.match.InferredRelease;
import uk.reeve.engine.match.Matcher;
import uk.reeve.engine.match.Outcome;
import uk.reeve.engine.match.ReleaseClues;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Place;
import uk.reeve.engine.sbom.Scope;
import uk.reeve.engine.support.Standing;
import uk.reeve.engine.support.SupportMatcher;

/// `reeve explain PURL [ID]`.
final class ExplainCommand extends Command {

    @Override
    String name() {
        return "explain";
    }

    @Override
    String sentence() {
        return "says why a package is affected or not: the record, its range, and what was compared";
    }

    @Override
    String operands() {
        return "PURL [ID] [options]     (the purl with or without pkg:)";
    }

    @Override
    List<String> examples() {
        return List.of(
                "reeve explain gem/puma@4.3.12                   every record that names it",
                "reeve explain gem/puma@4.3.12 CVE-2024-45614    one of them in full");
    }

    @Override
    List<Option> options() {
        return List.of(
                Option.value("--distro", "NAME:RELEASE", "Package", "where the purl does not say: debian:12"),
                colour(),
                verbose("records that do not apply, all of them"),
                DB,
                DEBUG,
                HELP);
    }

    @Override
    List<String> statuses() {
        return List.of(
                "0  done, whatever the answer, also where no record names the package",
                "2  the command was wrong",
                "3  nothing here can tell: an unknown type or id, a version or release that",
                "   is not told, no advisories");
    }

    @Override
    int run(Arguments arguments, Environment environment) throws Refused, IOException {
        List<String> words = arguments.operands();
        if (words.isEmpty() || words.size() > 2) {
            throw Refused.usage("explain needs a package URL, and perhaps an id: reeve explain gem/puma@4.3.12");
        }
        Component component = component(words.getFirst(), environment);
        String distro = arguments.value("--distro");
        String distribution = distro == null ? null : Distributions.of(distro);
        try (AdvisoryStore store = Stores.open(arguments, environment)) {
            if (store.isEmpty()) {
                throw new Refused(Exit.INCOMPLETE, "there are no advisories yet: reeve advisories update");
            }
            AdvisoryIndex index = store.index();
            Scores scores = store.scores();
            Matcher matcher = new Matcher(index, scores);
            Outcome outcome = matcher.match(component, distribution);
            if (outcome.coverage() == Outcome.Coverage.UNKNOWN_RELEASE) {
                ReleaseClues clues = new ReleaseClues();
                clues.add(component);
                InferredRelease release = clues.of(component);
                if (release != null) {
                    outcome = matcher.matchInferred(component, release);
                    distribution = release.distribution();
                }
            }
            String type = component.purl() == null ? "" : component.purl().type();
            if (!Matcher.types().contains(type)) {
                outcome = new Outcome(component, Outcome.Coverage.NOT_COVERED, unknown(type), List.of(), null);
            }
            ExplainReport.Question question = new ExplainReport.Question(
                    component,
                    outcome,
                    matcher.records(component, distribution),
                    matcher.comparedVersion(component, distribution),
                    Matcher.ecosystems(component, distribution),
                    index,
                    scores,
                    support(store, component, distribution, environment),
                    environment.now().toString().substring(0, 10));
            @Nullable String id = words.size() == 2 ? words.get(1).toUpperCase(Locale.ROOT) : null;
            boolean answered =
                    ExplainReport.write(question, id, Outputs.look(arguments, environment), environment.out());
            return answered ? Exit.DONE : Exit.INCOMPLETE;
        }
    }

    private static List<Standing> support(
            AdvisoryStore store, Component component, @Nullable String distribution, Environment environment)
            throws IOException {
        int today = (int) Math.floorDiv(environment.now().getEpochSecond(), 86_400L);
        SupportMatcher matcher = new SupportMatcher(store.support(), today);
        List<Standing> found = new ArrayList<>(1);
        Standing own = matcher.of(component);
        if (own != null) {
            found.add(own);
        }
        Standing release = matcher.distribution(component, distribution);
        if (release != null) {
            found.add(release);
        }
        return found;
    }

    private static String unknown(String type) {
        String near = Nearest.to(type, Matcher.types());
        return "no source here covers type " + type
                + (near == null ? "; types are " + Text.list(Matcher.types()) : "; did you mean " + near + "?");
    }

    private static Component component(String word, Environment environment) throws Refused {
        String text = word.startsWith("pkg:") ? word : "pkg:" + word;
        try {
            Purl purl = text.startsWith("pkg:alpine/")
                    ? Purl.lenient(text, problem -> environment.say(Shown.text(word + ": " + problem)))
                    : Purl.parse(text);
            return Component.of(word, purl, Scope.RUNTIME, true, new Place("", 0));
        } catch (BadPurl e) {
            throw Refused.usage(
                    Shown.text(String.valueOf(e.getMessage())) + "; write type/name@version: npm/lodash@4.17.20");
        }
    }
}
