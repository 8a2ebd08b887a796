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
    private boolean exact = true;

    /// One byte, 0 to 255.
    KeyBytes tag(int value) {
        if (size == LIMIT) {
            return inexact();
        }
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(LIMIT, size * 2));
        }
        bytes[size++] = (byte) value;
        return this;
    }

    /// A number of up to 1,024 digits; leading zeros do not count, and no digits mean zero. To 222: one byte, 0x01 to
    /// 0xDF. To 18 digits: 0xE0 and the count of its bytes, the bytes. Beyond: 0xF0, the count of its digits in two
    /// bytes, the digits.
    KeyBytes number(String digits) {
        return number(digits, 0, digits.length());
    }

    /// The ASCII digits of this part of the text.
    KeyBytes number(String text, int from, int to) {
        int start = Digits.skipZeros(text, from, to);
        int length = to - start;
        if (length <= LONGEST_IN_BINARY) {
            long value = 0;
            for (int i = start; i < to; i++) {
                value = value * 10 + (text.charAt(i) - '0');
            }
            return binary(value);
        }
        tag(0xF0).tag(length >> 8).tag(length);
        for (int i = start; i < to; i++) {
            tag(text.charAt(i));
        }
        return this;
    }

    /// The same bytes as for its digits.
    ///
    /// @param value of 64 bits without a sign
    KeyBytes number(long value) {
        return number(Long.toUnsignedString(value));
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

    KeyBytes word(String text) {
        return word(text, 0, text.length());
    }

    /// UTF-16 code units, one to three bytes each, closed by 0x00: a word sorts below what begins with it.
    KeyBytes word(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == 0) {
                inexact(); // it would read as the end of the word
            }
            if (c < 0x80) {
                tag(c);
            } else if (c < 0x800) {
                tag(0xC0 | (c >> 6)).tag(0x80 | (c & 0x3F));
            } else {
                tag(0xE0 | (c >> 12)).tag(0x80 | ((c >> 6) & 0x3F)).tag(0x80 | (c & 0x3F));
            }
        }
        return tag(0);
    }

    /// From here on the bytes cannot be trusted.
    KeyBytes inexact() {
        exact = false;
        return this;
    }

    /// Exact, unless it was told otherwise or had to be cut.
    VersionKey key() {
        return new VersionKey(Arrays.copyOf(bytes, size), exact);
    }
}
