package uk.reeve.register.web;

import gg.jte.Content;
import java.util.List;

/// A line of a summary list.
///
/// @param actions links such as "Change"; the key is read out after each
public record Row(String key, Content value, List<NavLink> actions) {

    public static Row of(String key, Content value) {
        return new Row(key, value, List.of());
    }

    public static Row of(String key, String value) {
        return of(key, output -> output.writeUserContent(value));
    }

    public Row change(String href) {
        return new Row(key, value, List.of(new NavLink("Change", href)));
    }
}
