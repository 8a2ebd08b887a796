package uk.reeve.cli;

import java.io.IOException;
import java.util.List;

/// `reeve help [COMMAND]`.
final class HelpCommand extends Command {

    @Override
    String name() {
        return "help";
    }

    @Override
    String sentence() {
        return "explains a command";
    }

    @Override
    String operands() {
        return "[COMMAND] [options]";
    }

    @Override
    List<String> examples() {
        return List.of(
                "reeve help scan                            the same as reeve scan --help",
                "reeve help --man ~/.local/share/man/man1   man pages");
    }

    @Override
    List<Option> options() {
        return List.of(Option.value("--man", "DIR", "Other", "write all of it there as man pages"), HELP);
    }

    @Override
    List<String> statuses() {
        return List.of("0  done", "2  there is no such command, or the folder cannot be written");
    }

    @Override
    int run(Arguments arguments, Environment environment) throws Refused, IOException {
        String folder = arguments.value("--man");
        if (folder != null) {
            return man(folder, environment);
        }
        if (arguments.operands().isEmpty()) {
            Help.all(environment);
            return Exit.DONE;
        }
        String word = arguments.operands().getFirst();
        Command command = Command.of(word);
        if (command == null) {
            String near = Nearest.to(word, Command.NAMES);
            throw Refused.usage("there is no command " + Shown.text(word)
                    + (near == null ? "; reeve --help lists them" : "; did you mean " + near + "?"));
        }
        Help.of(command, environment);
        return Exit.DONE;
    }

    private static int man(String folder, Environment environment) throws Refused {
        try {
            int pages = ManPages.write(environment.path(folder));
            environment.say(pages + " pages are in " + Shown.text(folder) + "; man reeve finds them in MANPATH");
            return Exit.DONE;
        } catch (IOException e) {
            throw Refused.usage(Shown.text(folder) + ": cannot be written (" + Inputs.why(e) + ")");
        }
    }
}
