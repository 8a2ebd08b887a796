package uk.reeve.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.index.SourceState;
import uk.reeve.engine.version.Ecosystem;

/// Against what was looked, and as of when.
///
/// @param sources all that the index holds, by name
/// @param digest of the index; empty where there is none
/// @param products of how many it is known until when they are supported
/// @param supportAsOf ISO date of that; empty where none is told
public record Knowledge(List<SourceState> sources, String digest, int products, String supportAsOf) {

    /// Without dates of support.
    public Knowledge(List<SourceState> sources, String digest) {
        this(sources, digest, 0, "");
    }

    /// The sources of the ecosystems that these rows belong to, by name.
    List<SourceState> of(List<Report.Row> rows) {
        Set<String> types = new LinkedHashSet<>();
        for (Report.Row row : rows) {
            if (row.component().purl() != null) {
                types.add(row.component().purl().type());
            }
        }
        List<SourceState> found = new ArrayList<>();
        for (SourceState source : sources) {
            Ecosystem ecosystem = Ecosystem.ofOsv(source.name());
            if (ecosystem != null && types.contains(ecosystem.purlType())) {
                found.add(source);
            }
        }
        return found;
    }

    /// Of those that these rows belong to, else of all, the one that was renewed longest ago; null where there is none.
    @Nullable
    SourceState oldest(List<Report.Row> rows) {
        List<SourceState> own = of(rows);
        SourceState oldest = null;
        for (SourceState source : own.isEmpty() ? sources : own) {
            oldest = oldest == null || source.asOf().compareTo(oldest.asOf()) < 0 ? source : oldest;
        }
        return oldest;
    }

    /// `RubyGems advisories as of 3 January 2025`, of the sources of these rows; of all where these have none.
    String sentence(List<Report.Row> rows) {
        if (sources.isEmpty()) {
            return "There are no advisories yet: reeve advisories update";
        }
        List<SourceState> own = of(rows);
        List<SourceState> named = own.isEmpty() ? sources : own;
        SourceState oldest = Objects.requireNonNull(oldest(rows));
        SourceState newest = named.getFirst();
        for (SourceState source : named) {
            newest = source.asOf().compareTo(newest.asOf()) > 0 ? source : newest;
        }
        StringBuilder text = new StringBuilder();
        if (own.isEmpty() || named.size() > 3) {
            text.append("Advisories");
        } else {
            for (int i = 0; i < named.size(); i++) {
                text.append(i == 0 ? "" : i + 1 == named.size() ? " and " : ", ")
                        .append(named.get(i).name());
            }
            text.append(" advisories");
        }
        text.append(" as of ").append(Text.date(oldest.asOf()));
        if (!oldest.asOf().equals(newest.asOf())) {
            text.append(" (").append(oldest.name()).append(") to ").append(Text.date(newest.asOf()));
        }
        if (oldest.from().equals("starter snapshot")) {
            text.append(" (starter snapshot)");
        }
        return text.toString();
    }
}
