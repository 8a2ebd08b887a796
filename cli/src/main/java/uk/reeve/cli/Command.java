package uk.reeve.cli;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A command: parses, calls one thing, prints. Only the chosen one's class is loaded.
abstract class Command {

    static final Option HELP = Option.flag("--help", "Other", "this help").letter("-h");
    static final Option DEBUG = Option.flag("--debug", "Other", "stack traces, should Reeve itself fail");
    static final Option DB = Option.value(
            "--db", "DIR", "Knowledge", "folder of the advisories, instead of the person's own (or REEVE_DB)");

    static Option exclude() {
        return Option.list("--exclude", "GLOB", "What to look at", "leave out paths that match");
    }

    static Option as() {
        return Option.value("--as", "KIND", "What to look at", "read each file as this kind: npm/package-lock");
    }

    static Option noDevelopment() {
        return Option.flag("--no-dev", "What to look at", "leave out what is for development and tests only");
    }

    static Option distribution() {
        return Option.value("--distro", "NAME:RELEASE", "What to look at", "where an SBOM does not say: debian:12");
    }

    static Option platform() {
        return Option.value(
                "--platform", "OS/ARCH", "What to look at", "which image, of several: linux/arm64 (else linux/amd64)");
    }

    static Option format(List<String> names) {
        return Option.list("--format", "FORMAT[=FILE]", "Report", String.join(", ", names))
                .letter("-f");
    }

    static Option output() {
        return Option.value("--output", "FILE", "Report", "write it there; it appears whole or not at all")
                .letter("-o");
    }

    static Option colour() {
        return Option.value("--color", "WHEN", "Report", "auto, always, never");
    }

    static Option verbose(String help) {
        return Option.flag("--verbose", "Report", help).letter("-v");
    }

    static Option ignore() {
        return Option.list("--ignore", "FILE", "Hiding", "entries like those of reeve.yaml");
    }

    static Option vex() {
        return Option.list("--vex", "FILE", "Hiding", "statements: OpenVEX, CSAF or CycloneDX");
    }

    static Option config() {
        return Option.value("--config", "FILE", "Hiding", "instead of reeve.yaml");
    }

    /// All names, in the order in which help lists them.
    static final List<String> NAMES =
            List.of("scan", "explain", "diff", "sbom", "check", "publish", "advisories", "completion", "help");

    /// The register's own, which the launcher starts from another jar.
    static final List<String> REGISTER = List.of("demo", "serve", "backup", "restore", "audit", "settings");

    /// The command of that name; null where there is none.
    static @Nullable Command of(String name) {
        return switch (name) {
            case "scan" -> new ScanCommand();
            case "explain" -> new ExplainCommand();
            case "diff" -> new DiffCommand();
            case "sbom" -> new SbomCommand();
            case "check" -> new CheckCommand();
            case "publish" -> new PublishCommand();
            case "advisories" -> new AdvisoriesCommand();
            case "completion" -> new CompletionCommand();
            case "help" -> new HelpCommand();
            default -> null;
        };
    }

    abstract String name();

    /// One sentence.
    abstract String sentence();

    /// Usage after the name: `PATH... [options]`.
    abstract String operands();

    /// Two lines, each a command that works.
    abstract List<String> examples();

    /// Paragraphs below the options; empty where there is nothing to add.
    List<String> notes() {
        return List.of();
    }

    abstract List<Option> options();

    /// `0 done`, one line each.
    abstract List<String> statuses();

    /// Does it.
    ///
    /// @return the exit status
    abstract int run(Arguments arguments, Environment environment) throws Refused, IOException;
}
