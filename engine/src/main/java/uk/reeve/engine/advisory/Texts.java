package uk.reeve.engine.advisory;

import org.jspecify.annotations.Nullable;

/// Texts that come again and again (versions, ecosystems, packages), so that each is one object and not a million. A
/// text that meets another in its slot takes its place. Threads may share it: strings are immutable, and at worst one
/// of two writes is lost.
public final class Texts {

    private static final int SLOTS = 1 << 15;
    private static final int LONGEST = 64;

    private final @Nullable String[] known = new String[SLOTS];

    /// @param length in characters, from `offset`
    String of(char[] text, int offset, int length) {
        if (length > LONGEST) {
            return new String(text, offset, length);
        }
        int hash = 0; // as the string's own, which then need not be computed again to compare
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + text[i];
        }
        int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
        String there = known[slot];
        if (there != null && there.length() == length && there.hashCode() == hash && same(there, text, offset)) {
            return there;
        }
        String fresh = new String(text, offset, length);
        known[slot] = fresh;
        return fresh;
    }

    private static boolean same(String there, char[] text, int offset) {
        for (int i = 0; i < there.length(); i++) {
            if (there.charAt(i) != text[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
