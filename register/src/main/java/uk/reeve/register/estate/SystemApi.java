package uk.reeve.register.estate;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;

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
    SystemList list(@RequestParam(required = false) @Nullable String after) {
        Systems.Slice slice = systems.list(Systems.Order.NAME, "", new Systems.From(after, false), Map.of(), PAGE);
        return new SystemList(
                slice.rows(), slice.later() ? slice.rows().getLast().ref() : null);
    }
}
