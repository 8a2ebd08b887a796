package uk.reeve.engine.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Python's order. Numbers are of any size; zeros at the end of the release do not count; spellings of the same
/// (`1.0alpha1`, `1.0-a.1`) are equal.
///
/// Key: epoch, the release's numbers, 0x00; then one tag for pre-release, post-release and development release each,
/// with its number; then the local part, each element 0x02 and a text or 0x03 and a number, closed by 0x01; 0x00 for
/// none.
///
/// Source: PEP 440, appendix B, and `packaging.version`.
final class Pep440Order implements VersionOrder {

    private static final String NONE = "";
    /// Longest first where one begins with the other.
    private static final String[] PRE_WORDS = {"alpha", "a", "beta", "b", "preview", "pre", "rc", "c"};
    /// Its rank: 1 alpha, 2 beta, 3 release candidate.
    private static final int[] PRE_RANKS = {1, 1, 2, 2, 3, 3, 3, 3};

    /// @param release without zeros at its end
    /// @param preRank 0 without pre-release
    /// @param post    digits; empty without post-release
    /// @param dev     digits; empty without development release
    /// @param local   in small letters
    private record Parts(
            String epoch, List<String> release, int preRank, String pre, String post, String dev, List<String> local) {

        /// Where it stands among versions of the same release: 1.0.dev1 first, 1.0 and its post-releases last.
        int phase() {
            if (preRank > 0) {
                return preRank;
            }
            return post.isEmpty() && !dev.isEmpty() ? 0 : 4;
        }
    }

    @Override
    public int compare(String left, String right) throws BadVersion {
        Parts l = parse(left);
        Parts r = parse(right);
        int order = Digits.compare(l.epoch, r.epoch);
        for (int i = 0; order == 0 && i < Math.min(l.release.size(), r.release.size()); i++) {
            order = Digits.compare(l.release.get(i), r.release.get(i));
        }
        if (order == 0) {
            order = Integer.compare(l.release.size(), r.release.size());
        }
        if (order == 0) {
            order = Integer.compare(l.phase(), r.phase());
        }
        if (order == 0) {
            order = Digits.compare(l.pre, r.pre);
        }
        if (order == 0) {
            order = Boolean.compare(!l.post.isEmpty(), !r.post.isEmpty());
        }
        if (order == 0) {
            order = Digits.compare(l.post, r.post);
        }
        if (order == 0) {
            order = Boolean.compare(l.dev.isEmpty(), r.dev.isEmpty());
        }
        if (order == 0) {
            order = Digits.compare(l.dev, r.dev);
        }
        return order == 0 ? compareLocal(l.local, r.local) : order;
    }

    private static int compareLocal(List<String> left, List<String> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            String l = left.get(i);
            String r = right.get(i);
            boolean number = Digits.areAll(l);
            int order;
            if (number != Digits.areAll(r)) {
                order = number ? 1 : -1;
            } else {
                order = number ? Digits.compare(l, r) : l.compareTo(r);
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    @Override
    public VersionKey key(String version) throws BadVersion {
        Parts parts = parse(version);
        KeyBytes key = new KeyBytes().number(parts.epoch);
        for (String number : parts.release) {
            key.number(number);
        }
        key.tag(0);
        if (parts.preRank > 0) {
            key.tag(1 + parts.preRank).number(parts.pre);
        } else {
            key.tag(parts.post.isEmpty() && !parts.dev.isEmpty() ? 1 : 5);
        }
        if (parts.post.isEmpty()) {
            key.tag(1);
        } else {
            key.tag(2).number(parts.post);
        }
        if (parts.dev.isEmpty()) {
            key.tag(2);
        } else {
            key.tag(1).number(parts.dev);
        }
        if (parts.local.isEmpty()) {
            return key.tag(0).key();
        }
        for (String element : parts.local) {
            if (Digits.areAll(element)) {
                key.tag(3).number(element);
            } else {
                key.tag(2).word(element);
            }
        }
        return key.tag(1).key();
    }

    private static Parts parse(String text) throws BadVersion {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        TextCursor in = new TextCursor(text, start, end);
        in.takeWord(0, "v");
        String epoch = "0";
        String first = number(in);
        if (in.take('!')) {
            epoch = first;
            first = number(in);
        }
        List<String> release = release(first, in);

        String pre = NONE;
        int preRank = 0;
        int separator = isSeparator(in.peek()) ? 1 : 0;
        for (int i = 0; i < PRE_WORDS.length && preRank == 0; i++) {
            if (in.takeWord(separator, PRE_WORDS[i])) {
                preRank = PRE_RANKS[i];
                pre = numberAfterWord(in);
            }
        }
        String post = NONE;
        if (in.peek() == '-' && Digits.isDigit(in.peek(1))) {
            in.take('-');
            post = in.digits();
        } else if (takeAfterSeparator(in, "post") || takeAfterSeparator(in, "rev") || takeAfterSeparator(in, "r")) {
            post = numberAfterWord(in);
        }
        String dev = takeAfterSeparator(in, "dev") ? numberAfterWord(in) : NONE;
        List<String> local = in.take('+') ? local(in) : List.of();
        if (!in.atEnd()) {
            throw in.refuse("a pre-release, \".post\", \".dev\", \"+\" or the end");
        }
        return new Parts(epoch, release, preRank, pre, post, dev, local);
    }

    private static List<String> release(String first, TextCursor in) {
        List<String> release = new ArrayList<>(4);
        release.add(first);
        while (in.peek() == '.' && Digits.isDigit(in.peek(1))) {
            in.take('.');
            release.add(in.digits());
        }
        while (!release.isEmpty() && Digits.compare(release.getLast(), "") == 0) {
            release.removeLast();
        }
        return release;
    }

    private static List<String> local(TextCursor in) throws BadVersion {
        List<String> local = new ArrayList<>(2);
        do {
            String element = in.alphanumerics();
            if (element.isEmpty()) {
                throw in.refuse("a letter or digit");
            }
            local.add(element.toLowerCase(Locale.ROOT));
        } while (takeSeparator(in));
        return local;
    }

    private static String number(TextCursor in) throws BadVersion {
        String digits = in.digits();
        if (digits.isEmpty()) {
            throw in.refuse("a number");
        }
        return digits;
    }

    /// The number after `rc`, `post` or `dev`, 0 where none stands; a separator may stand before it, or alone.
    private static String numberAfterWord(TextCursor in) {
        takeSeparator(in);
        String digits = in.digits();
        return digits.isEmpty() ? "0" : digits;
    }

    private static boolean takeAfterSeparator(TextCursor in, String word) {
        return in.takeWord(isSeparator(in.peek()) ? 1 : 0, word);
    }

    private static boolean takeSeparator(TextCursor in) {
        return in.take('.') || in.take('-') || in.take('_');
    }

    private static boolean isSeparator(char c) {
        return c == '.' || c == '-' || c == '_';
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }
}
