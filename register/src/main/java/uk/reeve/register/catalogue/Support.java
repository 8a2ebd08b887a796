package uk.reeve.register.catalogue;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import uk.reeve.register.web.Words;

/// How long a release is supported, in words (PAGES 2).
public final class Support {

    private Support() {}

    /// @param ends the last day; null where nobody told
    public static String words(@Nullable LocalDate ends, LocalDate today) {
        if (ends == null) {
            return "Not told";
        }
        return ends.isBefore(today)
                ? "Ended " + Words.date(ends)
                : ends.isBefore(today.plusMonths(6))
                        ? "Ends within 6 months, on " + Words.date(ends)
                        : "Until " + Words.date(ends);
    }
}
