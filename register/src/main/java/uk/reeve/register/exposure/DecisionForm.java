package uk.reeve.register.exposure;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.reeve.register.exposure.Decisions.Decision;
import uk.reeve.register.exposure.Decisions.Kind;
import uk.reeve.register.web.Form;

/// From what a person sent to a decision.
final class DecisionForm {

    private static final int NAME = 200;
    private static final int REASON = 4_000;

    private DecisionForm() {}

    /// Says what is wrong on the form itself.
    ///
    /// @return null where something is
    static @Nullable Decision read(Form form, LocalDate today) {
        return switch (form.value("kind")) {
            case "fix" -> decision(form, Kind.FIX, until(form, "fix-by", today, false), "fix-owner", null, null);
            case "work-around" ->
                decision(form, Kind.WORK_AROUND, until(form, "around-until", today, false), null, "around-how", null);
            case "accept" -> {
                LocalDate until = until(form, "accept-until", today, true);
                if (form.text("accept-reason").isEmpty()) {
                    form.refuse("accept-reason", "Enter why the risk is accepted");
                }
                if (form.text("accept-agreed").isEmpty()) {
                    form.refuse("accept-agreed", "Enter who agreed to it");
                }
                yield decision(form, Kind.ACCEPT, until, null, "accept-reason", "accept-agreed");
            }
            case "not-us" -> {
                if (!Decisions.NOT_US.containsKey(form.value("not-us-reason"))) {
                    form.refuse("not-us-reason", "Choose why it does not affect you");
                }
                yield decision(form, Kind.NOT_US, null, null, "not-us-detail", null);
            }
            default -> {
                form.refuse("kind", "Choose what you decide");
                yield null;
            }
        };
    }

    /// The same from JSON. Its fields have one name for all kinds, the page's one for each.
    private static final Map<String, Map<String, String>> FIELDS = Map.of(
            "fix", Map.of("until", "fix-by", "owner", "fix-owner"),
            "work-around", Map.of("until", "around-until", "reason", "around-how"),
            "accept", Map.of("until", "accept-until", "reason", "accept-reason", "agreedBy", "accept-agreed"),
            "not-us", Map.of("justification", "not-us-reason", "reason", "not-us-detail"));

    /// @param refused where what is wrong is said
    static @Nullable Decision read(Form refused, ExposureApi.DecisionSent sent, LocalDate today) {
        String kind = Objects.requireNonNullElse(sent.kind(), "");
        Map<String, String> fields = FIELDS.getOrDefault(kind, Map.of());
        Form form = new Form().with("kind", kind);
        if (sent.until() != null && fields.containsKey("until")) {
            form.with(fields.get("until"), sent.until());
        }
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        texts.put("owner", sent.owner());
        texts.put("reason", sent.reason());
        texts.put("agreedBy", sent.agreedBy());
        texts.put("justification", sent.justification());
        texts.forEach((field, text) -> {
            if (text != null && fields.containsKey(field)) {
                form.with(fields.get(field), text);
            } else if (text != null && !fields.isEmpty()) {
                refused.refuse(field, "A decision of the kind " + kind + " has no " + field);
            }
        });
        if (sent.until() != null && kind.equals("not-us")) {
            refused.refuse("until", "A decision of the kind not-us has no until");
        }
        Decision decision = read(form, today);
        form.errors()
                .forEach((field, sentence) -> refused.refuse(
                        fields.entrySet().stream()
                                .filter(entry -> entry.getValue().equals(field))
                                .map(Map.Entry::getKey)
                                .findFirst()
                                .orElse(field),
                        sentence));
        return decision;
    }

    private static @Nullable Decision decision(
            Form form,
            Kind kind,
            @Nullable LocalDate until,
            @Nullable String owner,
            @Nullable String reason,
            @Nullable String agreed) {
        Decision decision = new Decision(
                kind,
                until,
                text(form, owner, NAME),
                text(form, reason, REASON),
                text(form, agreed, NAME),
                kind == Kind.NOT_US ? form.value("not-us-reason") : null);
        return form.refused() ? null : decision;
    }

    private static @Nullable String text(Form form, @Nullable String field, int most) {
        if (field == null) {
            return null;
        }
        String text = form.text(field).replace("\u0000", "");
        if (text.length() > most) {
            form.refuse(field, "Enter at most " + most + " characters");
        }
        return text.isEmpty() ? null : text;
    }

    private static @Nullable LocalDate until(Form form, String field, LocalDate today, boolean aYear) {
        LocalDate until = form.date(field).orElse(null);
        if (until == null) {
            form.refuse(field, form.dateGiven(field) ? "Enter a real date" : "Enter a date, like 27 3 2027");
        } else if (until.isBefore(today)) {
            form.refuse(field, "The date must be today or later");
        } else if (aYear && until.isAfter(today.plusYears(1))) {
            form.refuse(field, "The date must be within 12 months");
        } else if (until.isAfter(today.plusYears(10))) {
            form.refuse(field, "The date must be within 10 years");
        }
        return until;
    }
}
