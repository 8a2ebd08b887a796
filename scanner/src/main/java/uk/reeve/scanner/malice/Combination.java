package uk.reeve.scanner.malice;

import java.util.List;
import java.util.Set;

/// Signs that mean more together than each alone.
///
/// @param parts of each set one sign must be there
/// @param extra what they weigh beyond their sum
/// @param reason why
record Combination(List<Set<String>> parts, int extra, String reason) {

    private static final Set<String> HARVEST = Set.of(
            "reads-credentials",
            "reads-many-secrets",
            "takes-environment",
            "reads-browser-data",
            "searches-secrets",
            "cloud-metadata",
            "reads-memory");
    private static final Set<String> PLACE = Set.of("exfiltration-address", "raw-address", "dns-tunnel");
    private static final Set<String> OUT = Set.of("sends-out", "exfiltration-address", "raw-address", "dns-tunnel");
    private static final Set<String> HIDDEN = Set.of(
            "encoded-code",
            "encoded-payload",
            "evaluates-hidden",
            "hidden-address",
            "obfuscated-javascript",
            "obfuscated-python",
            "pushed-out-of-sight",
            "disguised-binary");
    private static final Set<String> BY_ITSELF =
            Set.of("install-hook", "spawns-at-import", "install-spawns", "hook-inline-code");
    private static final Set<String> NAME = Set.of("look-alike-name", "combined-name", "far-version");

    static final List<Combination> ALL = List.of(
            of(
                    46,
                    "tokens of registries, clouds and builds are read and sent",
                    Set.of("reads-secret-variables"),
                    Set.of("sends-out")),
            of(30, "secrets are read where an address that needs no owner is known", HARVEST, PLACE),
            of(35, "secrets are read and sent", HARVEST, Set.of("sends-out")),
            of(
                    30,
                    "keys of money are read where an address that needs no owner is known",
                    Set.of("reads-wallets"),
                    PLACE),
            of(15, "keys of money are read and something is sent", Set.of("reads-wallets"), Set.of("sends-out")),
            of(
                    32,
                    "names of the machine are collected where an address that needs no owner is known",
                    Set.of("profiles-host"),
                    PLACE),
            of(25, "names of the machine are collected and sent", Set.of("profiles-host"), Set.of("sends-out")),
            of(
                    20,
                    "hardly anything else is in the package",
                    Set.of("tiny-package"),
                    Set.of("sends-out"),
                    Set.of("profiles-host", "takes-environment", "reads-credentials")),
            of(25, "hardly anything else is in the package", Set.of("tiny-package"), Set.of("remote-dependency")),
            of(
                    12,
                    "an installation that talks and starts programs",
                    Set.of("install-talks"),
                    Set.of("install-spawns", "hook-inline-code", "hidden-process", "build-runs-code")),
            of(
                    25,
                    "an installation that looks around and talks",
                    Set.of("install-talks"),
                    Set.of(
                            "profiles-host",
                            "takes-environment",
                            "reads-credentials",
                            "reads-many-secrets",
                            "reads-secret-variables")),
            of(20, "what runs by itself is hidden", HIDDEN, BY_ITSELF),
            of(15, "what is hidden knows an address that needs no owner", HIDDEN, PLACE),
            of(
                    15,
                    "hidden code is decoded and started out of sight",
                    HIDDEN,
                    Set.of("hidden-process", "drops-program", "evades-analysis")),
            of(
                    25,
                    "a name or version that catches mistakes, and something that runs by itself",
                    NAME,
                    Set.of("install-hook", "spawns-at-import", "hook-inline-code")),
            of(
                    15,
                    "a name or version that catches mistakes, and something that talks",
                    NAME,
                    Set.of("sends-out", "exfiltration-address", "raw-address", "profiles-host")),
            of(22, "a program is fetched and started without being asked", Set.of("drops-program"), BY_ITSELF),
            of(
                    15,
                    "a program is fetched and started out of sight",
                    Set.of("drops-program"),
                    Set.of("hidden-process", "raw-address", "exfiltration-address")),
            of(
                    25,
                    "what is started again is fetched or hidden",
                    Set.of("persistence"),
                    Set.of(
                            "drops-program",
                            "offers-download",
                            "raw-address",
                            "exfiltration-address",
                            "encoded-code",
                            "evaluates-hidden",
                            "hidden-process")),
            of(25, "what a person does is recorded and sent", Set.of("watches-person"), OUT),
            of(
                    25,
                    "a worm: it finds secrets and publishes",
                    Set.of("self-propagation", "workflow-injection"),
                    Set.of(
                            "reads-credentials",
                            "reads-many-secrets",
                            "searches-secrets",
                            "takes-environment",
                            "install-hook",
                            "reads-secret-variables")),
            of(
                    30,
                    "an installation that removes its traces",
                    Set.of("self-erasing"),
                    Set.of("install-hook", "install-spawns", "install-talks", "drops-program", "spawns-at-import")),
            of(
                    20,
                    "programming agents are used without being asked",
                    Set.of("agent-abuse"),
                    Set.of(
                            "install-hook",
                            "spawns-at-import",
                            "reads-credentials",
                            "reads-many-secrets",
                            "sends-out",
                            "exfiltration-address",
                            "reads-wallets")),
            of(
                    20,
                    "a hidden program, and something that starts it",
                    Set.of("disguised-binary", "reads-picture"),
                    Set.of("install-hook", "install-spawns", "spawns-at-import", "evaluates-hidden")),
            of(
                    25,
                    "a compiled program that is started out of sight and by itself",
                    Set.of("native-binary"),
                    Set.of("install-hook", "spawns-at-import"),
                    Set.of("hidden-process", "install-spawns")),
            of(
                    20,
                    "what is started again is a compiled program",
                    Set.of("persistence"),
                    Set.of("native-binary"),
                    Set.of("install-hook")),
            of(
                    25,
                    "names that are looked up carry what was found, or are looked up by themselves",
                    Set.of("dns-tunnel"),
                    Set.of("profiles-host", "install-hook", "spawns-at-import")),
            of(
                    20,
                    "text that is run, beside an address that needs no owner",
                    Set.of("evaluates-hidden", "spawns-at-import"),
                    PLACE),
            of(
                    15,
                    "an installation whose program is nowhere in the package",
                    Set.of("hook-inline-code"),
                    Set.of(
                            "sends-out",
                            "profiles-host",
                            "reads-credentials",
                            "takes-environment",
                            "exfiltration-address",
                            "raw-address")));

    @SafeVarargs
    private static Combination of(int extra, String reason, Set<String>... parts) {
        return new Combination(List.of(parts), extra, reason);
    }

    boolean isMet(Set<String> signs) {
        for (Set<String> part : parts) {
            if (part.stream().noneMatch(signs::contains)) {
                return false;
            }
        }
        return true;
    }
}
