package uk.reeve.engine.index;

/// Told how far an update is. Called often, by one thread at a time.
@FunctionalInterface
public interface Progress {

    /// Tells nobody.
    Progress SILENT = (_, _, _, _) -> {};

    /// Says where the update stands.
    ///
    /// @param source `npm`, `KEV`, `EPSS`
    /// @param bytes fetched so far of what is being fetched now
    /// @param totalBytes -1 where the server does not say
    /// @param records taken from this source so far
    void at(String source, long bytes, long totalBytes, int records);
}
