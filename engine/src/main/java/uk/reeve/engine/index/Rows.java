package uk.reeve.engine.index;

import java.util.Arrays;

/// Rows of bytes, one behind the other, and where each begins.
final class Rows {

    private final Bytes data = new Bytes();
    private int[] offsets = new int[1024];
    private int count;

    /// Begins a row; what is added to the bytes until the next call is in it.
    Bytes next() {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, count * 2);
        }
        offsets[count++] = data.size();
        return data;
    }

    int count() {
        return count;
    }

    /// Where a row begins.
    ///
    /// @param number from 0
    int offset(int number) {
        return offsets[number];
    }

    Bytes data() {
        return data;
    }
}
