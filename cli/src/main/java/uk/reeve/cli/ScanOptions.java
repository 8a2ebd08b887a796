package uk.reeve.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.cli.report.Report;

/// What a scan is to hide, to compare with and to fail on.
///
/// @param distribution in OSV's words; null where it is not told
/// @param minSeverity `critical` to `low`; null to show all
/// @param maxAge null where age does not matter
/// @param baseline null where there is none
/// @param rules of `reeve.yaml`
/// @param ignored rules of the files that `--ignore` names
record ScanOptions(
        @Nullable String distribution,
        @Nullable String minSeverity,
        boolean onlyFixed,
        boolean noDevelopment,
        boolean strict,
        @Nullable MaxAge maxAge,
        FailOn failOn,
        @Nullable Baseline baseline,
        RuleFile rules,
        List<Rule> ignored,
        VexFiles vex) {

    private static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low");

    static ScanOptions of(Arguments arguments, Environment environment) throws Refused {
        RuleFile rules = rules(arguments, environment);
        List<Rule> ignored = new ArrayList<>();
        for (String file : arguments.values("--ignore")) {
            ignored.addAll(RuleFile.read(file(file, environment), file, Report.Cause.IGNORE_FILE)
                    .rules());
        }
        List<String> vex = new ArrayList<>(rules.vex());
        vex.addAll(arguments.values("--vex"));
        FailOn failOn = arguments.has("--fail-on")
                ? FailOn.of(arguments.values("--fail-on"), "--fail-on")
                : FailOn.of(rules.failOn(), "fail-on");
        String age = arguments.value("--max-age");
        MaxAge standard = failOn.words().contains("stale") ? MaxAge.DEFAULT : null;
        String distribution = arguments.value("--distro");
        String baseline = arguments.value("--baseline");
        return new ScanOptions(
                distribution == null ? null : Distributions.of(distribution),
                severity(arguments.value("--min-severity")),
                arguments.has("--only-fixed"),
                arguments.has("--no-dev"),
                arguments.has("--strict"),
                age == null ? standard : MaxAge.of(age),
                failOn,
                baseline == null ? null : Baseline.read(file(baseline, environment), baseline),
                rules,
                ignored,
                vex.isEmpty() ? VexFiles.NONE : VexFiles.read(vex, environment));
    }

    private static RuleFile rules(Arguments arguments, Environment environment) throws Refused {
        String config = arguments.value("--config");
        if (config != null) {
            return RuleFile.read(file(config, environment), config, Report.Cause.RULE);
        }
        Path found = environment.path("reeve.yaml");
        return Files.isRegularFile(found) ? RuleFile.read(found, "reeve.yaml", Report.Cause.RULE) : RuleFile.NONE;
    }

    private static Path file(String word, Environment environment) throws Refused {
        Path path = environment.path(word);
        if (!Files.isRegularFile(path)) {
            throw Refused.usage(Shown.text(word) + ": there is no such file");
        }
        return path;
    }

    private static @Nullable String severity(@Nullable String word) throws Refused {
        if (word == null || SEVERITIES.contains(word)) {
            return word;
        }
        String near = Nearest.to(word, SEVERITIES);
        throw Refused.usage("--min-severity takes no \"" + Shown.text(word) + "\"; "
                + (near == null ? "it takes " + String.join(", ", SEVERITIES) : "did you mean " + near + "?"));
    }
}
