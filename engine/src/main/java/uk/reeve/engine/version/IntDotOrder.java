package uk.reeve.engine.version;

/// Whole numbers parted by dots; reading stops at the first other sign, and where one version ends, it is the lower.
/// nginx's versions are such. Source: VERS, scheme `intdot`.
final class IntDotOrder implements VersionOrder {

    private static final VersionOrder NUMBERS = Orders.CRAN;

    @Override
    public int compare(String left, String right) throws BadVersion {
        return NUMBERS.compare(numbers(left), numbers(right));
    }

    private static String numbers(String version) throws BadVersion {
        Digits.checkLength(version);
        int end = Digits.end(version, 0);
        if (end == 0) {
            throw new BadVersion(version, "does not begin with a digit");
        }
        while (end < version.length() && version.charAt(end) == '.') {
            int next = Digits.end(version, end + 1);
            if (next == end + 1) {
                break;
            }
            end = next;
        }
        return version.substring(0, end);
    }

    @Override
    public VersionKey key(String version) throws BadVersion {
        return NUMBERS.key(numbers(version));
    }
}
