package uk.reeve.register.web;

import java.util.List;

/// An act that cannot be undone, asked about once more before it is done, with script and without.
///
/// @param title a question
/// @param answer what follows from it
/// @param facts what it is done to
/// @param back to where nothing is done
/// @param button names the act
/// @param action where the form goes; the page stands at the same address
public record Confirm(String title, String answer, List<Row> facts, NavLink back, String button, String action) {

    public Page page() {
        return Page.of("web/confirm", this);
    }
}
