package uk.reeve.register.web;

import java.util.Locale;

/// A tag's colour; never the only sign. Red is kept for "Act now" and "late".
public enum Tone {
    GREY,
    GREEN,
    TURQUOISE,
    BLUE,
    LIGHT_BLUE,
    PURPLE,
    PINK,
    RED,
    ORANGE,
    YELLOW;

    public String css() {
        return "govuk-tag--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
