package uk.reeve.scanner.imitations;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/// Text with `«verb what»` in it becomes bytes; `what` may hold further ones. So encoded payloads stand as what
/// they say, and long ones as how they are made:
///
/// | | | |---|---| | `«base64 T»` `«base64url T»` `«hex T»` `«base64-utf16 T»` `«gzip-base64 T»` | T, so encoded |
/// | `«xor K T»` `«xor-hex K T»` | T, each byte combined with K (0 to 255), as base64 or hexadecimal | | `«reverse
/// T»` `«rot13 T»` `«codes T»` `«escapes T»` `«octal T»` | backwards; turned letters; `99,111`; `\x63\x6f`;
/// `\143\157` | | `«selectors T»` | invisible: each byte as one of Unicode's 256 variation selectors | | `«u 202e»`
/// `«bytes 7f454c46»` | one code point; any bytes | | `«random-base64 4000 7»` `«random-hex 64 7»` `«random-bytes
/// 512 7»` `«random-words 80 7»` | so many characters, bytes or words, from a seed | | `«repeat 300 T»` | T so many
/// times | | `«honest-js 20 7»` `«honest-py 20 7»` `«minified-js 40 7»` | so many harmless functions; minified: on
/// one line |
final class Markup {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String[] WORDS =
            ("value index offset width label entry total column margin limit token row scale item range state color"
                            + " step page order group field count title cell bound radius level")
                    .split(" ");

    private final String text;
    private int at;

    private Markup(String text) {
        this.text = text;
    }

    static byte[] expand(String text) throws IOException {
        Markup markup = new Markup(text);
        byte[] bytes = markup.until(false);
        if (markup.at < text.length()) {
            throw new IOException("» without «: " + text.substring(Math.max(0, markup.at - 40), markup.at));
        }
        return bytes;
    }

    private byte[] until(boolean inside) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = at;
        while (at < text.length() && text.charAt(at) != '»') {
            if (text.charAt(at) == '«') {
                out.writeBytes(utf8(text.substring(from, at)));
                at++;
                int start = at;
                while (at < text.length() && " »".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
                String verb = text.substring(start, at);
                at += at < text.length() && text.charAt(at) == ' ' ? 1 : 0;
                out.writeBytes(made(verb, until(true)));
                from = at;
            } else {
                at++;
            }
        }
        if (inside && at >= text.length()) {
            throw new IOException("« without »");
        }
        out.writeBytes(utf8(text.substring(from, at)));
        at += inside ? 1 : 0;
        return out.toByteArray();
    }

    private static byte[] made(String verb, byte[] what) throws IOException {
        String said = new String(what, StandardCharsets.UTF_8);
        return switch (verb) {
            case "base64" -> Base64.getEncoder().encode(what);
            case "base64url" -> Base64.getUrlEncoder().withoutPadding().encode(what);
            case "base64-utf16" -> Base64.getEncoder().encode(said.getBytes(StandardCharsets.UTF_16LE));
            case "gzip-base64" -> Base64.getEncoder().encode(gzip(what));
            case "hex" -> utf8(HexFormat.of().formatHex(what));
            case "xor" -> Base64.getEncoder().encode(xor(said));
            case "xor-hex" -> utf8(HexFormat.of().formatHex(xor(said)));
            case "reverse" -> utf8(new StringBuilder(said).reverse().toString());
            case "rot13" ->
                utf8(said.chars()
                        .mapToObj(c -> String.valueOf(turned((char) c)))
                        .collect(Collectors.joining()));
            case "codes" -> utf8(said.chars().mapToObj(String::valueOf).collect(Collectors.joining(",")));
            case "escapes" -> each(what, "\\x%02x");
            case "octal" -> each(what, "\\%03o");
            case "selectors" -> selectors(what);
            case "u" -> utf8(Character.toString(Integer.parseInt(said, 16)));
            case "bytes" -> HexFormat.of().parseHex(said.replaceAll("\\s", ""));
            case "repeat" -> utf8(said.split(" ", 2)[1].repeat(Integer.parseInt(said.split(" ", 2)[0])));
            default -> random(verb, said.strip().split(" "));
        };
    }

    private static byte[] random(String verb, String[] said) throws IOException {
        int count = Integer.parseInt(said[0]);
        Random random = new Random(Long.parseLong(said[1]));
        StringBuilder out = new StringBuilder();
        switch (verb) {
            case "random-bytes" -> {
                byte[] bytes = new byte[count];
                random.nextBytes(bytes);
                return bytes;
            }
            case "random-base64" -> random.ints(count, 0, 64).forEach(i -> out.append(LETTERS.charAt(i)));
            case "random-hex" ->
                random.ints(count, 0, 16).forEach(i -> out.append(HexFormat.of().toHighHexDigit(i << 4)));
            case "random-words" ->
                random.ints(count, 0, WORDS.length)
                        .forEach(i -> out.append(WORDS[i]).append(' '));
            case "honest-js" -> functions(out, random, count, """
                    // Keeps %3$s within what %2$s allows.
                    function %1$s(%2$s, %3$s) {
                      if (%2$s == null || %3$s < %4$d) return %3$s;
                      return Math.min(%2$s.length * %5$d, %3$s + %4$d);
                    }

                    """);
            case "honest-py" -> functions(out, random, count, """
                    def %1$s(%2$s, %3$s=%4$d):
                        \"""Keep %3$s within what %2$s allows.\"""
                        if %2$s is None or %3$s < %4$d:
                            return %3$s
                        return min(len(%2$s) * %5$d, %3$s + %4$d)


                    """);
            case "minified-js" ->
                functions(
                        out,
                        random,
                        count,
                        "function %1$s(t,e){return null==t||e<%4$d?e:Math.min(t.length*%5$d,e+%4$d)};");
            default -> throw new IOException("no such verb: " + verb);
        }
        return utf8(out.toString());
    }

    private static void functions(StringBuilder out, Random random, int count, String form) {
        for (int i = 0; i < count; i++) {
            String first = WORDS[random.nextInt(WORDS.length)];
            String second = WORDS[random.nextInt(WORDS.length)];
            out.append(form.formatted(
                    first + second.substring(0, 1).toUpperCase(Locale.ROOT) + second.substring(1) + i,
                    first,
                    second.equals(first) ? "most" : second,
                    1 + random.nextInt(30),
                    2 + random.nextInt(9)));
        }
    }

    private static byte[] selectors(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        for (byte b : bytes) {
            int value = b & 0xff;
            out.appendCodePoint(value < 16 ? 0xfe00 + value : 0xe0100 + value - 16);
        }
        return utf8(out.toString());
    }

    private static byte[] xor(String said) {
        String[] parts = said.split(" ", 2);
        byte[] bytes = utf8(parts[1]);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= (byte) Integer.parseInt(parts[0]);
        }
        return bytes;
    }

    private static char turned(char c) {
        char base = Character.isUpperCase(c) ? 'A' : 'a';
        return c < 128 && Character.isLetter(c) ? (char) (base + (c - base + 13) % 26) : c;
    }

    private static byte[] each(byte[] bytes, String form) {
        StringBuilder out = new StringBuilder();
        for (byte b : bytes) {
            out.append(form.formatted(b & 0xff));
        }
        return utf8(out.toString());
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
