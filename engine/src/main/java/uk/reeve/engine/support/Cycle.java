package uk.reeve.engine.support;

import java.time.LocalDate;

/// A release of a product that is supported as one: Rails 6.1 with all its 6.1.x. Days count from 1 January 1970; 0
/// where none is told.
///
/// @param name as the leading parts of its versions: `6.1`, `12`
/// @param codename empty where there is none
/// @param released day of its first version
/// @param activeEnd last day of active support, after which only security flaws are mended
/// @param end last day of support
/// @param over whether support is said to be over, without a day
/// @param extendedEnd last day of what the maker or others sell or give beyond that
/// @param ltsFrom day from which it is a release with long support; 1 where only that is told
/// @param latest its last version; empty where none is told
public record Cycle(
        String name,
        String codename,
        int released,
        int activeEnd,
        int end,
        boolean over,
        int extendedEnd,
        int ltsFrom,
        String latest) {

    /// Whether support is over on that day; on its last day it is not.
    boolean endedOn(int today) {
        return end == 0 ? over : end < today;
    }

    boolean isLts(int today) {
        return ltsFrom != 0 && ltsFrom <= today;
    }

    /// ISO date of the last day of support; empty where none is told.
    public String endDate() {
        return date(end);
    }

    /// ISO date; empty where none is told.
    public String activeEndDate() {
        return date(activeEnd);
    }

    /// ISO date; empty where none is told.
    public String extendedEndDate() {
        return date(extendedEnd);
    }

    /// ISO date; empty where none is told.
    public String releasedDate() {
        return date(released);
    }

    private static String date(int day) {
        return day == 0 ? "" : LocalDate.ofEpochDay(day).toString();
    }
}
