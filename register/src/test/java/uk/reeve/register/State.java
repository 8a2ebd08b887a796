package uk.reeve.register;

import com.microsoft.playwright.Page;
import java.util.function.Consumer;

/// One state of a page: who is there, where, and what they do to see it.
///
/// @param template that the page is made of
/// @param who is there; empty: somebody signed out
/// @param path may hold `{names}` of what the test prepared
/// @param act on the page, to get there; done twice, with script and without
/// @param once whether each time gives another page, as a key that is shown once does
record State(String template, String name, String who, String path, Consumer<Page> act, boolean once) {

    /// A page as it is when somebody comes to it.
    static State of(String template, String name, String who, String path) {
        return new State(template, name, who, path, _ -> {}, false);
    }

    State after(Consumer<Page> act) {
        return new State(template, name, who, path, act, once);
    }

    State eachTimeAnother() {
        return new State(template, name, who, path, act, true);
    }

    /// Sends the form that holds a button of this name, as it is.
    static Consumer<Page> press(String button) {
        return page -> page.getByRole(
                        com.microsoft.playwright.options.AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    @Override
    public String toString() {
        return template + ", " + name + (who.isEmpty() ? ", signed out" : ", " + who);
    }
}
