package uk.reeve.register.today;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.register.web.Basis;

/// Something that needs a person today, or a quiet line that says all is well. Modules contribute; `/today` collects.
///
/// @param rank smaller comes first: days until it is due, 0 for at once
/// @param urgent whether it needs the person; else it is only told
/// @param basis the advisories that the day's items rest on; null where it rests on none, or another item tells
public record TodayItem(
        int rank,
        boolean urgent,
        String text,
        String href,
        @Nullable Basis basis) {

    public TodayItem(int rank, boolean urgent, String text, String href) {
        this(rank, urgent, text, href, null);
    }

    /// What one module has to say to who asks now.
    public interface Source {
        List<TodayItem> today();
    }
}
