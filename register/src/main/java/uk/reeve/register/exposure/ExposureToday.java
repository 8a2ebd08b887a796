package uk.reeve.register.exposure;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import uk.reeve.register.advisory.Freshness;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.estate.Systems;
import uk.reeve.register.today.TodayItem;
import uk.reeve.register.web.Basis;
import uk.reeve.register.web.Words;

/// What burns, for a council; on its first day, the one thing to do.
@Component
class ExposureToday implements TodayItem.Source {

    private final Exposures exposures;
    private final Systems systems;
    private final Names names;
    private final Freshness freshness;

    ExposureToday(Exposures exposures, Systems systems, Names names, Freshness freshness) {
        this.exposures = exposures;
        this.systems = systems;
        this.names = names;
        this.freshness = freshness;
    }

    @Override
    public List<TodayItem> today() {
        if (!(Asking.now() instanceof Asker.Person person) || person.kind() != Asker.Kind.COUNCIL) {
            return List.of();
        }
        int count = systems.count();
        if (count == 0) {
            return List.of(new TodayItem(
                    0, true, "Say what you run: paste ten names and see what is known about them", "/systems/new"));
        }
        List<TodayItem> items = new ArrayList<>();
        Exposures.Listed listed = exposures.listed(null, 100);
        for (Exposures.Open open : listed.open()) {
            if (open.undecided() > 0 && (open.urgency() == Urgency.ACT_NOW || open.urgency() == Urgency.IN_14_DAYS)) {
                items.add(new TodayItem(
                        open.days(),
                        true,
                        open.urgency().words() + ": " + open.heading() + ", " + Words.count(open.undecided(), "system")
                                + " without a decision",
                        "/exposures/" + open.name()));
            }
        }
        for (Names.Named named : names.ofUs()) {
            items.add(new TodayItem(
                    999,
                    false,
                    named.coordinator() + " saw that you are exposed to " + named.heading() + ", "
                            + Words.dateAndTime(named.at()),
                    "/exposures/" + named.vulnerability()));
        }
        Exposures.Checked checked = exposures.checked();
        Basis basis = freshness.of(checked.types());
        items.add(new TodayItem(
                1_000,
                false,
                "You run " + Words.count(count, "system") + "; " + Words.count(checked.components(), "component")
                        + " of " + Words.count(checked.checkable(), "system") + " checked against advisories"
                        + basis.words(),
                "/systems",
                basis));
        Exposures.Totals totals = listed.totals();
        int later = totals.in60() + totals.nextUpgrade();
        if (later > 0) {
            items.add(new TodayItem(
                    1_001, false, Words.count(later, "known flaw") + " can wait longer than 14 days", "/exposures"));
        }
        if (checked.notCheckable() > 0) {
            items.add(new TodayItem(
                    1_002,
                    false,
                    "Flaws cannot be checked for " + Words.count(checked.notCheckable(), "system") + ": no SBOM",
                    "/systems"));
        }
        return items;
    }
}
