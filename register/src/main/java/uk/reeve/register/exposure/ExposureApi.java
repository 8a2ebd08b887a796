package uk.reeve.register.exposure;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import uk.reeve.register.advisory.Vulnerabilities;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.web.Csv;
import uk.reeve.register.web.Problem;

@RestController
@RequestMapping("/api/v1/exposures")
class ExposureApi {

    private static final int MOST = 1_000;

    private final Exposures exposures;
    private final Vulnerabilities vulnerabilities;

    ExposureApi(Exposures exposures, Vulnerabilities vulnerabilities) {
        this.exposures = exposures;
        this.vulnerabilities = vulnerabilities;
    }

    record ExposureList(List<Exposures.Open> exposures, boolean truncated) {}

    record ExposureOfOne(Vulnerabilities.Vulnerability vulnerability, List<Exposures.SystemExposure> systems) {}

    /// The asking council's, the most urgent first; at most 1,000.
    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping
    ExposureList list() {
        List<Exposures.Open> open = exposures.listed("", MOST + 1).open();
        return new ExposureList(open.subList(0, Math.min(MOST, open.size())), open.size() > MOST);
    }

    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping(params = "format=csv")
    void csv(HttpServletResponse response) throws IOException {
        Csv.write(
                response,
                "exposures",
                List.of("vulnerability", "severity", "score", "days to act", "affected", "possible", "undecided"),
                exposures.listed("", Csv.MOST + 1).open(),
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
        Vulnerabilities.Vulnerability found =
                vulnerabilities.byName(name).orElseThrow(() -> Problem.NOT_FOUND.because(""));
        return new ExposureOfOne(found, exposures.of(found.id()));
    }
}
