package uk.reeve.register.exposure;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import uk.reeve.register.advisory.Vulnerabilities;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.web.Csv;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Problem;

@RestController
@RequestMapping("/api/v1/exposures")
class ExposureApi {

    private static final int MOST = 1_000;

    private final Exposures exposures;
    private final Vulnerabilities vulnerabilities;

    private final Decisions decisions;
    private final Clock clock;

    ExposureApi(Exposures exposures, Vulnerabilities vulnerabilities, Decisions decisions, Clock clock) {
        this.exposures = exposures;
        this.vulnerabilities = vulnerabilities;
        this.decisions = decisions;
        this.clock = clock;
    }

    record ExposureList(List<Exposures.Open> exposures, boolean truncated) {}

    record ExposureOfOne(Vulnerabilities.Vulnerability vulnerability, List<Exposures.SystemExposure> systems) {}

    /// The asking council's, the most urgent first; at most 1,000.
    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping
    ExposureList list() {
        List<Exposures.Open> open = exposures.listed(null, MOST + 1).open();
        return new ExposureList(open.subList(0, Math.min(MOST, open.size())), open.size() > MOST);
    }

    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping(params = "format=csv")
    void csv(HttpServletResponse response) throws IOException {
        Csv.write(
                response,
                "exposures",
                List.of("vulnerability", "severity", "score", "days to act", "affected", "possible", "undecided"),
                exposures.listed(null, Csv.MOST + 1).open(),
                open -> Arrays.asList(
                        open.name(),
                        open.severity(),
                        open.score(),
                        open.days(),
                        open.affected(),
                        open.possible(),
                        open.undecided()));
    }

    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping("/{name}")
    ExposureOfOne one(@PathVariable String name) {
        Vulnerabilities.Vulnerability found = find(name);
        return new ExposureOfOne(found, exposures.of(found.id()));
    }

    record DecisionList(List<Decisions.Row> decisions) {}

    /// @param systems references of those that it is for
    /// @param kind `fix`, `work-around`, `accept`, `not-us`
    /// @param until needed but for `not-us`
    /// @param owner who sees to it; of `fix` only
    /// @param reason of all but `fix`; needed for `accept`
    /// @param agreedBy needed for `accept`
    /// @param justification why it does not affect, in VEX's words; needed for `not-us`
    record DecisionSent(
            @Nullable List<String> systems,
            @Nullable String kind,
            @Nullable LocalDate until,
            @Nullable String owner,
            @Nullable String reason,
            @Nullable String agreedBy,
            @Nullable String justification) {}

    /// All on record, the newest first; at most 500.
    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping("/{name}/decisions")
    DecisionList decisions(@PathVariable String name) {
        return new DecisionList(decisions.on(find(name).id()));
    }

    /// One decision for several systems: all or none.
    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.EDITOR)
    @PostMapping("/{name}/decisions")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<DecisionList> decide(@PathVariable String name, @RequestBody DecisionSent sent) {
        Vulnerabilities.Vulnerability found = find(name);
        Set<String> known = exposures.of(found.id()).stream()
                .filter(ExposurePages::listed)
                .map(Exposures.SystemExposure::ref)
                .collect(Collectors.toSet());
        List<String> systems = sent.systems == null
                ? List.of()
                : sent.systems.stream().filter(Objects::nonNull).toList();
        Form form = new Form();
        if (systems.isEmpty()) {
            form.refuse("systems", "Choose at least one system");
        } else if (!known.containsAll(systems)) {
            form.refuse("systems", "Name only systems of yours that it touches, by reference");
        }
        Decisions.Decision decision = DecisionForm.read(form, sent, LocalDate.ofInstant(clock.instant(), Exposures.UK));
        form.mustBeRight();
        decisions.decide(found, systems, Objects.requireNonNull(decision));
        return ResponseEntity.created(URI.create("/api/v1/exposures/" + found.name() + "/decisions"))
                .body(new DecisionList(decisions.on(found.id())));
    }

    private Vulnerabilities.Vulnerability find(String name) {
        return vulnerabilities.byName(name).orElseThrow(() -> Problem.NOT_FOUND.because(""));
    }
}
