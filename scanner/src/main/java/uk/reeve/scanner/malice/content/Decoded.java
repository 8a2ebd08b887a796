package uk.reeve.scanner.malice.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/// What the literals of a text hide: text in base 64 or hexadecimal, as escapes or as numbers of characters,
/// backwards, cut in pieces, put together from an array of letters, compressed. Nothing is run; pictures, fonts and
/// the like are not text.
public final class Decoded {

    private static final int MOST = 40;
    private static final int MOST_CHARS = 256 << 10;
    private static final int LEAST_CHARS = 10;

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{24,262144}+={0,2}");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{32,262144}+");
    private static final Pattern ESCAPES = Pattern.compile("(?:\\\\x[0-9a-fA-F]{2}|\\\\u00[0-9a-fA-F]{2}){8,16384}+");
    private static final Pattern NUMBERS =
            Pattern.compile("(?:(?:0x[0-9a-f]{2}|\\d{2,3})\\s?,\\s?){11,16384}+(?:0x[0-9a-f]{2}|\\d{2,3})");
    private static final Pattern CHARACTERS = Pattern.compile(
            "(?:chr\\s?\\(\\s?\\d{2,3}\\s?\\)\\s?[+.]\\s?){5,4096}+chr\\s?\\(\\s?\\d{2,3}\\s?\\)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BACKWARDS = Pattern.compile(
            "[\"'`]([^\"'`\\n]{8,4096}+)[\"'`]\\s?\\)?(?:\\[::-1\\]|\\.split\\([\"'`]{2}\\)\\.reverse|\\.reverse|\\s?\\|\\s?rev\\b)|(?:strrev|reversed?)\\s?\\(\\s?[\"'`]([^\"'`\\n]{8,4096}+)[\"'`]");
    private static final Pattern PIECES = Pattern.compile("([\"'`])\\s?(?:\\+|\\.|,)\\s?\\1");
    private static final Pattern CUT =
            Pattern.compile("(?:([\"'`])[^\"'`\\n]{1,24}\\1\\s?[+.,]\\s?){3,400}+[\"'`][^\"'`\\n]{1,200}[\"'`]");
    private static final Pattern ARRAY = Pattern.compile(
            "\\b([A-Za-z_$][\\w$]{0,30})\\s?:?=\\s?(?:\\[\\]string\\s?)?[\\[{](\\s{0,4}\"[^\"\\n]{1,2}\"(?:\\s{0,4},\\s{0,4}\"[^\"\\n]{1,2}\"){7,200}+)");
    private static final Pattern LETTERS = Pattern.compile("\"([^\"\\n]{1,2})\"");
    private static final Pattern PART = Pattern.compile("\\[(\\d{1,3})\\]|\"([^\"\\n]{0,200})\"");
    private static final Pattern DIGITS = Pattern.compile("0x[0-9a-f]{2}|\\d{2,3}");

    private final FileText text;
    private final List<FileText> found = new ArrayList<>();

    private Decoded(FileText text) {
        this.text = text;
    }

    /// At most 40 texts, each of at most 256 K characters.
    public static List<FileText> in(FileText text) {
        Decoded decoded = new Decoded(text);
        try {
            text.checkTime();
            decoded.literals();
            decoded.pieces();
            decoded.picked();
        } catch (Metered.Spent e) {
            text.isCut();
        }
        return decoded.found;
    }

    private void literals() {
        for (Matcher each = BASE64.matcher(text.text()); each.find() && found.size() < MOST; ) {
            boolean data = text.text().startsWith("base64,", Math.max(0, each.start() - 7));
            if (!data && mixed(each.group())) {
                bytes(each.start(), base64(each.group()));
            }
        }
        for (Matcher each = HEX.matcher(text.text()); each.find() && found.size() < MOST; ) {
            String digits = each.group();
            bytes(each.start(), HexFormat.of().parseHex(digits.substring(0, digits.length() & ~1)));
        }
        for (Matcher each = ESCAPES.matcher(text.text()); each.find() && found.size() < MOST; ) {
            String digits = each.group().replace("\\x", "").replace("\\u00", "");
            bytes(each.start(), HexFormat.of().parseHex(digits.substring(0, digits.length() & ~1)));
        }
        numbers(NUMBERS);
        numbers(CHARACTERS);
        for (Matcher each = BACKWARDS.matcher(text.text()); each.find() && found.size() < MOST; ) {
            String value = each.group(1) != null ? each.group(1) : each.group(2);
            String turned = new StringBuilder(value).reverse().toString();
            add(each.start(), turned);
            if (BASE64.matcher(turned).matches()) {
                bytes(each.start(), base64(turned));
            }
        }
    }

    // Words and paths are of the same letters, but of one case, or without digits.
    private static boolean mixed(String value) {
        return value.chars().anyMatch(c -> c >= 'A' && c <= 'Z')
                && value.chars().anyMatch(c -> c >= 'a' && c <= 'z')
                && (value.length() > 60 || value.chars().anyMatch(c -> c >= '0' && c <= '9') || value.endsWith("="));
    }

    private void numbers(Pattern pattern) {
        for (Matcher each = pattern.matcher(text.metered()); each.find() && found.size() < MOST; ) {
            StringBuilder value = new StringBuilder();
            for (Matcher digits = DIGITS.matcher(each.group()); digits.find(); ) {
                String number = digits.group();
                value.append((char)
                        (number.startsWith("0x")
                                ? Integer.parseInt(number.substring(2), 16)
                                : Integer.parseInt(number)));
            }
            add(each.start(), value.toString());
        }
    }

    // 'cu' + 'rl', and ['c', 'u', 'r', 'l'].join('').
    private void pieces() {
        for (Matcher each = CUT.matcher(text.metered()); each.find() && found.size() < MOST; ) {
            String joined = PIECES.matcher(each.group()).replaceAll("");
            if (joined.length() < each.group().length() * 3 / 4 && isText(joined)) {
                found.add(text.within(each.start(), joined, false));
            }
        }
    }

    // a := []string{"c", "u", "r", "l", …} and a[0] + a[1] + "://" + a[7] …
    private void picked() {
        if (!text.text().contains("\",\"") && !text.text().contains("\", \"")) {
            return;
        }
        for (Matcher array = ARRAY.matcher(text.metered()); array.find() && found.size() < MOST; ) {
            List<String> letters = new ArrayList<>();
            for (Matcher each = LETTERS.matcher(array.group(2)); each.find(); ) {
                letters.add(each.group(1));
            }
            String name = Pattern.quote(array.group(1));
            Pattern sum = Pattern.compile("(?:(?:" + name + "\\[\\d{1,3}\\]|\"[^\"\\n]{0,200}\")\\s?\\+\\s?){5,400}+(?:"
                    + name + "\\[\\d{1,3}\\]|\"[^\"\\n]{0,200}\")");
            for (Matcher each = sum.matcher(text.metered()); each.find() && found.size() < MOST; ) {
                String value = picked(each.group(), letters);
                if (each.group().contains("[") && isText(value)) {
                    found.add(text.within(each.start(), value, true));
                }
            }
        }
    }

    private static String picked(String sum, List<String> letters) {
        StringBuilder value = new StringBuilder();
        for (Matcher part = PART.matcher(sum); part.find(); ) {
            String number = part.group(1);
            if (number == null) {
                value.append(part.group(2));
            } else if (Integer.parseInt(number) < letters.size()) {
                value.append(letters.get(Integer.parseInt(number)));
            }
        }
        return value.toString();
    }

    private static byte[] base64(String value) {
        String plain = value.replace('-', '+').replace('_', '/').replace("=", "");
        try {
            return Base64.getDecoder().decode(plain.substring(0, plain.length() - (plain.length() % 4 == 1 ? 1 : 0)));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private void bytes(int offset, byte[] bytes) {
        if (bytes.length > 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b) {
            inflated(offset, bytes, true);
        } else if (bytes.length > 2 && bytes[0] == 0x78 && (((bytes[0] << 8) | (bytes[1] & 0xff)) % 31 == 0)) {
            inflated(offset, bytes, false);
        } else if (bytes.length > 8 && bytes[1] == 0 && bytes[3] == 0 && bytes[5] == 0) { // PowerShell's way
            add(offset, new String(bytes, StandardCharsets.UTF_16LE));
        } else {
            add(offset, new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private void inflated(int offset, byte[] bytes, boolean gzip) {
        ByteArrayInputStream packed = new ByteArrayInputStream(bytes);
        try (InputStream in = gzip ? new GZIPInputStream(packed) : new InflaterInputStream(packed)) {
            add(offset, new String(in.readNBytes(MOST_CHARS), StandardCharsets.UTF_8));
        } catch (IOException e) {
            // it only begins like one
        }
    }

    private void add(int offset, String value) {
        String plain = value.strip();
        boolean markup = plain.startsWith("<") || plain.startsWith("{\"");
        if (plain.length() >= LEAST_CHARS && plain.length() <= MOST_CHARS && !markup && isText(plain)) {
            found.add(text.within(offset, plain, true));
        }
    }

    private static boolean isText(String value) {
        int odd = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            odd += c == 0xfffd || (c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c > 0x2fff ? 1 : 0;
        }
        return odd * 50 <= value.length();
    }
}
