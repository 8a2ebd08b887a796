package uk.reeve.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// `reeve completion SHELL`.
final class CompletionCommand extends Command {

    private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    @Override
    String name() {
        return "completion";
    }

    @Override
    String sentence() {
        return "prints what makes a shell complete commands and options";
    }

    @Override
    String operands() {
        return "bash|zsh|fish";
    }

    @Override
    List<String> examples() {
        return List.of(
                "source <(reeve completion bash)                               in ~/.bashrc",
                "reeve completion fish > ~/.config/fish/completions/reeve.fish");
    }

    @Override
    List<Option> options() {
        return List.of(HELP);
    }

    @Override
    List<String> statuses() {
        return List.of("0  done", "2  there is no such shell");
    }

    @Override
    int run(Arguments arguments, Environment environment) throws Refused, IOException {
        String shell =
                arguments.operands().isEmpty() ? "" : arguments.operands().getFirst();
        String script =
                switch (shell) {
                    case "bash" -> bash();
                    case "zsh" -> "autoload -U +X bashcompinit && bashcompinit\n" + bash();
                    case "fish" -> fish();
                    default -> throw Refused.usage("completion needs a shell: " + String.join(", ", SHELLS));
                };
        environment.out().write(script.getBytes(StandardCharsets.UTF_8));
        return Exit.DONE;
    }

    private static String bash() {
        StringBuilder text = new StringBuilder("_reeve() {\n");
        text.append("  local word=\"${COMP_WORDS[COMP_CWORD]}\" command=\"${COMP_WORDS[1]}\" words=\"\"\n");
        text.append("  if [ \"$COMP_CWORD\" = 1 ]; then\n    words=\"")
                .append(String.join(" ", NAMES))
                .append(" --help --version\"\n  else\n    case \"$command\" in\n");
        for (String name : NAMES) {
            text.append("      ")
                    .append(name)
                    .append(") words=\"")
                    .append(options(name))
                    .append("\" ;;\n");
        }
        text.append("    esac\n    case \"$word\" in\n      -*) ;;\n      *) words=\"\" ;;\n    esac\n  fi\n");
        text.append("  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n}\n");
        text.append("complete -o default -F _reeve reeve ./reeve\n");
        return text.toString();
    }

    private static String options(String name) {
        Command command = of(name);
        StringBuilder text = new StringBuilder();
        for (Option option : command == null ? List.<Option>of() : command.options()) {
            text.append(text.isEmpty() ? "" : " ").append(option.name());
        }
        return text.toString();
    }

    private static String fish() {
        StringBuilder text = new StringBuilder();
        for (String name : NAMES) {
            Command command = of(name);
            if (command == null) {
                continue;
            }
            text.append("complete -c reeve -n __fish_use_subcommand -a ").append(name);
            text.append(" -d ").append(quoted(command.sentence())).append('\n');
            for (Option option : command.options()) {
                text.append("complete -c reeve -n '__fish_seen_subcommand_from ")
                        .append(name)
                        .append("' -l ");
                text.append(option.name().substring(2));
                if (option.letter() != null) {
                    text.append(" -s ").append(option.letter().substring(1));
                }
                text.append(option.value() == null ? "" : " -r").append(" -d ").append(quoted(option.help()));
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
