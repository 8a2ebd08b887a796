package uk.reeve.register;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the command line asks for.
sealed interface Order {

    String USAGE = """
            Usage: reeve serve [--port N] [--data DIR]
                   reeve demo [--port N] [--data DIR] [--morning]
                   reeve backup FILE [--data DIR]
                   reeve restore FILE [--data DIR]
                   reeve audit verify [--head HASH] [--data DIR]
                   reeve settings [--data DIR]

              serve         the register, with its own database, until Ctrl-C
              demo          the same with invented councils and suppliers, for this machine only
              backup        write all that the register knows into FILE, while it runs or not
              restore       fill a new folder, or an empty database, from FILE
              audit verify  is the record of who did what as it was sealed?
              settings      what can be set, what is, and where that came from
              --port N      where it listens (8080)
              --data DIR    its database, advisories and log (~/.local/share/reeve/register or .../demo)
              --morning     publish what the demonstration that runs holds back, and let the morning happen
              --head HASH   a head that was noted earlier must still be in the chain

            How to run it for real: docs/how-to/run-for-real.md
            """;

    Path data();

    /// @param port 0 where none was named
    record Serve(Path data, boolean demo, int port) implements Order {}

    /// @param port 0 where none was named
    record PressMorning(Path data, int port) implements Order {}

    record BackUp(Path data, Path archive) implements Order {}

    record FillFrom(Path data, Path archive) implements Order {}

    /// @param head empty where none was named
    record VerifyAudit(Path data, String head) implements Order {}

    record TellSettings(Path data) implements Order {}

    /// @throws IllegalArgumentException says what is wrong in one sentence
    static Order of(List<String> words) {
        String command = words.isEmpty() ? "" : words.getFirst();
        return switch (command) {
            case "serve" -> serve(read(command, words, List.of(), List.of("--port", "--data")));
            case "demo" -> demo(read(command, words, List.of(), List.of("--port", "--data", "--morning")));
            case "backup" -> {
                Given given = read(command, words, List.of("FILE"), List.of("--data"));
                yield new BackUp(given.data("register"), file(given));
            }
            case "restore" -> {
                Given given = read(command, words, List.of("FILE"), List.of("--data"));
                yield new FillFrom(given.data("register"), file(given));
            }
            case "audit" -> {
                Given given = read(command, words, List.of("verify"), List.of("--data", "--head"));
                if (!given.words().getFirst().equals("verify")) {
                    throw refused("say reeve audit verify");
                }
                yield new VerifyAudit(given.data("register"), given.options().getOrDefault("--head", ""));
            }
            case "settings" ->
                new TellSettings(
                        read(command, words, List.of(), List.of("--data")).data("register"));
            default ->
                throw refused(
                        "say serve, demo, backup, restore, audit verify or settings; reeve serve --help tells more");
        };
    }

    private static Order serve(Given given) {
        return new Serve(given.data("register"), false, given.port());
    }

    private static Order demo(Given given) {
        return given.options().containsKey("--morning")
                ? new PressMorning(given.data("demo"), given.port())
                : new Serve(given.data("demo"), true, given.port());
    }

    private static Path file(Given given) {
        return Path.of(given.words().getFirst()).toAbsolutePath().normalize();
    }

    /// @param words what is no option, in order
    /// @param options by name; an empty value for one that takes none
    record Given(List<String> words, Map<String, String> options) {

        Path data(String usual) {
            String named = options.get("--data");
            return (named == null
                            ? Path.of(System.getProperty("user.home"), ".local", "share", "reeve", usual)
                            : Path.of(named))
                    .toAbsolutePath()
                    .normalize();
        }

        int port() {
            String text = options.get("--port");
            if (text == null) {
                return 0;
            }
            int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
            if (port < 1 || port > 65_535) {
                throw refused("--port needs a number from 1 to 65535");
            }
            return port;
        }
    }

    private static Given read(String command, List<String> line, List<String> wanted, List<String> known) {
        List<String> words = new ArrayList<>();
        Map<String, String> options = new TreeMap<>();
        for (int i = 1; i < line.size(); i++) {
            String[] word = line.get(i).split("=", 2);
            if (!word[0].startsWith("-")) {
                words.add(line.get(i));
            } else if (!known.contains(word[0])) {
                throw refused(
                        word[0].equals("--morning")
                                ? "--morning belongs to reeve demo"
                                : "there is no option %s; reeve %s --help lists them".formatted(line.get(i), command));
            } else if (word[0].equals("--morning")) {
                options.put(word[0], "");
            } else if (word.length == 2) {
                options.put(word[0], word[1]);
            } else if (++i < line.size()) {
                options.put(word[0], line.get(i));
            } else {
                throw refused(word[0] + " needs a value");
            }
        }
        if (words.size() < wanted.size()) {
            throw refused("say reeve %s %s".formatted(command, String.join(" ", wanted)));
        }
        if (words.size() > wanted.size()) {
            throw refused("there is no word \"%s\" for reeve %s; reeve %s --help tells more"
                    .formatted(words.get(wanted.size()), command, command));
        }
        return new Given(words, options);
    }

    private static IllegalArgumentException refused(String sentence) {
        return new IllegalArgumentException(sentence);
    }
}
