package uk.reeve.engine.match;

import java.util.List;

/// Why a record applies to a component.
///
/// @param record the record's id: `GHSA-9hf4-67fc-4vf4`
/// @param source whose advisories, with the release: `RubyGems`, `Debian:12`
/// @param packageName as the record writes it
/// @param range in words: `from 2.13.0, before 2.15.0`, or `listed`
/// @param compared what was compared, in words: `4.3.12 < 5.6.9 in RubyGems' own order`
/// @param modified ISO date of the record's last change; empty where it tells none
public record Reason(String record, String source, String packageName, String range, String compared, String modified) {

    /// For a test or a report that needs only the ids.
    public static List<String> records(List<Reason> reasons) {
        return reasons.stream().map(Reason::record).distinct().toList();
    }
}
