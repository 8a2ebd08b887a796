package uk.reeve.engine.version;

import java.util.Arrays;

/// Builds a [VersionKey]: tags, numbers and words, each of which sorts by its bytes as it sorts by its meaning.
///
/// A number is its length without leading zeros (one byte; from 255 digits on, 255 and two bytes) and its digits. A
/// word is its UTF-16 code units, one to three bytes each, closed by a zero, so that a prefix sorts first.
final class KeyWriter {

    private static final int MAX_BYTES = 4096;

    private byte[] bytes = new byte[32];
    private int size;
    private boolean exact = true;

    KeyWriter tag(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        bytes[size++] = (byte) value;
        return this;
    }

    /// The ASCII digits of this part of the text, none of which means zero.
    KeyWriter number(String text, int from, int to) {
        int first = Digits.skipZeros(text, from, to);
        int length = to - first;
        if (length < 255) {
            tag(length);
        } else {
            tag(255).tag(length >>> 8).tag(length);
        }
        for (int i = first; i < to; i++) {
            tag(text.charAt(i));
        }
        return this;
    }

    /// An unsigned number of 64 bits.
    KeyWriter unsigned(long value) {
        int length = (64 - Long.numberOfLeadingZeros(value) + 7) / 8;
        tag(length);
        for (int shift = (length - 1) * 8; shift >= 0; shift -= 8) {
            tag((int) (value >>> shift));
        }
        return this;
    }

    KeyWriter word(String text, int from, int to) {
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
    void inexact() {
        exact = false;
    }

    VersionKey key() {
        return new VersionKey(Arrays.copyOf(bytes, Math.min(size, MAX_BYTES)), exact && size <= MAX_BYTES);
    }
}
