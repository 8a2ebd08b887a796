package uk.reeve.scanner.malice.content;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The text of a file that is being looked at, or of a hook's command. Of what is compiled, the texts in it.
public final class FileText {

    private static final int MOST_HITS = 64;
    private static final int[] NONE = {};
    private static final int SHORTEST_TEXT = 4;
    private static final int SHORTEST_NAME = 4;

    private final String path;
    private final int firstLine;
    private final Language language;
    private final Stage stage;
    private final String text;
    private final String lower;
    private final boolean decoded;
    private final Origin origin;
    private boolean isWhole = true;
    private int @Nullable [] docstrings;
    private final Map<Trait, int[]> hits = new IdentityHashMap<>();

    private FileText(
            String path, int firstLine, Language language, Stage stage, String text, boolean decoded, Origin origin) {
        this.path = path;
        this.firstLine = firstLine;
        this.language = language;
        this.stage = stage;
        this.text = text;
        this.lower = lower(text);
        this.decoded = decoded;
        this.origin = origin;
    }

    static FileText of(String path, Language language, Stage stage, byte[] bytes, Origin origin) {
        String text =
                switch (language) {
                    case COMPILED -> texts(bytes);
                    case NATIVE -> "";
                    default -> decoded(bytes);
                };
        return new FileText(path, 1, language, stage, text, false, origin);
    }

    static FileText of(Hook hook, Origin origin) {
        return new FileText(
                hook.file(), Math.max(1, hook.line()), Language.SHELL, Stage.INSTALL, hook.command(), false, origin);
    }

    /// @param text as if it stood in a file
    public static FileText of(String path, Language language, Stage stage, String text) {
        return new FileText(path, 1, language, stage, text, false, Origin.NONE);
    }

    /// What a literal of this text hides.
    ///
    /// @param isDecoded whether it was encoded, and not only cut in pieces
    FileText within(int offset, String hidden, boolean isDecoded) {
        return new FileText(path, line(offset), language, stage, hidden, isDecoded || decoded, origin);
    }

    /// Whether it stood in another text in an encoded form.
    public boolean isDecoded() {
        return decoded;
    }

    public String path() {
        return path;
    }

    public Language language() {
        return language;
    }

    public Stage stage() {
        return stage;
    }

    public String text() {
        return text;
    }

    /// The same with small letters for `A` to `Z` alone, so that offsets are the same.
    public String lower() {
        return lower;
    }

    /// Whether every pattern came to its end; one that would take too long does not.
    public boolean isWhole() {
        return isWhole;
    }

    /// Whether a host is called as the package is: `download.left-pad.example` in `left-pad`, or in `@left-pad/cli`.
    public boolean bearsName(String host) {
        String[] labels = host.split("\\.", 12);
        String label = labels.length < 2 ? "" : plain(labels[labels.length - 2]);
        return label.length() >= SHORTEST_NAME && origin.names().contains(label);
    }

    /// The text, for a pattern that is not a trait: reading it may end by [Metered.Spent], which the reader then tells.
    CharSequence metered() {
        return new Metered(text, origin.deadline());
    }

    /// @throws Metered.Spent where the time is over
    void checkTime() {
        if (origin.deadline().isPast()) {
            throw new Metered.Spent();
        }
    }

    /// Told by who met [Metered.Spent].
    void isCut() {
        isWhole = false;
    }

    public boolean isIn(Language... languages) {
        return Arrays.asList(languages).contains(language);
    }

    public boolean has(Trait trait) {
        return hits(trait).length > 0;
    }

    /// Where it is first met; -1 where it is not.
    public int first(Trait trait) {
        int[] all = hits(trait);
        return all.length == 0 ? -1 : all[0];
    }

    /// Where `one` is met with `other` at most `distance` characters from it; -1 where they are not.
    public int near(Trait one, Trait other, int distance) {
        for (int a : hits(one)) {
            for (int b : hits(other)) {
                if (Math.abs(a - b) <= distance) {
                    return Math.min(a, b);
                }
            }
        }
        return -1;
    }

    /// Where it is met, outside of lines that are comments and of texts that describe (docstrings); at most 64 places.
    public int[] hits(Trait trait) {
        return hits.computeIfAbsent(trait, this::find);
    }

    private int[] find(Trait trait) {
        if (!trait.mayBeIn(lower)) {
            return NONE;
        }
        int[] found = new int[MOST_HITS];
        int count = 0;
        Matcher matcher = trait.matcher(new Metered(lower, origin.deadline()));
        int end = lower.length();
        try {
            for (int at = trait.next(lower, 0); at < end && count < MOST_HITS; at = trait.next(lower, at)) {
                boolean isMatch = matcher.region(at, end).lookingAt();
                if (isMatch && !isComment(at)) {
                    found[count++] = at;
                }
                at = isMatch ? Math.max(at + 1, matcher.end()) : at + 1;
            }
        } catch (Metered.Spent e) {
            isWhole = false;
        }
        return Arrays.copyOf(found, count);
    }

    private boolean isComment(int offset) {
        if (language == Language.PYTHON && isInDocstring(offset)) {
            return true;
        }
        int at = offset;
        while (at > 0 && !endsLine(lower.charAt(at - 1))) {
            at--;
        }
        while (at < offset && (lower.charAt(at) == ' ' || lower.charAt(at) == '\t')) {
            at++;
        }
        return switch (language) {
            case JAVASCRIPT, PHP, RUST, GO, JAVA, CSHARP, C ->
                lower.startsWith("//", at)
                        || (lower.startsWith("* ", at) && lower.lastIndexOf("/*", at) > lower.lastIndexOf("*/", at))
                        || (language == Language.PHP && lower.startsWith("#", at));
            case PYTHON, RUBY, SHELL, POWERSHELL -> lower.startsWith("#", at) && !lower.startsWith("#!", at);
            case BATCH -> lower.startsWith("rem ", at) || lower.startsWith("::", at);
            default -> false;
        };
    }

    // Where a comment to the line's end ends in any of the languages (ECMA-262, 12.3, and others).
    private static boolean endsLine(char c) {
        return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
    }

    private boolean isInDocstring(int offset) {
        int[] known = docstrings;
        if (known == null) {
            known = docstrings();
            docstrings = known;
        }
        int found = Arrays.binarySearch(known, offset);
        return found < 0 && (-found - 1) % 2 == 1;
    }

    // Where each text in three quotes that is a statement of its own, so that nothing reads it, begins and ends.
    private int[] docstrings() {
        IntStream.Builder ends = IntStream.builder();
        for (int at = quotes(0); at < lower.length(); at = quotes(at)) {
            String mark = lower.substring(at, at + 3);
            int close = lower.indexOf(mark, at + 3);
            int end = close < 0 ? lower.length() : close + 3;
            if (isOnlyBlank(lineStart(at), at)) {
                ends.add(at).add(end);
            }
            at = end;
        }
        return ends.build().toArray();
    }

    private int quotes(int from) {
        int one = lower.indexOf("\"\"\"", from);
        int other = lower.indexOf("'''", from);
        int none = lower.length();
        return Math.min(one < 0 ? none : one, other < 0 ? none : other);
    }

    private boolean isOnlyBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            char c = lower.charAt(i);
            if (c != ' ' && c != '\t' && c != 'r' && c != 'u') {
                return false;
            }
        }
        return true;
    }

    public int line(int offset) {
        int line = firstLine;
        for (int at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
            line++;
        }
        return line;
    }

    /// The offset at which its line begins.
    public int lineStart(int offset) {
        return text.lastIndexOf('\n', offset - 1) + 1;
    }

    static String plain(String name) {
        return lower(name).replaceAll("[^a-z0-9]", "");
    }

    private static String lower(String text) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            if (chars[i] >= 'A' && chars[i] <= 'Z') {
                chars[i] += 32;
            }
        }
        return new String(chars);
    }

    private static String decoded(byte[] bytes) {
        if (bytes.length > 1 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe) {
            return new String(bytes, StandardCharsets.UTF_16);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    // Runs of printable ASCII, of one or of two bytes a character: one a line.
    private static String texts(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        for (int step = 1; step <= 2; step++) {
            int from = 0;
            int at = 0;
            while (at < bytes.length) {
                boolean printable = bytes[at] >= 0x20
                        && bytes[at] < 0x7f
                        && (step == 1 || (at + 1 < bytes.length && bytes[at + 1] == 0));
                if (printable) {
                    at += step;
                    continue;
                }
                append(bytes, from, at, step, out);
                at++;
                from = at;
            }
            append(bytes, from, at, step, out);
        }
        return out.toString();
    }

    private static void append(byte[] bytes, int from, int to, int step, StringBuilder out) {
        if ((to - from) / step >= SHORTEST_TEXT) {
            for (int i = from; i < to; i += step) {
                out.append((char) bytes[i]);
            }
            out.append('\n');
        }
    }
}
