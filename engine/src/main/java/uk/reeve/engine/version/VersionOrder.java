package uk.reeve.engine.version;

/// One ecosystem's order of versions. Stateless; the comparer and the key are written apart, so that each can judge the
/// other.
public interface VersionOrder {

    /// Below, equal or above zero, as the ecosystem's own tool says.
    ///
    /// @throws BadVersion when the tool refuses one of them
    int compare(String left, String right) throws BadVersion;

    /// The version as order-preserving bytes.
    ///
    /// @throws BadVersion exactly where [#compare] refuses the version
    VersionKey key(String version) throws BadVersion;

    /// A bound of an advisory's range as this order takes it: many records write `1.0` where the order wants `1.0.0`.
    default String bound(String text) {
        return text;
    }
}
