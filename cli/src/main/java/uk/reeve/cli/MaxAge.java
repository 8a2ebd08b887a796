package uk.reeve.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.cli.report.Text;
import uk.reeve.engine.index.SourceState;

/// How old the advisories may be: `14d`, `36h`, `2w`.
///
/// @param hours at least 1
record MaxAge(long hours) {

    static final MaxAge DEFAULT = new MaxAge(14 * 24);

    static MaxAge of(String text) throws Refused {
        int unit = text.isEmpty() ? 0 : "hdw".indexOf(text.charAt(text.length() - 1));
        String digits = unit < 0 || text.isEmpty() ? text : text.substring(0, text.length() - 1);
        try {
            long number = Long.parseLong(digits);
            if (unit >= 0 && number > 0 && number < 100_000) {
                return new MaxAge(number * new int[] {1, 24, 7 * 24}[unit]);
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw Refused.usage(
                "--max-age takes no \"" + Shown.text(text) + "\"; write days, hours or weeks: 14d, 36h, 2w");
    }

    /// A sentence that names the oldest source that is too old; null where none is. One whose date nobody told is.
    @Nullable
    String stale(List<SourceState> sources, Instant now) {
        SourceState oldest = null;
        for (SourceState source : sources) {
            oldest = oldest == null || source.asOf().compareTo(oldest.asOf()) < 0 ? source : oldest;
        }
        if (oldest == null) {
            return null;
        }
        String rest = "; newer ones: reeve advisories update.";
        if (oldest.asOf().isEmpty()) {
            return "Nobody said how old the " + oldest.name() + " advisories are" + rest;
        }
        try {
            Instant end = LocalDate.parse(oldest.asOf())
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
            return end.plusSeconds(hours * 3600).isBefore(now)
                    ? oldest.name() + " advisories of " + Text.date(oldest.asOf()) + " are older than --max-age allows"
                            + rest
                    : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
