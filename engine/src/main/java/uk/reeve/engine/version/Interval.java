package uk.reeve.engine.version;

import org.jspecify.annotations.Nullable;

/// The versions from `low` to `high`.
///
/// @param low the first version in it; null where it reaches down to the first of all
/// @param high the version at which it ends; null where it has no end
/// @param highIncluded whether `high` itself is in it
public record Interval(@Nullable String low, @Nullable String high, boolean highIncluded) {

    /// Whether every version is in it, also one that the order refuses.
    public boolean isEverything() {
        return low == null && high == null;
    }

    /// Whether the version is in it.
    ///
    /// @throws BadVersion when the order refuses the version or a bound that had to be looked at
    public boolean contains(VersionOrder order, String version) throws BadVersion {
        if (low != null && order.compare(version, low) < 0) {
            return false;
        }
        if (high == null) {
            return true;
        }
        int above = order.compare(version, high);
        return highIncluded ? above <= 0 : above < 0;
    }
}
