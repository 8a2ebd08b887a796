package uk.reeve.register.exposure;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;
import uk.reeve.register.advisory.Freshness;
import uk.reeve.register.advisory.Vulnerabilities;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.web.Basis;
import uk.reeve.register.web.ClockPhrase;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Option;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.SeeOther;
import uk.reeve.register.web.VerdictMark;
import uk.reeve.register.web.Words;

@Controller
public class ExposurePages {

    private static final int PAGE = 50;

    private final Exposures exposures;
    private final Decisions decisions;
    private final Vulnerabilities vulnerabilities;
    private final Freshness freshness;
    private final Clock clock;

    ExposurePages(
            Exposures exposures,
            Decisions decisions,
            Vulnerabilities vulnerabilities,
            Freshness freshness,
            Clock clock) {
        this.exposures = exposures;
        this.decisions = decisions;
        this.vulnerabilities = vulnerabilities;
        this.freshness = freshness;
        this.clock = clock;
    }

    /// @param basis the advisories that it rests on
    /// @param next address of the next page
    public record ListModel(
            List<Exposures.Open> open,
            Exposures.Totals totals,
            Exposures.Checked checked,
            Basis basis,
            @Nullable String next) {

        public String answer() {
            if (checked.systems() == 0) {
                return "You have not listed any systems, so nothing is known yet.";
            }
            if (totals.known() > 0) {
                return Words.count(totals.known(), "known flaw") + ", " + totals.actNow() + " to act on now. "
                        + (totals.undecided() == 0
                                ? "All are decided on."
                                : Words.count(totals.undecided(), "waits", "wait") + " for your decision.");
            }
            return checked.components() == 0
                    ? "Nothing could be checked: none of your releases has an SBOM that you may see."
                    : "No known flaw in the "
                            + Words.count((long) checked.components() - checked.withoutIdentity(), "component")
                            + " we could check" + (basis.asOf() == null ? "" : "," + basis.words()) + ".";
        }

        /// What the answer rests on.
        public String checks() {
            return Words.count(checked.components(), "component") + " of "
                    + Words.count(checked.checkable(), "system") + " checked against advisories"
                    + basis.words() + ". "
                    + (checked.withoutIdentity() == 0
                            ? ""
                            : Words.count(checked.withoutIdentity(), "component has", "components have")
                                    + " no package identity, so nothing can be said about "
                                    + (checked.withoutIdentity() == 1 ? "it. " : "them. "))
                    + (checked.notCheckable() == 0
                            ? ""
                            : Words.count(checked.notCheckable(), "system has", "systems have")
                                    + " no SBOM and cannot be checked.");
        }
    }

    /// @param systems affected, possible, and those that the council decided on
    /// @param cleared those that are not affected, with who says so
    /// @param due end of the last day to act; null where it can wait for the next upgrade, or nothing is affected
    /// @param elsewhere the next exposure without a decision; null where there is none
    public record DetailModel(
            Vulnerabilities.Vulnerability vulnerability,
            List<Exposures.SystemExposure> systems,
            List<Exposures.SystemExposure> cleared,
            Exposures.Checked checked,
            List<String> names,
            List<String> sources,
            List<String> reasons,
            @Nullable Instant due,
            List<Decisions.Row> history,
            Exposures.@Nullable Open elsewhere,
            Basis basis,
            Instant now,
            boolean edits) {

        public @Nullable Urgency urgency() {
            return systems.stream()
                    .filter(system -> system.verdict().equals("affected"))
                    .findFirst()
                    .map(Exposures.SystemExposure::urgency)
                    .orElse(null);
        }

        private long count(String verdict) {
            return systems.stream()
                    .filter(system -> system.verdict().equals(verdict))
                    .count();
        }

        public String answer() {
            long affected = count("affected");
            long possible = count("possible");
            if (affected == 0 && possible == 0) {
                return checked.checkable() == 0
                        ? "None of your systems could be checked: their releases have no SBOM."
                        : "None of your systems is affected.";
            }
            String first = affected == 0
                    ? "None of your systems is known to be affected."
                    : "You run " + Words.count(affected, "affected system") + ".";
            return possible == 0 ? first : first + " " + Words.count(possible, "more may be.", "more may be.");
        }

        /// "Act within 3 days, by 11:59pm on Monday 13 December, and look for signs of intrusion, because:".
        public @Nullable String term() {
            Urgency urgency = urgency();
            Instant until = due;
            return urgency == null
                    ? null
                    : until == null
                            ? "Fix it with the next upgrade, because:"
                            : "Fix it within " + urgency.days() + " days ("
                                    + ClockPhrase.running(until, now) + ")"
                                    + (vulnerability.kevAdded() != null ? " and look for signs of intrusion" : "")
                                    + ", because:";
        }

        public int notListed() {
            return checked.checkable() - systems.size() - cleared.size();
        }

        public List<String> others() {
            return names.stream()
                    .filter(name -> !name.equals(vulnerability.name()))
                    .toList();
        }

        public String severity() {
            String word = vulnerability.severity();
            String capital = Character.toUpperCase(word.charAt(0)) + word.substring(1);
            return capital
                    + (vulnerability.score() == null ? "" : " " + vulnerability.score())
                    + (vulnerability.ratedBy() == null ? "" : ", by the record " + vulnerability.ratedBy());
        }
    }

    /// @param systems those that can be decided on
    public record DecideModel(
            Vulnerabilities.Vulnerability vulnerability, List<Exposures.SystemExposure> systems, Form form) {

        public List<Option> choices() {
            return systems.stream()
                    .map(system -> Option.of(system.ref(), system.name())
                            .hint(system.product() + " " + system.version() + ": "
                                    + mark(system).word() + ". "
                                    + lastDay(Stream.of(system))
                                            .map(day -> "Act by " + Words.date(day) + ". ")
                                            .orElse("")
                                    + decision(system)))
                    .toList();
        }

        public List<Option> notUs() {
            return Decisions.NOT_US.entrySet().stream()
                    .map(reason -> Option.of(reason.getKey(), reason.getValue()))
                    .toList();
        }

        /// "When 8.2.1 is recorded on the system, this closes itself."
        public String closes() {
            return systems.stream()
                    .map(Exposures.SystemExposure::moveTo)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .filter(_ -> systems.size() == 1) // of several, each has its own
                    .map(version -> "When " + version + " is recorded on the system, this closes itself")
                    .orElse("When a release without it is recorded on a system, this closes itself for that one");
        }
    }

    public static VerdictMark mark(Exposures.SystemExposure system) {
        return switch (system.verdict()) {
            case "affected" -> VerdictMark.AFFECTED;
            case "possible" -> VerdictMark.POSSIBLE;
            case "fixed" -> VerdictMark.FIXED;
            case "not-affected" -> VerdictMark.NOT_AFFECTED;
            default -> VerdictMark.UNKNOWN;
        };
    }

    /// Who says so, in a sentence; the council's own word stands above the supplier's, that above the match.
    public static String because(Exposures.SystemExposure system) {
        String supplier = system.supplier() == null ? "its supplier" : system.supplier();
        if ("not-us".equals(system.decision()) && system.decided()) {
            return "Your decision";
        }
        return switch (system.verdict()) {
            case "not-affected" ->
                "Declared by " + supplier
                        + (system.justification() == null
                                ? ""
                                : ": " + Decisions.SAID.getOrDefault(system.justification(), system.justification()));
            case "fixed" -> "Declared by " + supplier;
            case "affected" -> "affected".equals(system.status()) ? "Declared by " + supplier : "Matched, certain";
            default -> "Matched, not certain";
        };
    }

    /// What the council has decided; a day that has passed is told.
    public static String decision(Exposures.SystemExposure system) {
        return system.decision() == null
                ? "None yet"
                : Decisions.Kind.of(system.decision()).words(system.until())
                        + later(system)
                        + (system.decidedOwner() == null ? "" : ", " + system.decidedOwner())
                        + (system.decided()
                                ? ""
                                : system.decision().equals("not-us")
                                        ? ". It is more urgent since: look again"
                                        : ". That day has passed");
    }

    private static String later(Exposures.SystemExposure system) {
        LocalDate until = system.until();
        return until == null || !Decisions.Kind.FIX.key().equals(system.decision())
                ? ""
                : lastDay(Stream.of(system))
                        .filter(until::isAfter)
                        .map(day -> " (to act by: " + Words.date(day) + ")")
                        .orElse("");
    }

    /// What to do on this system.
    public static String act(Exposures.SystemExposure system) {
        if (system.moveTo() != null) {
            return "Move to " + system.moveTo();
        }
        String said = system.action();
        if (said != null && !said.isBlank()) {
            return said;
        }
        return "No fixed release yet: shield it, and ask its supplier"
                + (system.fixedIn() == null || system.path().isEmpty()
                        ? ""
                        : ". The fault is mended in version " + system.fixedIn() + " of the component");
    }

    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping("/exposures")
    Page list(@RequestParam(defaultValue = "") String after) {
        Exposures.Listed listed = exposures.listed(Exposures.After.read(after), PAGE + 1);
        List<Exposures.Open> open = listed.open();
        boolean more = open.size() > PAGE;
        Exposures.Checked checked = exposures.checked();
        List<Exposures.Open> shown = more ? open.subList(0, PAGE) : open;
        return Page.of(
                "exposure/exposures",
                new ListModel(
                        shown,
                        listed.totals(),
                        checked,
                        freshness.of(checked.types()),
                        more ? "/exposures?after=" + shown.getLast().cursor() : null));
    }

    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping("/exposures/{name}")
    View one(@PathVariable String name) {
        Vulnerabilities.Vulnerability found = find(name);
        if (!found.name().equals(name)) {
            return preferred("/exposures/" + found.name());
        }
        List<Exposures.SystemExposure> all = exposures.of(found.id());
        List<Exposures.SystemExposure> systems =
                all.stream().filter(ExposurePages::listed).toList();
        List<Exposures.SystemExposure> cleared =
                all.stream().filter(system -> !listed(system)).toList();
        Optional<Exposures.SystemExposure> worst = systems.stream()
                .filter(system -> system.verdict().equals("affected"))
                .findFirst();
        Exposures.Checked checked = exposures.checked();
        boolean done = systems.stream().allMatch(Exposures.SystemExposure::decided);
        return Page.of(
                "exposure/exposure",
                new DetailModel(
                        found,
                        systems,
                        cleared,
                        checked,
                        vulnerabilities.names(found.id()),
                        exposures.sources(found.id()),
                        worst.map(system -> Urgency.reasons(found, system.exposure()))
                                .orElse(List.of()),
                        worst.filter(system -> system.days() > 0)
                                .flatMap(system -> due(systems, system.days()))
                                .orElse(null),
                        decisions.on(found.id()),
                        done ? next(found) : null,
                        freshness.of(checked.types()),
                        clock.instant(),
                        Asking.person().may(Asker.Role.EDITOR)));
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.EDITOR)
    @GetMapping("/exposures/{name}/decisions")
    View decide(@PathVariable String name, @RequestParam(required = false) @Nullable String system) {
        Vulnerabilities.Vulnerability found = find(name);
        if (!found.name().equals(name)) {
            return preferred("/exposures/" + found.name() + "/decisions");
        }
        List<Exposures.SystemExposure> systems = decidable(found);
        List<String> chosen = systems.stream()
                .filter(one -> system == null
                        ? one.verdict().equals("affected") && !one.decided()
                        : one.ref().equals(system))
                .map(Exposures.SystemExposure::ref)
                .toList();
        Form form = Form.of(java.util.Map.of("systems", chosen));
        return Page.of("exposure/decisions", new DecideModel(found, systems, form));
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.EDITOR)
    @PostMapping("/exposures/{name}/decisions")
    View record(@PathVariable String name, Form form) {
        Vulnerabilities.Vulnerability found = find(name);
        List<Exposures.SystemExposure> systems = decidable(found);
        List<String> chosen = systems.stream()
                .map(Exposures.SystemExposure::ref)
                .filter(ref -> form.chosen("systems", ref))
                .toList();
        if (chosen.isEmpty()) {
            form.refuse("systems", "Choose at least one system");
        }
        Decisions.Decision decision = DecisionForm.read(form, LocalDate.ofInstant(clock.instant(), Exposures.UK));
        if (decision == null || form.refused()) {
            return Page.of("exposure/decisions", new DecideModel(found, systems, form));
        }
        int count = decisions.decide(found, chosen, decision);
        return SeeOther.to("/exposures/" + found.name())
                .saying("Recorded for " + Words.count(count, "system") + ": "
                        + decision.kind().words(decision.until()) + "."
                        + late(systems.stream().filter(system -> chosen.contains(system.ref())), decision));
    }

    /// What is mended later than it should be is told, and recorded all the same: that is for who runs it to say.
    private static String late(Stream<Exposures.SystemExposure> systems, Decisions.Decision decision) {
        LocalDate until = decision.until();
        return until == null || decision.kind() != Decisions.Kind.FIX
                ? ""
                : lastDay(systems)
                        .filter(until::isAfter)
                        .map(day -> " That is later than " + Words.date(day) + ", the day by which to act.")
                        .orElse("");
    }

    private static View preferred(String path) {
        RedirectView view = new RedirectView(path);
        view.setStatusCode(HttpStatus.FOUND); // names may regroup
        return view;
    }

    private Vulnerabilities.Vulnerability find(String name) {
        return vulnerabilities.byName(name).orElseThrow(() -> Problem.NOT_FOUND.because(""));
    }

    private List<Exposures.SystemExposure> decidable(Vulnerabilities.Vulnerability vulnerability) {
        List<Exposures.SystemExposure> systems = exposures.of(vulnerability.id()).stream()
                .filter(ExposurePages::listed)
                .toList();
        if (systems.isEmpty()) {
            throw Problem.NOT_FOUND.because("");
        }
        return systems;
    }

    static boolean listed(Exposures.SystemExposure system) {
        return system.verdict().equals("affected")
                || system.verdict().equals("possible")
                || "not-us".equals(system.decision());
    }

    private static Optional<Instant> due(List<Exposures.SystemExposure> systems, int days) {
        return lastDay(systems.stream().filter(system -> system.days() == days))
                .map(day -> day.atTime(23, 59).atZone(Exposures.UK).toInstant());
    }

    /// The days start when the council could first know; they end at 11:59pm UK time on the last (RULINGS 13).
    ///
    /// @return the earliest; empty where nothing is affected, or all can wait for the next upgrade
    private static Optional<LocalDate> lastDay(Stream<Exposures.SystemExposure> systems) {
        return systems.filter(system -> system.verdict().equals("affected") && system.days() > 0)
                .map(system -> LocalDate.ofInstant(system.since(), Exposures.UK).plusDays(system.days()))
                .min(Comparator.naturalOrder());
    }

    private Exposures.@Nullable Open next(Vulnerabilities.Vulnerability not) {
        return exposures.listed(null, 500).open().stream()
                .filter(open -> open.undecided() > 0 && !open.vulnerability().equals(not.id()))
                .findFirst()
                .orElse(null);
    }
}
