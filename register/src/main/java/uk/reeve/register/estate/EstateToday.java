package uk.reeve.register.estate;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
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
        int ended = systems.unsupported(LocalDate.ofInstant(clock.instant(), ZoneId.of("Europe/London")));
        return ended == 0
                ? List.of()
                : List.of(new TodayItem(
                        RANK,
                        true,
                        "Support has ended for " + Words.count(ended, "system") + " you run",
                        "/systems?sort=support"));
    }
}
