package uk.reeve.engine.vex;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.advisory.BadCvss;
import uk.reeve.engine.advisory.Severity;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Problem;

/// What the readers of one document share: its warnings, and the values that every format has.
final class VexReading {

    private static final int MAX_WARNINGS = 200;

    final List<Problem> warnings = new ArrayList<>();
    final List<Statement> statements = new ArrayList<>();

    void warn(int line, String message) {
        if (warnings.size() < MAX_WARNINGS) {
            warnings.add(new Problem(line, message));
        } else if (warnings.size() == MAX_WARNINGS) {
            warnings.add(new Problem(line, "has more problems than these " + MAX_WARNINGS));
        }
    }

    /// Null, with a warning, where it is none.
    @Nullable
    Purl purl(String text, int line) {
        try {
            return Purl.lenient(text, problem -> warn(line, "the package URL " + quoted(text) + ": " + problem));
        } catch (BadPurl e) {
            warn(line, "is no package URL and matches nothing: " + e.getMessage());
            return null;
        }
    }

    /// Null where none is told, or with a warning where it is none.
    @Nullable
    Instant instant(@Nullable String text, int line) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeException _) {
            warn(line, "the time " + quoted(text) + " cannot be read; write it as 2026-03-31T12:00:00Z");
            return null;
        }
    }

    /// Null, with a warning, where the vector is none.
    @Nullable
    Severity severity(String vector, int line) {
        try {
            return Severity.ofVector(vector);
        } catch (BadCvss e) {
            warn(line, "the score is left out: " + e.getMessage());
            return null;
        }
    }

    /// `SHA-256` for `sha-256`, `sha256`, `SHA256` and the like; other names in capitals.
    static String algorithm(String told) {
        String name = told.toUpperCase(Locale.ROOT).replace('_', '-');
        if (name.startsWith("SHA") && name.length() > 3 && Character.isDigit(name.charAt(3))) {
            return (name.startsWith("SHA3-") ? "SHA3-" : "SHA-") + name.substring(name.startsWith("SHA3-") ? 5 : 3);
        }
        return name;
    }

    static String quoted(String text) {
        return "\"" + (text.length() > 100 ? text.substring(0, 100) + "…" : text) + "\"";
    }

    /// The text, or null where it is blank or none.
    static @Nullable String filled(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    static @Nullable String joined(@Nullable String first, @Nullable String second) {
        return first == null ? second : second == null ? first : first + ": " + second;
    }
}
