package uk.reeve.engine.input;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/// Characters that a terminal or a reader could take for a command, or that nobody sees: control characters, marks of
/// the direction of writing, those without width. Names of packages may hold them.
public final class Controls {

    /// Writes them in JSON as their numbers: the same text for a program, and safe to print.
    public static final CharacterEscapes IN_JSON = new InJson();

    private Controls() {}

    public static boolean isOne(char c) {
        return c < 0x20
                || c == 0xad
                || c == 0x61c
                || (c >= 0x7f && c < 0xa0)
                || (c >= 0x200b && c <= 0x200f)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2060 && c <= 0x206f)
                || c == 0xfeff
                || (c >= 0xfff9 && c <= 0xfffb);
    }

    private static final class InJson extends CharacterEscapes {

        private static final long serialVersionUID = 1;

        private final int[] ascii = standardAsciiEscapesForJSON();

        InJson() {
            ascii[0x7f] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii.clone();
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            return c < 0x10000 && isOne((char) c)
                    ? new SerializedString(
                            "\\u" + Integer.toHexString(0x10000 | c).substring(1))
                    : null;
        }
    }
}
