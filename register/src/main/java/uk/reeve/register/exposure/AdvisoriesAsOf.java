package uk.reeve.register.exposure;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.index.SourceState;
import uk.reeve.engine.version.Ecosystem;
import uk.reeve.register.advisory.AdvisoryLibrary;

/// How old the advisories are that findings rest on.
@Component
class AdvisoriesAsOf {

    private final AdvisoryLibrary library;

    AdvisoriesAsOf(AdvisoryLibrary library) {
        this.library = library;
    }

    /// The oldest day up to which a source is known to be whole that speaks of packages of these types; null where none
    /// tells.
    ///
    /// @param types of package URLs
    @Nullable
    LocalDate day(Set<String> types) {
        Set<String> concerned = types.stream()
                .flatMap(type -> Ecosystem.ofPurlType(type).stream())
                .map(Ecosystem::osvName)
                .collect(Collectors.toSet());
        try {
            return library.current().index().sources().stream()
                    .filter(source -> concerned.contains(source.name()))
                    .map(SourceState::asOf)
                    .filter(day -> !day.isEmpty())
                    .min(String::compareTo)
                    .map(LocalDate::parse)
                    .orElse(null);
        } catch (BadIndex | DateTimeParseException e) {
            return null; // the job that evaluates tells of a damaged index
        }
    }
}
