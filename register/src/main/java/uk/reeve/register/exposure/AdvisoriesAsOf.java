package uk.reeve.register.exposure;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.index.SourceState;
import uk.reeve.register.advisory.AdvisoryLibrary;

/// How old the advisories are that findings rest on.
@Component
class AdvisoriesAsOf {

    private final AdvisoryLibrary library;

    AdvisoriesAsOf(AdvisoryLibrary library) {
        this.library = library;
    }

    /// The oldest source's day; null where none tells.
    @Nullable
    LocalDate day() {
        try {
            List<SourceState> sources = library.current().index().sources();
            return sources.stream()
                    .map(SourceState::asOf)
                    .filter(day -> day.length() >= 10)
                    .min(String::compareTo)
                    .map(day -> LocalDate.parse(day.substring(0, 10)))
                    .orElse(null);
        } catch (BadIndex | DateTimeParseException e) {
            return null; // the job that evaluates tells of a damaged index
        }
    }
}
