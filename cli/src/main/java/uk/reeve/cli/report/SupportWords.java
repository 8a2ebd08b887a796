package uk.reeve.cli.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.match.Confidence;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.support.Cycle;
import uk.reeve.engine.support.Standing;

/// The words for releases that are out of support, or soon will be.
final class SupportWords {

    private SupportWords() {}

    /// The report's lapses of that state that are neither hidden nor in the baseline, in its order.
    static List<Report.Lapse> of(Report report, Standing.State state) {
        List<Report.Lapse> lapses = new ArrayList<>();
        for (Report.Lapse lapse : report.lapses()) {
            if (lapse.standing().state() == state && lapse.hidden() == null && !lapse.known()) {
                lapses.add(lapse);
            }
        }
        return lapses;
    }

    /// Product, `6.1 -> 8.1`, day, what it is seen as, what is to be had beyond it; or `6.1, no successor`.
    ///
    /// @param today ISO date
    static List<String> cells(Report.Lapse lapse, String today) {
        Standing standing = lapse.standing();
        String possible = standing.confidence() == Confidence.POSSIBLE ? " (possible)" : "";
        String end = standing.cycle().endDate();
        return List.of(
                standing.product().title(),
                target(standing),
                (end.isEmpty() ? "not told" : Text.date(end)) + possible,
                seenAs(lapse),
                extended(standing, today));
    }

    private static String target(Standing standing) {
        Cycle to = standing.replacement();
        return standing.cycle().name() + (to == null ? ", no successor" : " -> " + to.name());
    }

    /// `rails 6.1.7.10`, `23 components`, `debian 10`.
    static String seenAs(Report.Lapse lapse) {
        Component first = lapse.rows().getFirst().component();
        String development = lapse.development() ? ", development only" : "";
        if (lapse.rows().size() > 1) {
            return Text.count(lapse.rows().size())
                    + (Summary.isDistribution(first) ? " packages" : " components")
                    + development;
        }
        return Sentences.name(first) + (first.version() == null ? "" : " " + first.version()) + development;
    }

    /// `Debian LTS until 30 June 2028`; empty where nothing is told.
    static String extended(Standing standing, String today) {
        String end = standing.cycle().extendedEndDate();
        if (end.isEmpty() || end.equals(standing.cycle().endDate())) {
            return "";
        }
        String name = standing.product().extendedName();
        return (name.isEmpty() ? "extended support" : name)
                + (end.compareTo(today) < 0 ? " ended " : " until ")
                + Text.date(end);
    }

    /// `Ruby on Rails 6.1 is out of support since 1 October 2024. Extended ... Supported: 8.1 (until 10 October 2027).`
    static String sentence(Standing standing, String today) {
        Cycle cycle = standing.cycle();
        String end = cycle.endDate().isEmpty() ? "" : Text.date(cycle.endDate());
        String is = standing.confidence() == Confidence.POSSIBLE ? " is possibly" : " is";
        StringBuilder text = new StringBuilder(standing.title());
        text.append(
                switch (standing.state()) {
                    case ENDED -> is + " out of support" + (end.isEmpty() ? "." : " since " + end + ".");
                    case ENDING ->
                        ": support" + (standing.confidence() == Confidence.POSSIBLE ? " possibly" : "") + " ends on "
                                + end + ".";
                    case SUPPORTED ->
                        end.isEmpty() ? " is supported; no end is told." : " is supported until " + end + ".";
                });
        String extended = extended(standing, today);
        if (!extended.isEmpty()) {
            text.append(' ').append(capital(extended)).append('.');
        }
        Cycle to = standing.replacement();
        if (standing.state() == Standing.State.SUPPORTED) {
            return text.toString();
        }
        if (to == null) {
            return text.append(" No newer release is supported.").toString();
        }
        String until = to.endDate().isEmpty() ? "" : " (until " + Text.date(to.endDate()) + ")";
        return text.append(" Move to ")
                .append(to.name())
                .append(until)
                .append('.')
                .toString();
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /// `2 releases are out of support: Debian 10 and Ruby on Rails 6.1.`; null where none counts.
    static @Nullable String answer(Report report) {
        List<String> titles = new ArrayList<>();
        for (Report.Lapse lapse : report.lapses()) {
            if (lapse.counts() && !lapse.known()) {
                titles.add(lapse.standing().title());
            }
        }
        if (titles.isEmpty()) {
            return null;
        }
        String count = Text.count(titles.size(), "release is", "releases are") + " out of support";
        return titles.size() > 3 ? count + "." : count + ": " + Text.list(titles) + ".";
    }

    /// Where the dates come from and how fresh they are.
    static String source(Report report) {
        String asOf = report.knowledge().supportAsOf();
        return "Dates of support by endoflife.date" + (asOf.isEmpty() ? "" : ", as of " + Text.date(asOf)) + ".";
    }

    /// ISO date of the report.
    static String today(Report report) {
        return report.time().toString().substring(0, 10);
    }

    static String state(Standing standing) {
        return switch (standing.state()) {
            case ENDED -> "ended";
            case ENDING -> "ending";
            case SUPPORTED -> "supported";
        };
    }

    static String confidence(Standing standing) {
        return standing.confidence() == Confidence.EXACT ? "exact" : "possible";
    }
}
