package uk.reeve.engine.index;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A part of the mapped file, read by offset. Every read is checked: what points outside is a [BadIndex].
final class Section {

    /// Some hundred times as many as any package or record has had: 6,015 entries of one package were the most.
    private static final int MOST = 1 << 20;

    private final String name;
    private final ByteBuffer buffer;

    Section(String name, ByteBuffer buffer) {
        this.name = name;
        this.buffer = buffer;
    }

    int length() {
        return buffer.limit();
    }

    int u32(int offset) throws BadIndex {
        try {
            return buffer.getInt(offset);
        } catch (IndexOutOfBoundsException _) {
            throw outside(offset);
        }
    }

    Cursor at(int offset) throws BadIndex {
        if (offset < 0 || offset > buffer.limit()) {
            throw outside(offset);
        }
        return new Cursor(offset);
    }

    private BadIndex damaged(String what) {
        return new BadIndex(
                "the advisory index is damaged: its " + name + " " + what + "; import the advisories again");
    }

    private BadIndex outside(int offset) {
        return damaged("points outside itself (at " + offset + " of " + buffer.limit() + ")");
    }

    /// Reads on from one offset.
    final class Cursor {

        private int at;

        private Cursor(int at) {
            this.at = at;
        }

        int offset() {
            return at;
        }

        long number() throws BadIndex {
            long value = 0;
            for (int shift = 0; shift < 63; shift += 7) {
                if (at >= buffer.limit()) {
                    throw outside(at);
                }
                byte b = buffer.get(at++);
                value |= (long) (b & 0x7f) << shift;
                if (b >= 0) {
                    return value;
                }
            }
            throw damaged("has a number without an end");
        }

        /// A number that must be an offset, an index or a length.
        int whole() throws BadIndex {
            long value = number();
            if (value < 0 || value > Integer.MAX_VALUE) {
                throw damaged("has a number out of bounds");
            }
            return (int) value;
        }

        /// Seconds since 1970, before the year 10000; 0 where there are none.
        long time() throws BadIndex {
            long value = number();
            if (value < 0 || value > 253_402_300_799L) {
                throw damaged("has a time out of bounds");
            }
            return value;
        }

        /// How many elements follow: no more than there are bytes left, nor than any package or record has, since room
        /// is made for all of them before the first is read.
        int count() throws BadIndex {
            int count = whole();
            if (count > buffer.limit() - at || count > MOST) {
                throw damaged("counts more than there is");
            }
            return count;
        }

        byte[] raw(int length) throws BadIndex {
            if (length < 0 || length > buffer.limit() - at) {
                throw outside(at + length);
            }
            byte[] bytes = new byte[length];
            buffer.get(at, bytes);
            at += length;
            return bytes;
        }

        String text() throws BadIndex {
            return new String(raw(count()), StandardCharsets.UTF_8);
        }

        void skip(int length) throws BadIndex {
            if (length < 0 || length > buffer.limit() - at) {
                throw outside(at + length);
            }
            at += length;
        }

        /// Unsigned order of the next `length` bytes against `other`: below zero when `other` is the lower.
        int compare(int length, byte[] other) throws BadIndex {
            if (length < 0 || length > buffer.limit() - at) {
                throw outside(at + length);
            }
            int common = Math.min(length, other.length);
            for (int i = 0; i < common; i++) {
                int a = other[i] & 0xff;
                int b = buffer.get(at + i) & 0xff;
                if (a != b) {
                    return a - b;
                }
            }
            return other.length - length;
        }

        boolean equalsText(byte[] utf8) throws BadIndex {
            int length = count();
            return length == utf8.length && Arrays.equals(raw(length), utf8);
        }
    }
}
