package uk.reeve.engine.version;

/// Alpine's order, as apk-tools 3 has it: numbers, one letter, suffixes (`_alpha`, `_beta`, `_pre`, `_rc`; `_cvs`,
/// `_svn`, `_git`, `_hg`, `_p`), a commit `~hash`, a revision `-r1`.
///
/// At each place: suffix of a pre-release < end < revision < hash < number of a suffix < other suffix < letter <
/// number. A number after a dot that begins with a zero is compared as text with any other (`1.01` < `1.1`), so all of
/// these stand below the rest. A number past 64 bits runs over, as in apk.
/// Source: apk-tools, `src/version.c`.
final class AlpineOrder implements VersionOrder {

    private enum Kind {
        PRE_RELEASE,
        END,
        REVISION,
        HASH,
        SUFFIX_NUMBER,
        SUFFIX,
        LETTER,
        NUMBER,
        FIRST_NUMBER;

        @SuppressWarnings("EnumOrdinal") // the order of the kinds is what is written
        int tag() {
            return ordinal();
        }
    }

    private static final String[] PRE_RELEASES = {"alpha", "beta", "pre", "rc"};
    private static final String[] SUFFIXES = {"cvs", "svn", "git", "hg", "p"};

    /// The token at which a version's reader stands.
    private static final class Tokens {

        final String text;
        Kind kind = Kind.FIRST_NUMBER;
        /// Of a number its value, of a letter or suffix its rank.
        long value;

        int from;
        int to;

        Tokens(String text) throws BadVersion {
            this.text = text;
            Digits.checkLength(text);
            to = Digits.end(text, 0);
            if (to == 0) {
                throw new BadVersion(text, "does not begin with a digit, as an Alpine version must");
            }
            value = number();
        }

        boolean isText() {
            return kind == Kind.HASH || (kind == Kind.NUMBER && text.charAt(from) == '0');
        }

        void next() throws BadVersion {
            Kind last = kind;
            from = to;
            if (from == text.length()) {
                kind = Kind.END;
                return;
            }
            char c = text.charAt(from);
            if (c == '.' && last.compareTo(Kind.NUMBER) >= 0) {
                digits(Kind.NUMBER, 1);
            } else if (c >= 'a' && c <= 'z' && last.compareTo(Kind.NUMBER) >= 0) {
                token(Kind.LETTER, from + 1, c);
            } else if (c == '_' && (last == Kind.PRE_RELEASE || last.compareTo(Kind.SUFFIX_NUMBER) >= 0)) {
                suffix();
            } else if (Digits.isDigit(c) && (last == Kind.SUFFIX || last == Kind.PRE_RELEASE)) {
                digits(Kind.SUFFIX_NUMBER, 0);
            } else if (c == '~' && (last == Kind.PRE_RELEASE || last.compareTo(Kind.SUFFIX_NUMBER) >= 0)) {
                hash();
            } else if (text.startsWith("-r", from) && last != Kind.REVISION) {
                digits(Kind.REVISION, 2);
            } else {
                throw unexpected();
            }
        }

        private void digits(Kind kind, int skip) throws BadVersion {
            from += skip;
            int end = Digits.end(text, from);
            if (end == from) {
                throw unexpected();
            }
            token(kind, end, 0);
            value = number();
        }

        private void suffix() throws BadVersion {
            for (int i = 0; i < PRE_RELEASES.length; i++) {
                if (text.startsWith(PRE_RELEASES[i], from + 1)) {
                    token(Kind.PRE_RELEASE, from + 1 + PRE_RELEASES[i].length(), i);
                    return;
                }
            }
            for (int i = 0; i < SUFFIXES.length; i++) {
                if (text.startsWith(SUFFIXES[i], from + 1)) {
                    token(Kind.SUFFIX, from + 1 + SUFFIXES[i].length(), i);
                    return;
                }
            }
            throw unexpected();
        }

        private void hash() throws BadVersion {
            from++;
            int end = from;
            while (end < text.length() && isHex(text.charAt(end))) {
                end++;
            }
            if (end == from) {
                throw unexpected();
            }
            token(Kind.HASH, end, 0);
        }

        private void token(Kind kind, int to, long value) {
            this.kind = kind;
            this.to = to;
            this.value = value;
        }

        private long number() {
            long number = 0;
            for (int i = from; i < to; i++) {
                number = number * 10 + (text.charAt(i) - '0');
            }
            return number;
        }

        private static boolean isHex(char c) {
            return Digits.isDigit(c) || (c >= 'a' && c <= 'f');
        }

        private BadVersion unexpected() {
            return new BadVersion(text, "is no Alpine version from its character " + (from + 1) + " on");
        }
    }

    @Override
    public int compare(String left, String right) throws BadVersion {
        check(left);
        check(right);
        Tokens l = new Tokens(left);
        Tokens r = new Tokens(right);
        while (true) {
            int order = l.kind.compareTo(r.kind);
            if (order == 0) {
                order = l.isText() || r.isText()
                        ? left.substring(l.from, l.to).compareTo(right.substring(r.from, r.to))
                        : Long.compareUnsigned(l.value, r.value);
            }
            if (order != 0 || l.kind == Kind.END) {
                return order;
            }
            l.next();
            r.next();
        }
    }

    private static void check(String version) throws BadVersion {
        Tokens tokens = new Tokens(version);
        while (tokens.kind != Kind.END) {
            tokens.next();
        }
    }

    @Override
    public VersionKey key(String version) throws BadVersion {
        KeyBytes key = new KeyBytes();
        Tokens tokens = new Tokens(version);
        for (; tokens.kind != Kind.END; tokens.next()) {
            key.tag(tokens.kind.tag());
            if (tokens.isText()) {
                key.tag(0).word(version, tokens.from, tokens.to);
            } else {
                key.tag(1).number(tokens.value);
            }
        }
        return key.tag(Kind.END.tag()).key();
    }
}
