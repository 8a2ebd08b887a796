package uk.reeve.engine.version;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A version as bytes that sort, unsigned, as its ecosystem's own comparer sorts the versions. Equal bytes mean
/// versions that the comparer calls equal.
public final class VersionKey {

    private final byte[] bytes;
    private final boolean exact;

    /// @param bytes at most 4,096; the key keeps the array
    /// @param exact whether the order of the bytes can be trusted; where it cannot, the comparer decides
    public VersionKey(byte[] bytes, boolean exact) {
        this.bytes = bytes;
        this.exact = exact;
    }

    /// The bytes themselves, not a copy: do not change them.
    public byte[] bytes() {
        return bytes;
    }

    /// Whether the order of the bytes can be trusted.
    public boolean exact() {
        return exact;
    }

    /// Unsigned byte order.
    public static int compare(VersionKey a, VersionKey b) {
        return Arrays.compareUnsigned(a.bytes, b.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VersionKey k && exact == k.exact && Arrays.equals(bytes, k.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
