package uk.reeve.register.estate;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.reeve.register.web.UrgencyMark;

/// What is known of the asking council's systems, for their pages; exposure tells it (RULINGS 30).
public interface Outlook {

    /// @param mark of the known flaw that hurries most
    /// @param rank the smaller, the sooner
    /// @param flaws how many are known
    record Worst(UrgencyMark mark, int rank, int flaws) {}

    /// A known or possible flaw of one system.
    ///
    /// @param note what was decided, or that nothing was
    record Flaw(@Nullable UrgencyMark mark, String text, String href, String note) {}

    /// @param flaws how many known ones touch any of some systems
    /// @param actNow how many of them are to be acted on now
    record Found(int flaws, int actNow) {}

    /// By system; systems without a known flaw are left out.
    Map<UUID, Worst> worst();

    /// The most urgent first, possible ones last.
    List<Flaw> of(UUID system);

    Found found(Collection<UUID> systems);
}
