package uk.reeve.register.advisory;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.today.TodayItem;
import uk.reeve.register.web.Basis;

/// Whether advisories come in, for who administers the register.
@Component
class AdvisoryToday implements TodayItem.Source {

    private static final String SOURCES = "/admin/sources";

    private final Fetching fetching;
    private final FeedStates states;
    private final Freshness freshness;

    AdvisoryToday(Fetching fetching, FeedStates states, Freshness freshness) {
        this.fetching = fetching;
        this.states = states;
        this.freshness = freshness;
    }

    @Override
    public List<TodayItem> today() {
        if (!(Asking.now() instanceof Asker.Person person) || person.kind() != Asker.Kind.ADMINISTRATOR) {
            return List.of();
        }
        List<TodayItem> items = new ArrayList<>();
        if (!fetching.on()) {
            items.add(new TodayItem(0, true, "No advisories are fetched: say from where", SOURCES));
        }
        for (FeedStates.State state : states.all()) {
            if (state.lastError() != null) {
                items.add(new TodayItem(0, true, "The last fetch failed: " + state.title(), SOURCES));
            }
        }
        Basis basis = freshness.ofAll();
        items.add(new TodayItem(1_000, false, "The oldest advisories are" + basis.words(), SOURCES, basis));
        return items;
    }
}
