package uk.reeve.engine.advisory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One source's record of a flaw, as it says it; credits, references and long texts are left out.
///
/// Source: OSV schema 1.7.
///
/// @param modified as written; empty where it tells none
/// @param published as written; empty where it tells none
/// @param withdrawn as written; null where the record stands
/// @param summary one line; null where there is none
/// @param severityWord `database_specific.severity`, in lower case; null where there is none
public record OsvRecord(
        String id,
        String modified,
        String published,
        @Nullable String withdrawn,
        List<String> aliases,
        List<String> related,
        List<String> upstream,
        @Nullable String summary,
        @Nullable String severityWord,
        List<Severity> severity,
        List<Affected> affected) {

    /// @param type `CVSS_V2`, `CVSS_V3`, `CVSS_V4`, `Ubuntu`, …
    /// @param score a vector, or the source's word
    public record Severity(String type, String score) {}

    /// One `affected` entry that names a package.
    ///
    /// @param ecosystem with its release: `Debian:12`
    /// @param urgency `ecosystem_specific.urgency` or its like, in lower case; null where there is none
    public record Affected(
            String ecosystem,
            String name,
            List<Range> ranges,
            List<String> versions,
            List<Severity> severity,
            @Nullable String urgency) {}

    /// @param type `SEMVER` or `ECOSYSTEM`; ranges of commits are left out, since no version can be held against them
    public record Range(String type, List<Event> events) {}

    /// @param kind `introduced`, `fixed`, `last_affected` or `limit`
    public record Event(String kind, String version) {}
}
