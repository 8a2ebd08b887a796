package uk.reeve.scanner;

import java.util.Arrays;

/// Numbers of components: an inventory has some hundred thousand of them, and boxes would be most of its memory.
final class IntList {

    private static final int[] NONE = {};

    private int[] values = NONE;
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.max(4, size * 2));
        }
        values[size++] = value;
    }

    int get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }

    /// Each value once, ascending.
    int[] distinct() {
        int[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        int kept = 0;
        for (int value : sorted) {
            if (kept == 0 || sorted[kept - 1] != value) {
                sorted[kept++] = value;
            }
        }
        return Arrays.copyOf(sorted, kept);
    }
}
