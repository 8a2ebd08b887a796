package uk.reeve.cli;

import org.jspecify.annotations.Nullable;

/// An option of a command.
///
/// @param name with its dashes: `--fail-on`
/// @param letter a short form (`-f`); null where there is none
/// @param value what stands for its value in help; null where it takes none
/// @param many whether it may be given more than once
/// @param group heading in help under which it stands
/// @param help one sentence, without a full stop
record Option(
        String name, @Nullable String letter, @Nullable String value, boolean many, String group, String help) {

    static Option flag(String name, String group, String help) {
        return new Option(name, null, null, false, group, help);
    }

    static Option value(String name, String value, String group, String help) {
        return new Option(name, null, value, false, group, help);
    }

    static Option list(String name, String value, String group, String help) {
        return new Option(name, null, value, true, group, help);
    }

    Option letter(String short_) {
        return new Option(name, short_, value, many, group, help);
    }

    boolean isCalled(String word) {
        return name.equals(word) || word.equals(letter);
    }
}
