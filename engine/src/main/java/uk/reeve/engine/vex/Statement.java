package uk.reeve.engine.vex;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.advisory.Severity;

/// One party's word on one vulnerability in some products.
///
/// @param id of the vulnerability, as told
/// @param otherIds aliases that the statement itself names
/// @param justification only with [Status#NOT_AFFECTED]; null where the reason is a text only
/// @param justificationTold the format's own word; null where there is none. Kept also where the word did not count
/// @param impact why it does not matter, in words; null where there is none
/// @param action what to do, or what stands in the way of an attack, in words; null where there is none
/// @param products any of them; empty where the statement names none, and then it says nothing of any component
/// @param severities the author's ratings
/// @param timestamp of the statement, else of its document; null where neither tells it
/// @param line 1-based; 0 where no line can be named
public record Statement(
        String id,
        List<String> otherIds,
        Status status,
        @Nullable Justification justification,
        @Nullable String justificationTold,
        @Nullable String impact,
        @Nullable String action,
        List<Product> products,
        List<Severity> severities,
        @Nullable Instant timestamp,
        Source source,
        int line) {}
