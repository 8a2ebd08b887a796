package uk.reeve.engine.version;

/// OpenSSL's own versions: `1.0.2za` (numbers, then patch letters) until 1.1.1, `3.0.0-beta1` since.
///
/// At each place: pre-release < end < letters. Source: OpenSSL, "Release strategy"; VERS's tests.
final class OpenSslOrder implements VersionOrder {

    private static final int END = 1;
    private static final int PRE_RELEASE = 0;
    private static final int LETTERS = 2;

    /// Where the numbers end and what follows them: letters, or a hyphen and a pre-release, or nothing.
    private static int checkedEnd(String version) throws BadVersion {
        Digits.checkLength(version);
        int end = Digits.end(version, 0);
        boolean fine = end > 0;
        while (fine && end < version.length() && version.charAt(end) == '.') {
            int next = Digits.end(version, end + 1);
            fine = next > end + 1;
            end = next;
        }
        boolean pre = fine && end + 1 < version.length() && version.charAt(end) == '-';
        for (int i = end; fine && !pre && i < version.length(); i++) {
            fine = version.charAt(i) >= 'a' && version.charAt(i) <= 'z';
        }
        if (!fine) {
            throw new BadVersion(version, "is no OpenSSL version, such as 1.0.2za or 3.0.0-beta1");
        }
        return end;
    }

    private static int kind(String version, int end) {
        return end == version.length() ? END : version.charAt(end) == '-' ? PRE_RELEASE : LETTERS;
    }

    @Override
    public int compare(String left, String right) throws BadVersion {
        int l = checkedEnd(left);
        int r = checkedEnd(right);
        int order = Orders.CRAN.compare(left.substring(0, l), right.substring(0, r));
        if (order == 0) {
            order = Integer.compare(kind(left, l), kind(right, r));
        }
        return order == 0 ? left.substring(l).compareTo(right.substring(r)) : order;
    }

    @Override
    public VersionKey key(String version) throws BadVersion {
        int end = checkedEnd(version);
        KeyBytes key = new KeyBytes();
        for (int i = 0; i < end; ) {
            int next = Digits.end(version, i);
            key.tag(1).number(version, i, next);
            i = next + 1;
        }
        return key.tag(0)
                .tag(kind(version, end))
                .word(version, end, version.length())
                .key();
    }
}
