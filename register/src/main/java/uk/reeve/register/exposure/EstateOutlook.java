package uk.reeve.register.exposure;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import uk.reeve.register.estate.Outlook;

/// What exposure has to say on the estate's pages.
@Component
class EstateOutlook implements Outlook {

    private static final int MOST = 200;

    private final Exposures exposures;

    EstateOutlook(Exposures exposures) {
        this.exposures = exposures;
    }

    @Override
    public Map<UUID, Worst> worst() {
        Map<UUID, Worst> worst = new HashMap<>();
        for (Exposures.Worst one : exposures.worst()) {
            worst.put(one.system(), new Worst(Urgency.of(one.days()).mark(), (one.days() + 999) % 1_000, one.flaws()));
        }
        return worst;
    }

    @Override
    public List<Flaw> of(UUID system) {
        return exposures.touching(system, MOST).stream()
                .map(one -> new Flaw(
                        one.verdict().equals("affected") ? one.urgency().mark() : null,
                        one.heading(),
                        "/exposures/" + one.name(),
                        one.decision() == null
                                ? one.verdict().equals("possible") ? "Possibly affected" : "No decision yet"
                                : Decisions.Kind.of(one.decision()).words(one.until())))
                .toList();
    }

    @Override
    public Found found(Collection<UUID> systems) {
        Map<Integer, Integer> byDays = exposures.affecting(systems);
        return new Found(
                byDays.values().stream().mapToInt(Integer::intValue).sum(),
                byDays.getOrDefault(Urgency.ACT_NOW.days(), 0));
    }
}
