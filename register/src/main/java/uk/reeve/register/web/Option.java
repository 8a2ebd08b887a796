package uk.reeve.register.web;

import gg.jte.Content;
import org.jspecify.annotations.Nullable;

/// One choice of radios, checkboxes or a select.
///
/// @param hint one sentence under it; not in a select
/// @param more what is asked further once it is chosen; not in a select
public record Option(
        String value,
        String text,
        @Nullable String hint,
        @Nullable Content more) {

    public static Option of(String value, String text) {
        return new Option(value, text, null, null);
    }

    public Option hint(String sentence) {
        return new Option(value, text, sentence, more);
    }

    public Option more(Content content) {
        return new Option(value, text, hint, content);
    }
}
