package uk.reeve.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The words after a command, taken apart: `--name value`, `--name=value`, `-n value`; `--` ends the options and `-` is
/// an operand.
///
/// Written by hand: the cache of classes that makes a start cheap takes none older than Java 6's, and the usual library
/// is compiled for Java 5, which cost three times what the rest of a start does.
final class Arguments {

    private final Map<String, List<String>> options;
    private final List<String> operands;

    private Arguments(Map<String, List<String>> options, List<String> operands) {
        this.options = options;
        this.operands = operands;
    }

    /// @param words from `from` on
    static Arguments read(Command command, String[] words, int from) throws Refused {
        Map<String, List<String>> options = new HashMap<>();
        List<String> operands = new ArrayList<>();
        for (int i = from; i < words.length; i++) {
            String word = words[i];
            if (word.equals("--")) {
                operands.addAll(List.of(words).subList(i + 1, words.length));
                break;
            }
            if (word.length() < 2 || word.charAt(0) != '-') {
                operands.add(word);
                continue;
            }
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            Option option = find(command, equals < 0 ? word : word.substring(0, equals));
            String value = equals < 0 ? null : word.substring(equals + 1);
            if (option.value() == null) {
                if (value != null) {
                    throw Refused.usage(option.name() + " takes no value");
                }
                options.put(option.name(), List.of(""));
                continue;
            }
            if (value == null) {
                if (i + 1 == words.length || looksLikeOption(command, words[i + 1])) {
                    throw Refused.usage(option.name() + " needs a value: " + option.name() + " " + option.value());
                }
                value = words[++i];
            }
            List<String> values = options.computeIfAbsent(option.name(), n -> new ArrayList<>(1));
            if (!option.many()) {
                values.clear();
            }
            values.add(value);
        }
        return new Arguments(options, operands);
    }

    private static boolean looksLikeOption(Command command, String word) {
        for (Option option : command.options()) {
            if (option.isCalled(word)) {
                return true;
            }
        }
        return false;
    }

    private static Option find(Command command, String word) throws Refused {
        List<String> names = new ArrayList<>();
        for (Option option : command.options()) {
            if (option.isCalled(word)) {
                return option;
            }
            names.add(option.name());
        }
        String near = Nearest.to(word, names);
        throw Refused.usage(
                near == null
                        ? "there is no option " + Shown.text(word) + "; reeve " + command.name() + " --help lists them"
                        : "there is no option " + Shown.text(word) + "; did you mean " + near + "?");
    }

    boolean has(String name) {
        return options.containsKey(name);
    }

    /// The option's last value; null where it was not given.
    @Nullable
    String value(String name) {
        List<String> values = options.get(name);
        return values == null ? null : values.getLast();
    }

    /// The option's values, in order; empty where it was not given.
    List<String> values(String name) {
        return options.getOrDefault(name, List.of());
    }

    List<String> operands() {
        return operands;
    }
}
