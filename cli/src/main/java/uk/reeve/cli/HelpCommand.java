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
        return "[COMMAND]";
    }

    @Override
    List<String> examples() {
        return List.of("reeve help scan", "reeve scan --help");
    }

    @Override
    List<Option> options() {
        return List.of(HELP);
    }

    @Override
    List<String> statuses() {
        return List.of("0  done", "2  there is no such command");
    }

    @Override
    int run(Arguments arguments, Environment environment) throws Refused, IOException {
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
}
