package uk.reeve.register.alert;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Days on which a council works, by its nation (RULINGS 20): `alert/bank-holidays.tsv`. Where no nation is known,
/// England's.
final class WorkingDays {

    static final ZoneId UK = ZoneId.of("Europe/London");

    private static final Map<LocalDate, Set<String>> HOLIDAYS = read();

    private WorkingDays() {}

    private static Map<LocalDate, Set<String>> read() {
        Map<LocalDate, Set<String>> holidays = new HashMap<>();
        try (InputStream file =
                        Objects.requireNonNull(WorkingDays.class.getResourceAsStream("/alert/bank-holidays.tsv"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            for (String line : lines.lines().filter(l -> !l.startsWith("#")).toList()) {
                List<String> cells = List.of(line.split("\t"));
                holidays.put(LocalDate.parse(cells.get(0)), Set.of(cells.get(1).split(", ")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return holidays;
    }

    static boolean isWorking(LocalDate day, @Nullable String nation) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !HOLIDAYS.getOrDefault(day, Set.of()).contains(nation == null ? "England" : nation);
    }

    /// When what need not be told at once is told: 4pm the same working day, each working day at the reader's hour, or
    /// then on Monday; where Monday is no working day, on the first after it.
    ///
    /// @param hour of the reader's own daily and weekly mail
    static Instant next(AlertClass how, int hour, @Nullable String nation, Instant now) {
        ZonedDateTime at = now.atZone(UK);
        LocalTime time = LocalTime.of(how == AlertClass.SAME_DAY ? 16 : hour, 0);
        LocalDate day = at.toLocalDate();
        while (true) {
            ZonedDateTime slot = day.atTime(time).atZone(UK);
            boolean fits = how == AlertClass.WEEKLY ? firstOfWeek(day, nation) : isWorking(day, nation);
            if (fits && slot.isAfter(at)) {
                return slot.toInstant();
            }
            day = day.plusDays(1);
        }
    }

    private static boolean firstOfWeek(LocalDate day, @Nullable String nation) {
        LocalDate monday = day.with(DayOfWeek.MONDAY);
        return isWorking(day, nation) && monday.datesUntil(day).noneMatch(earlier -> isWorking(earlier, nation));
    }
}
