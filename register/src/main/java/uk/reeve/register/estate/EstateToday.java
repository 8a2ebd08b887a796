package uk.reeve.register.estate;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.today.TodayItem;
import uk.reeve.register.web.Words;

/// What a council runs though its support has ended.
@Component
class EstateToday implements TodayItem.Source {

    private static final int RANK = 60;

    private final Systems systems;
    private final Clock clock;

    EstateToday(Systems systems, Clock clock) {
        this.systems = systems;
        this.clock = clock;
    }

    @Override
    public List<TodayItem> today() {
        if (!(Asking.now() instanceof Asker.Person person) || person.kind() != Asker.Kind.COUNCIL) {
            return List.of();
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.of("Europe/London"));
        int ended = systems.unsupported(today);
        int ending = systems.ending(today, today.plusMonths(6));
        List<TodayItem> items = new ArrayList<>();
        if (ended > 0) {
            items.add(item(RANK, "Support has ended for " + Words.count(ended, "system") + " you run"));
        }
        if (ending > 0) {
            items.add(item(RANK + 1, "Support ends within 6 months for " + Words.count(ending, "system") + " you run"));
        }
        return items;
    }

    private static TodayItem item(int rank, String text) {
        return new TodayItem(rank, true, text, "/systems?sort=support");
    }
}
