package uk.reeve.engine.purl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Percent-encoding as package URLs use it (ECMA-427, 5.4): letters, digits and `.-_~:` stand for themselves.
final class Percent {

    private static final String HEX = "0123456789ABCDEF";

    private Percent() {}

    /// @param also one more character that stands for itself
    static void encode(String text, char also, StringBuilder out) {
        int length = text.length();
        int i = 0;
        while (i < length && plain(text.charAt(i), also)) {
            i++;
        }
        out.append(text, 0, i);
        if (i == length) {
            return;
        }
        byte[] bytes = text.substring(i).getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            if (plain(c, also)) {
                out.append(c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
    }

    private static boolean plain(char c, char also) {
        return (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || c == '.'
                || c == '-'
                || c == '_'
                || c == '~'
                || c == ':'
                || c == also;
    }

    /// The decoded text; null where an escape is broken or the bytes are no UTF-8.
    static @Nullable String decode(String text) {
        int first = text.indexOf('%');
        if (first < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        int from = text.substring(0, first).getBytes(StandardCharsets.UTF_8).length;
        int out = from;
        for (int i = from; i < in.length; i++) {
            if (in[i] != '%') {
                in[out++] = in[i];
                continue;
            }
            int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(in[i + 2], 16);
            if (low < 0) {
                return null;
            }
            in[out++] = (byte) (high << 4 | low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in, 0, out))
                    .toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }
}
