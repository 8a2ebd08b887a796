package uk.reeve.register.web;

import org.jspecify.annotations.Nullable;

/// A line of a task list.
///
/// @param href null where it cannot be begun yet
/// @param tone null: the state is plain text, as for what is done
public record Task(
        String text,
        @Nullable String href,
        @Nullable String hint,
        String state,
        @Nullable Tone tone) {

    public static Task done(String text, String href) {
        return new Task(text, href, null, "Completed", null);
    }

    public static Task open(String text, String href, String state) {
        return new Task(text, href, null, state, Tone.BLUE);
    }
}
