package uk.reeve.engine.version;

import java.util.Arrays;

/// Haskell's order (Hackage, GHC): whole numbers parted by dots, compared one by one; where one version ends, it is
/// the lower (`1.0` < `1.0.0`). As Cabal does, numbers with a leading zero or of more than nine digits are refused.
/// Source: Haskell Package Versioning Policy; Cabal, `Distribution.Types.Version`.
final class HackageOrder implements VersionOrder {

    private static final int END = 0;
    private static final int NUMBER = 1;

    @Override
    public int compare(String left, String right) throws BadVersion {
        int[] l = numbers(left);
        int[] r = numbers(right);
        return Arrays.compare(l, r);
    }

    private static int[] numbers(String version) throws BadVersion {
        Digits.checkLength(version);
        int[] numbers = new int[version.length() / 2 + 1];
        int count = 0;
        for (int i = 0; ; i++) {
            int end = Digits.end(version, i);
            if (end == i || end - i > 9 || (end - i > 1 && version.charAt(i) == '0')) {
                throw new BadVersion(
                        version,
                        "is no Haskell version: it must be numbers parted by dots, without leading zeros, of at most"
                                + " nine digits");
            }
            numbers[count++] = Integer.parseInt(version, i, end, 10);
            if (end == version.length()) {
                return Arrays.copyOf(numbers, count);
            }
            if (version.charAt(end) != '.') {
                throw new BadVersion(version, "is no Haskell version: only dots may part its numbers");
            }
            i = end;
        }
    }

    @Override
    public VersionKey key(String version) throws BadVersion {
        KeyBytes key = new KeyBytes();
        for (int number : numbers(version)) {
            key.tag(NUMBER).number(number);
        }
        return key.tag(END).key();
    }
}
