package uk.reeve.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.cli.report.Report;
import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.match.Confidence;
import uk.reeve.engine.support.Standing;
import uk.reeve.engine.support.SupportMatcher;

/// Rows to the releases among them that are out of support or soon will be, each once, however many components are of
/// it.
final class Lapses {

    private final SupportMatcher matcher;
    private final @Nullable String distribution;
    private final Map<String, Draft> drafts = new LinkedHashMap<>();

    private static final class Draft {
        private Standing standing;
        private final List<Report.Row> rows = new ArrayList<>(1);

        // By the packages of a distribution, which count only where no operating system tells the same.
        private boolean packages = true;

        Draft(Standing standing) {
            this.standing = standing;
        }
    }

    /// @param distribution that packages without one belong to, in OSV's words; null where it is not told
    Lapses(SupportMatcher matcher, @Nullable String distribution) {
        this.matcher = matcher;
        this.distribution = distribution;
    }

    void add(Report.Row row) throws BadIndex {
        Standing own = matcher.of(row.component());
        if (own != null) {
            add(own, row, false);
        }
        Standing release = matcher.distribution(row.component(), distribution);
        if (release != null) {
            add(release, row, true);
        }
    }

    private void add(Standing standing, Report.Row row, boolean packaged) {
        if (standing.state() == Standing.State.SUPPORTED) {
            return;
        }
        Draft draft = drafts.computeIfAbsent(standing.id(), _ -> new Draft(standing));
        if (draft.packages && !packaged) {
            draft.rows.clear();
            draft.packages = false;
        }
        if (draft.packages == packaged) {
            draft.rows.add(row);
            if (standing.confidence() == Confidence.EXACT) {
                draft.standing = standing;
            }
        }
    }

    /// What was found: ended before ending, exact before possible, then by name.
    ///
    /// @param hides asked for each
    /// @param known of an earlier report
    List<Report.Lapse> found(Hides hides, @Nullable Baseline known) {
        List<Report.Lapse> lapses = new ArrayList<>(drafts.size());
        for (Draft draft : drafts.values()) {
            Report.Lapse lapse = new Report.Lapse(draft.standing, draft.rows, null, false);
            lapses.add(new Report.Lapse(
                    draft.standing, draft.rows, hides.hides(lapse), known != null && known.has(draft.standing)));
        }
        lapses.sort(Lapses::compare);
        return lapses;
    }

    private static int compare(Report.Lapse a, Report.Lapse b) {
        int state = a.standing().state().compareTo(b.standing().state());
        int confidence = a.standing().confidence().compareTo(b.standing().confidence());
        return state != 0
                ? state
                : confidence != 0
                        ? confidence
                        : a.standing().id().compareTo(b.standing().id());
    }

    /// What hides a release.
    @FunctionalInterface
    interface Hides {
        Report.@Nullable Hiding hides(Report.Lapse lapse);
    }
}
