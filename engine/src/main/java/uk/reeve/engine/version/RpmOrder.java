package uk.reeve.engine.version;

/// RPM's order over `[epoch:]version[-release]`, as rpm 4.18 has it: an absent epoch is 0, an absent release is below
/// every release. Signs only part; at each place `~` < end < `^` < letters < number.
/// Source: rpm, `rpmio/rpmvercmp.c` and `rpmver.c`.
final class RpmOrder implements VersionOrder {

    private static final int TILDE = 1;
    private static final int END = 2;
    private static final int CARET = 3;
    private static final int LETTERS = 4;
    private static final int NUMBER = 5;

    /// The piece at which a part's reader stands: its kind, and where it lies in the text.
    private static final class Pieces {

        final String text;
        final int end;
        int from;
        int to;

        Pieces(String text, int from, int end) {
            this.text = text;
            this.end = end;
            this.to = from;
        }

        int next() {
            while (to < end && !counts(text.charAt(to))) {
                to++;
            }
            from = to;
            if (to == end) {
                return END;
            }
            char first = text.charAt(to++);
            if (first == '~' || first == '^') {
                return first == '~' ? TILDE : CARET;
            }
            boolean digits = Digits.isDigit(first);
            while (to < end && (digits ? Digits.isDigit(text.charAt(to)) : isLetter(text.charAt(to)))) {
                to++;
            }
            return digits ? NUMBER : LETTERS;
        }

        private static boolean counts(char c) {
            return Digits.isDigit(c) || isLetter(c) || c == '~' || c == '^';
        }

        private static boolean isLetter(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        }
    }

    /// Where a version's parts lie: the epoch before `version`, the release after `release` (-1 where there is none).
    private record Parts(String text, int epochEnd, int version, int hyphen) {

        static Parts of(String text) throws BadVersion {
            Digits.checkLength(text);
            if (text.isEmpty()) {
                throw new BadVersion(text, "is empty, where an RPM version was expected");
            }
            int digits = Digits.end(text, 0);
            boolean epoch = digits < text.length() && text.charAt(digits) == ':';
            int hyphen = text.lastIndexOf('-');
            return new Parts(text, epoch ? digits : 0, epoch ? digits + 1 : 0, hyphen < digits ? -1 : hyphen);
        }

        Pieces versionPieces() {
            return new Pieces(text, version, hyphen < 0 ? text.length() : hyphen);
        }

        Pieces releasePieces() {
            return new Pieces(text, hyphen + 1, text.length());
        }
    }

    @Override
    public int compare(String left, String right) throws BadVersion {
        Parts l = Parts.of(left);
        Parts r = Parts.of(right);
        int order = Digits.compare(left, 0, l.epochEnd, right, 0, r.epochEnd);
        if (order == 0) {
            order = compare(l.versionPieces(), r.versionPieces());
        }
        if (order == 0 && (l.hyphen < 0 || r.hyphen < 0)) {
            return Boolean.compare(l.hyphen >= 0, r.hyphen >= 0);
        }
        return order == 0 ? compare(l.releasePieces(), r.releasePieces()) : order;
    }

    private static int compare(Pieces left, Pieces right) {
        while (true) {
            int kind = left.next();
            int order = Integer.compare(kind, right.next());
            if (order == 0 && kind == NUMBER) {
                order = Digits.compare(left.text, left.from, left.to, right.text, right.from, right.to);
            } else if (order == 0 && kind == LETTERS) {
                order = left.text.substring(left.from, left.to).compareTo(right.text.substring(right.from, right.to));
            }
            if (order != 0 || kind == END) {
                return order;
            }
        }
    }

    @Override
    public VersionKey key(String version) throws BadVersion {
        Parts parts = Parts.of(version);
        KeyBytes key = new KeyBytes().number(version, 0, parts.epochEnd);
        write(parts.versionPieces(), key);
        if (parts.hyphen < 0) {
            return key.tag(0).key();
        }
        write(parts.releasePieces(), key.tag(1));
        return key.key();
    }

    private static void write(Pieces pieces, KeyBytes key) {
        int kind;
        do {
            kind = pieces.next();
            key.tag(kind);
            if (kind == NUMBER) {
                key.number(pieces.text, pieces.from, pieces.to);
            } else if (kind == LETTERS) {
                key.word(pieces.text, pieces.from, pieces.to);
            }
        } while (kind != END);
    }
}
