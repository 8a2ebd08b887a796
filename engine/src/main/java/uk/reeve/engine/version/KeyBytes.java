package uk.reeve.engine.version;

import java.util.Arrays;

/// Writes a [VersionKey]. What it writes is prefix-free, so one field's bytes never run into the next field's.
///
/// A number's first byte is 0x01 to 0xF0: a tag 0x00 in a number's place sorts below every number, 0xFF above.
final class KeyBytes {

    private static final int LIMIT = 4096;
    private static final int LARGEST_IN_ONE_BYTE = 0xDE;
    private static final int LONGEST_IN_BINARY = 18; // digits that a long holds, whatever they are

    private byte[] bytes = new byte[24];
    private int size;
    private boolean cut;

    /// One byte, 0 to 255.
    KeyBytes tag(int value) {
        if (size == LIMIT) {
            cut = true;
            return this;
        }
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(LIMIT, size * 2));
        }
        bytes[size++] = (byte) value;
        return this;
    }

    /// A number of up to 1,024 digits; leading zeros do not count. To 222: one byte, 0x01 to 0xDF. To 18 digits: 0xE0
    /// and the count of its bytes, the bytes. Beyond: 0xF0, the count of its digits in two bytes, the digits.
    KeyBytes number(String digits) {
        int start = 0;
        while (start < digits.length() && digits.charAt(start) == '0') {
            start++;
        }
        int length = digits.length() - start;
        if (length <= LONGEST_IN_BINARY) {
            long value = 0;
            for (int i = start; i < digits.length(); i++) {
                value = value * 10 + (digits.charAt(i) - '0');
            }
            return binary(value);
        }
        tag(0xF0).tag(length >> 8).tag(length);
        for (int i = start; i < digits.length(); i++) {
            tag(digits.charAt(i));
        }
        return this;
    }

    /// The same bytes as for its digits.
    ///
    /// @param value not below zero
    KeyBytes number(long value) {
        return number(Long.toString(value));
    }

    private KeyBytes binary(long value) {
        if (value <= LARGEST_IN_ONE_BYTE) {
            return tag((int) value + 1);
        }
        int count = (Long.SIZE - Long.numberOfLeadingZeros(value) + 7) / 8;
        tag(0xE0 + count);
        for (int shift = (count - 1) * 8; shift >= 0; shift -= 8) {
            tag((int) (value >> shift));
        }
        return this;
    }

    /// ASCII without control characters, closed by 0x00: a text sorts below what begins with it.
    KeyBytes text(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            tag(ascii.charAt(i));
        }
        return tag(0);
    }

    /// Exact, unless it had to be cut.
    VersionKey exact() {
        return new VersionKey(Arrays.copyOf(bytes, size), !cut);
    }

    VersionKey inexact() {
        return new VersionKey(Arrays.copyOf(bytes, size), false);
    }
}
