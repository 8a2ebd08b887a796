package uk.reeve.register.estate;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.web.Csv;

@RestController
@RequestMapping("/api/v1/systems")
class SystemApi {

    private static final int PAGE = 100;

    private final Systems systems;

    SystemApi(Systems systems) {
        this.systems = systems;
    }

    /// @param next what to give as `after` for the next page; null at the end
    record SystemList(List<Systems.Row> systems, @Nullable String next) {}

    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping
    SystemList list(@RequestParam(defaultValue = "") String q, @RequestParam(required = false) @Nullable String after) {
        Systems.Slice slice =
                systems.list(Systems.Order.NAME, Pasted.clean(q), new Systems.From(after, false), Map.of(), PAGE);
        return new SystemList(
                slice.rows(), slice.later() ? slice.rows().getLast().ref() : null);
    }

    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping(params = "format=csv")
    void csv(@RequestParam(defaultValue = "") String q, HttpServletResponse response) throws IOException {
        Csv.write(
                response,
                "systems",
                List.of(
                        "reference",
                        "system",
                        "service",
                        "criticality",
                        "product",
                        "version",
                        "support ends",
                        "run by",
                        "exposure",
                        "personal data",
                        "owner",
                        "can be checked"),
                systems.list(Systems.Order.NAME, Pasted.clean(q), new Systems.From(null, false), Map.of(), Csv.MOST + 1)
                        .rows(),
                row -> Arrays.asList(
                        row.ref(),
                        row.name(),
                        row.service(),
                        row.criticality(),
                        row.product(),
                        row.version(),
                        row.supportOver() ? "ended" : row.supportEndsOn(),
                        row.hosting(),
                        row.exposure(),
                        row.personalData(),
                        row.owner(),
                        row.checkable()));
    }
}
