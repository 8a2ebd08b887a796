package uk.reeve.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `reeve publish FILE PRODUCT/VERSION`.
final class PublishCommand extends Command {

    @Override
    String name() {
        return "publish";
    }

    @Override
    String sentence() {
        return "sends an SBOM to a register";
    }

    @Override
    String operands() {
        return "FILE PRODUCT/VERSION [options]";
    }

    @Override
    List<String> examples() {
        return List.of(
                "reeve publish bom.json larkfield-revenues/8.2 --url https://register.example",
                "reeve scan . --publish larkfield-revenues/8.2   what a scan found, as observed");
    }

    @Override
    List<String> notes() {
        return List.of(
                "The file leaves this machine, and nothing else. By a supplier's key the register takes it as declared, by"
                        + " a council's as observed. The product and the release must be there: add them on its pages.");
    }

    @Override
    List<Option> options() {
        return List.of(
                Publishing.URL,
                Publishing.KEY,
                Publishing.AUDIENCE,
                Publishing.ACCEPT_NAME,
                Publishing.CA,
                DEBUG,
                HELP);
    }

    @Override
    List<String> statuses() {
        return List.of("0  received", "2  the command was wrong", "3  the register refused it, or was not reached");
    }

    @Override
    int run(Arguments arguments, Environment environment) throws Refused, IOException {
        if (arguments.operands().size() != 2) {
            throw Refused.usage("publish needs a file and a release: reeve publish bom.json larkfield-revenues/8.2");
        }
        String name = arguments.operands().getFirst();
        Path file = environment.path(name);
        if (!Files.isRegularFile(file)) {
            throw Refused.usage(Shown.text(name) + ": there is no such file");
        }
        Publishing publishing = Publishing.of(arguments.operands().get(1), arguments, environment);
        try {
            return publishing.send(HttpRequest.BodyPublishers.ofFile(file), name, environment);
        } catch (FileNotFoundException e) {
            throw Refused.usage(Shown.text(name) + ": cannot be read (" + Inputs.why(e) + ")");
        }
    }
}
