package uk.reeve.engine.version;

/// R's order of packages (CRAN, Bioconductor): whole numbers parted by `.` or `-`, compared one by one; where one
/// version ends, it is the lower (`1.0` < `1.0.0`).
/// Source: R, `package_version` and "Writing R Extensions", the field Version.
final class CranOrder implements VersionOrder {

    private static final int END = 0;
    private static final int NUMBER = 1;

    @Override
    public int compare(String left, String right) throws BadVersion {
        check(left);
        check(right);
        int l = 0;
        int r = 0;
        while (l < left.length() && r < right.length()) {
            int leftEnd = Digits.end(left, l);
            int rightEnd = Digits.end(right, r);
            int order = Digits.compare(left, l, leftEnd, right, r, rightEnd);
            if (order != 0) {
                return order;
            }
            l = leftEnd + 1;
            r = rightEnd + 1;
        }
        return Boolean.compare(l < left.length(), r < right.length());
    }

    private static void check(String version) throws BadVersion {
        Digits.checkLength(version);
        int i = 0;
        while (true) {
            int end = Digits.end(version, i);
            if (end == i) {
                throw new BadVersion(version, "is no R version: it must be numbers parted by dots or hyphens");
            }
            if (end == version.length()) {
                return;
            }
            if (version.charAt(end) != '.' && version.charAt(end) != '-') {
                throw new BadVersion(version, "is no R version: it must be numbers parted by dots or hyphens");
            }
            i = end + 1;
        }
    }

    @Override
    public VersionKey key(String version) throws BadVersion {
        check(version);
        KeyBytes key = new KeyBytes();
        for (int i = 0; i < version.length(); ) {
            int end = Digits.end(version, i);
            key.tag(NUMBER).number(version, i, end);
            i = end + 1;
        }
        return key.tag(END).key();
    }
}
