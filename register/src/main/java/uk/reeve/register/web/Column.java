package uk.reeve.register.web;

import org.jspecify.annotations.Nullable;

/// A column of a table.
///
/// @param numeric whether it is set to the right, in figures of one width
/// @param sortBy the address that sorts by it; null where it cannot
/// @param sorted `ascending`, `descending`, or null: not sorted by it
public record Column(
        String text,
        boolean numeric,
        @Nullable String sortBy,
        @Nullable String sorted) {

    public static Column of(String text) {
        return new Column(text, false, null, null);
    }

    public static Column number(String text) {
        return new Column(text, true, null, null);
    }

    public Column sortBy(String href, @Nullable String order) {
        return new Column(text, numeric, href, order);
    }
}
