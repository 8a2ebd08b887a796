package uk.reeve.register.today;

import java.util.List;

/// Something that needs a person today, or a quiet line that says all is well. Modules contribute; `/today` collects.
///
/// @param rank smaller comes first: days until it is due, 0 for at once
/// @param urgent whether it needs the person; else it is only told
public record TodayItem(int rank, boolean urgent, String text, String href) {

    /// What one module has to say to who asks now.
    public interface Source {
        List<TodayItem> today();
    }
}
