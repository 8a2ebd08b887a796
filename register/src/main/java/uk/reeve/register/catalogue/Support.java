package uk.reeve.register.catalogue;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import uk.reeve.register.web.Words;

/// How long a release is supported, in words (PAGES 2).
public final class Support {

    private Support() {}

    /// "Ended 12 May 2026, by endoflife.date".
    public static String words(Products.Release release, LocalDate today) {
        return words(release.supportEndsOn(), release.supportOver(), release.supportSource(), today);
    }

    /// @param source whose word it is; null: of who made it
    public static String words(@Nullable LocalDate ends, boolean over, @Nullable String source, LocalDate today) {
        boolean told = ends != null || over;
        return words(ends, over, today) + (told && source != null ? ", by " + source : "");
    }

    /// @param ends the last day; null where nobody told
    /// @param over whether it is over though no day is told
    public static String words(@Nullable LocalDate ends, boolean over, LocalDate today) {
        if (ends == null) {
            return over ? "Ended" : "Not told";
        }
        return ends.isBefore(today)
                ? "Ended " + Words.date(ends)
                : ends.isBefore(today.plusMonths(6))
                        ? "Ends within 6 months, on " + Words.date(ends)
                        : "Until " + Words.date(ends);
    }
}
