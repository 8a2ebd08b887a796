package uk.reeve.engine.sbom;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What was wrong in one document: the first 100 in words, the others as a number.
final class SpdxWarnings {

    private static final int MOST = 100;

    private final List<Problem> problems = new ArrayList<>();
    private int more;

    /// @param line 1-based; 0 where no line can be named
    void add(int line, String message) {
        if (problems.size() < MOST) {
            problems.add(new Problem(line, message));
        } else {
            more++;
        }
    }

    /// Takes sentences about one value. No lambda: the first one links classes at every start.
    Consumer<String> about(String value, int line) {
        return new Consumer<>() {
            @Override
            public void accept(String message) {
                add(line, quote(value) + ": " + message);
            }
        };
    }

    /// A text of the document as it may be shown and stored: without U+0000, lone surrogates replaced by U+FFFD.
    String clean(String text, int line) {
        int bad = firstBad(text, 0);
        if (bad < 0) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        int from = 0;
        for (; bad >= 0; bad = firstBad(text, from)) {
            clean.append(text, from, bad);
            if (text.charAt(bad) != 0) {
                clean.append('\uFFFD');
            }
            from = bad + 1;
        }
        clean.append(text, from, text.length());
        add(
                line,
                quote(clean.toString())
                        + " held characters that are no text (U+0000 or half a pair); they were left out");
        return clean.toString();
    }

    List<Problem> list() {
        List<Problem> all = new ArrayList<>(problems);
        if (more > 0) {
            all.add(new Problem(0, "and " + more + " more"));
        }
        return List.copyOf(all);
    }

    /// The value in quotation marks, shortened where it is long.
    static String quote(@Nullable String value) {
        if (value == null) {
            return "nothing";
        }
        return "\"" + (value.length() > 200 ? value.substring(0, 200) + "…" : value) + "\"";
    }

    static int firstBad(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return i;
            }
            if (Character.isHighSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
