package uk.reeve.register.advisory;

import java.util.List;
import org.springframework.stereotype.Component;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.today.TodayItem;

/// Whether advisories come in, for who administers the register.
@Component
class AdvisoryToday implements TodayItem.Source {

    private final Fetching fetching;

    AdvisoryToday(Fetching fetching) {
        this.fetching = fetching;
    }

    @Override
    public List<TodayItem> today() {
        if (!(Asking.now() instanceof Asker.Person person) || person.kind() != Asker.Kind.ADMINISTRATOR) {
            return List.of();
        }
        if (!fetching.on()) {
            return List.of(new TodayItem(0, true, "No advisories are fetched: say from where", "/admin/sources"));
        }
        return fetching.state()
                .filter(state -> state.error() != null)
                .map(_ -> List.of(new TodayItem(0, true, "The last fetch of advisories failed", "/admin/sources")))
                .orElse(List.of());
    }
}
