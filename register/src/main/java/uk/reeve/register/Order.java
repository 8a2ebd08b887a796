package uk.reeve.register;

import java.nio.file.Path;
import java.util.List;

/// What the command line asks for: `demo [--morning]` or `serve`, each with `--port` and `--data`.
///
/// @param port 0 where none was named
record Order(boolean demo, boolean morning, int port, Path data) {

    static final String USAGE = """
            Usage: reeve serve [--port N] [--data DIR]
                   reeve demo [--port N] [--data DIR] [--morning]

              serve        the register, with its own database, until Ctrl-C
              demo         the same with invented councils and suppliers, for this machine only
              --port N     where it listens (8080)
              --data DIR   its database, advisories and log (~/.local/share/reeve/register or .../demo)
              --morning    publish what the demonstration that runs holds back, and let the morning happen
            """;

    /// @throws IllegalArgumentException says what is wrong in one sentence
    static Order of(List<String> words) {
        String first = words.isEmpty() ? "" : words.getFirst();
        boolean demo = first.equals("demo");
        if (!demo && !first.equals("serve")) {
            throw new IllegalArgumentException("say serve or demo; reeve demo --help tells more");
        }
        boolean morning = false;
        int port = 0;
        Path data = Path.of(System.getProperty("user.home"), ".local", "share", "reeve", demo ? "demo" : "register");
        for (int i = 1; i < words.size(); i++) {
            String[] word = words.get(i).split("=", 2);
            switch (word[0]) {
                case "--port" -> port = port(word.length == 2 ? word[1] : next(words, ++i));
                case "--data" -> data = Path.of(word.length == 2 ? word[1] : next(words, ++i));
                case "--morning" -> {
                    if (!demo) {
                        throw refused("--morning belongs to reeve demo");
                    }
                    morning = true;
                }
                default ->
                    throw refused("there is no option " + words.get(i) + "; reeve " + first + " --help lists them");
            }
        }
        return new Order(demo, morning, port, data.toAbsolutePath().normalize());
    }

    private static String next(List<String> words, int i) {
        if (i < words.size()) {
            return words.get(i);
        }
        throw refused(words.get(i - 1) + " needs a value");
    }

    private static int port(String text) {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65_535) {
            throw refused("--port needs a number from 1 to 65535");
        }
        return port;
    }

    private static IllegalArgumentException refused(String sentence) {
        return new IllegalArgumentException(sentence);
    }
}
