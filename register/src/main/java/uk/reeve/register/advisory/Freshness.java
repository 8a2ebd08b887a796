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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
    private final AdvisoryLibrary library;
    private final Clock clock;

    Freshness(Editions editions, AdvisoryLibrary library, Clock clock) {
        this.editions = editions;
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
        return of(source -> concerned.contains(source.name()));
    }

    /// Of all that is told here, for who asks now.
    public Basis ofAll() {
        return of(Freshness::aged);
    }

    private Basis of(Predicate<Editions.Held> concerned) {
        Map<LocalDate, List<String>> days = new TreeMap<>(editions.sources().stream()
                .filter(source -> source.asOf() != null && concerned.test(source))
                .collect(Collectors.groupingBy(
                        Editions.Held::asOf, Collectors.mapping(Editions.Held::name, Collectors.toList()))));
        return new Basis(
                days.isEmpty() ? null : days.keySet().iterator().next(),
                days.entrySet().stream()
                        .filter(day -> old(day.getKey()))
                        .flatMap(day -> day.getValue().stream().sorted().map(name -> name + told(day.getKey())))
                        .toList(),
                Asking.now() instanceof Asker.Person person && person.kind() == Asker.Kind.ADMINISTRATOR);
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
        for (Editions.Held source : editions.sources()) {
            boolean single = source.name().equals(Advisories.INCOMING);
            states.add(state(single ? "One by one" : source.name(), source.records(), source.asOf(), !aged(source)));
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

    /// CISA writes its list when there is news: its day does not tell whether it was fetched.
    private static boolean aged(Editions.Held source) {
        return !source.name().equals(Advisories.INCOMING) && !source.name().equals(Editions.KEV);
    }

    private boolean old(LocalDate day) {
        return ChronoUnit.DAYS.between(day, LocalDate.now(clock.withZone(ZoneOffset.UTC))) > MOST_DAYS;
    }

    private String told(LocalDate day) {
        return " (" + Words.asOfOld(day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC), clock.instant()) + ")";
    }
}
