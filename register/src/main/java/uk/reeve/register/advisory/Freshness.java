package uk.reeve.register.advisory;

import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import uk.reeve.engine.index.SupportDates;
import uk.reeve.engine.version.Ecosystem;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.web.Basis;
import uk.reeve.register.web.Words;

/// How old the advisories are that a page rests on.
@Service
public class Freshness {

    /// A source is known by its day alone: one of yesterday may be a day old, one of the day before is older.
    private static final int MOST_DAYS = 1;

    private final Editions editions;
    private final FeedStates states;
    private final AdvisoryLibrary library;
    private final Clock clock;

    Freshness(Editions editions, FeedStates states, AdvisoryLibrary library, Clock clock) {
        this.editions = editions;
        this.states = states;
        this.library = library;
        this.clock = clock;
    }

    /// Of what is told about packages of these types, for who asks now.
    ///
    /// @param types of package URLs; none of which nobody speaks
    public Basis of(Collection<String> types) {
        Set<String> concerned = types.stream()
                .flatMap(type -> Ecosystem.ofPurlType(type).stream())
                .map(Ecosystem::osvName)
                .collect(Collectors.toSet());
        return of(source -> concerned.contains(source.name())
                || !concerned.isEmpty() && source.name().equals(Editions.KEV));
    }

    /// Of all that is told here, for who asks now.
    public Basis ofAll() {
        return of(source -> !source.name().equals(Advisories.INCOMING));
    }

    private Basis of(Predicate<Editions.Held> concerned) {
        List<Editions.Held> sources = sources().stream()
                .filter(source -> source.asOf() != null && concerned.test(source))
                .sorted(Comparator.comparing(Editions.Held::asOf).thenComparing(Editions.Held::name))
                .toList();
        return new Basis(
                sources.stream()
                        .filter(source -> !source.name().equals(Editions.KEV)
                                && !source.name().equals(Editions.EPSS))
                        .findFirst()
                        .map(Editions.Held::asOf)
                        .orElse(null),
                sources.stream()
                        .filter(source -> old(Objects.requireNonNull(source.asOf())))
                        .map(source -> source.name() + told(Objects.requireNonNull(source.asOf())))
                        .toList(),
                Asking.now() instanceof Asker.Person person && person.kind() == Asker.Kind.ADMINISTRATOR);
    }

    /// Those of the edition in force. CISA writes its list when there is news: once it was fetched later, it is as of
    /// that day.
    private List<Editions.Held> sources() {
        LocalDate fetched = states.of(OwnFeeds.key(Feed.KEV))
                .map(FeedStates.State::fetchedAt)
                .map(at -> LocalDate.ofInstant(at, ZoneOffset.UTC))
                .orElse(LocalDate.MIN);
        return editions.sources().stream()
                .map(source -> source.name().equals(Editions.KEV)
                                && source.asOf() != null
                                && source.asOf().isBefore(fetched)
                        ? new Editions.Held(source.name(), source.records(), fetched)
                        : source)
                .toList();
    }

    /// One source of what is known here.
    ///
    /// @param records null where they are not counted
    /// @param asOf "12 May 2026", or that nobody said
    /// @param old whether it is older than it should be
    public record State(String name, @Nullable Integer records, String asOf, boolean old) {}

    /// Every source of the edition in force, by name; then the dates of support, which nobody fetches by the day.
    public List<State> states() {
        List<State> states = new ArrayList<>();
        for (Editions.Held source : sources()) {
            boolean single = source.name().equals(Advisories.INCOMING);
            states.add(state(single ? "One by one" : source.name(), source.records(), source.asOf(), single));
        }
        states.sort(Comparator.comparing(State::name, String.CASE_INSENSITIVE_ORDER));
        SupportDates support = library.support();
        states.add(state(
                "Support dates (endoflife.date), products",
                support.size(),
                support.asOf().isEmpty() ? null : LocalDate.parse(support.asOf()),
                true));
        return states;
    }

    private State state(String name, @Nullable Integer records, @Nullable LocalDate asOf, boolean ageless) {
        return asOf == null
                ? new State(name, records, "Not told", false)
                : new State(name, records, Words.date(asOf), !ageless && old(asOf));
    }

    private boolean old(LocalDate day) {
        return ChronoUnit.DAYS.between(day, LocalDate.now(clock.withZone(ZoneOffset.UTC))) > MOST_DAYS;
    }

    private String told(LocalDate day) {
        return " (" + Words.asOfOld(day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC), clock.instant()) + ")";
    }
}
