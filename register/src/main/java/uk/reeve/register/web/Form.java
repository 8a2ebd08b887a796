package uk.reeve.register.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a person sent, or finds filled in, and what was wrong with it; inputs and the error summary read it.
/// A controller takes it as a parameter: it holds what was sent. Fields are in the order of their refusal.
public final class Form {

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Map<String, String> errors = new LinkedHashMap<>();

    /// The values of each field, as they were sent.
    public static Form of(Map<String, List<String>> values) {
        Form form = new Form();
        values.forEach((field, given) -> form.values.put(field, List.copyOf(given)));
        return form;
    }

    /// Fills a field in.
    public Form with(String field, @Nullable String value) {
        values.put(field, value == null ? List.of() : List.of(value));
        return this;
    }

    /// Says what is wrong with a field; the first word on a field stands.
    ///
    /// @param sentence what to do, as in "Enter the date you became aware, like 27 3 2026"
    public Form refuse(String field, String sentence) {
        errors.putIfAbsent(field, sentence);
        return this;
    }

    public boolean refused() {
        return !errors.isEmpty();
    }

    /// The field's first value as sent; empty where there is none.
    public String value(String field) {
        List<String> given = values(field);
        return given.isEmpty() ? "" : given.getFirst();
    }

    /// The same without outer blanks.
    public String text(String field) {
        return value(field).strip();
    }

    public List<String> values(String field) {
        return values.getOrDefault(field, List.of());
    }

    public boolean chosen(String field, String value) {
        return values(field).contains(value);
    }

    /// The date of a date input: its three parts are `field-day`, `field-month`, `field-year`.
    ///
    /// @return empty where the parts are no date; see [#dateGiven]
    public Optional<LocalDate> date(String field) {
        try {
            return Optional.of(LocalDate.of(part(field, "year"), part(field, "month"), part(field, "day")));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /// Goes on where nothing was refused.
    ///
    /// @throws org.springframework.web.ErrorResponseException names each field that was
    public void mustBeRight() {
        if (refused()) {
            throw Problem.in(this);
        }
    }

    /// Whether any part of a date was filled in.
    public boolean dateGiven(String field) {
        return !(text(field + "-day") + text(field + "-month") + text(field + "-year")).isEmpty();
    }

    /// Fills a date in where there is one.
    public Form withDate(String field, @Nullable LocalDate date) {
        return date == null ? this : with(field, date);
    }

    /// Fills the three parts of a date in.
    public Form with(String field, LocalDate date) {
        return with(field + "-day", Integer.toString(date.getDayOfMonth()))
                .with(field + "-month", Integer.toString(date.getMonthValue()))
                .with(field + "-year", Integer.toString(date.getYear()));
    }

    private int part(String field, String part) {
        return Integer.parseInt(text(field + "-" + part));
    }

    public @Nullable String error(String field) {
        return errors.get(field);
    }

    /// Sentences by field, first refused first.
    public Map<String, String> errors() {
        return Collections.unmodifiableMap(errors);
    }

    /// The ids of a field's hint and error, for `aria-describedby`; null where it has neither.
    public @Nullable String describedBy(String field, @Nullable String hint) {
        return Tokens.of(hint == null ? "" : field + "-hint", errors.containsKey(field) ? field + "-error" : "");
    }
}
