package uk.reeve.engine.version;

import java.util.List;

/// Maven's order, as `org.apache.maven.artifact.versioning.ComparableVersion` of Maven 3.9.11 has it. It takes every
/// text of at most 1,024 characters.
///
/// The order is not transitive (`1-cr1` < `1-final` < `1.redhat-1` < `1-cr1`), so no key can hold all of it. The key is
/// exact for versions whose every level is one word or none, then numbers, and which have none of the shapes that
/// close such circles: a word after a number without a hyphen between (`1.redhat-1`), a level that opens with the
/// list of a pre-release (`1-0-rc1`), a release word that other items follow, nothing at all (`0`). Within these,
/// at each place: word < pre-release list < end < other list < number.
final class MavenOrder implements VersionOrder {

    private static final int WORD = 0x08;
    private static final int PRE_RELEASE = 0x10;
    private static final int END = 0x20;
    private static final int LIST = 0x30;
    private static final int NUMBER = 0x40;

    @Override
    public int compare(String left, String right) throws BadVersion {
        Digits.checkLength(left);
        Digits.checkLength(right);
        return MavenVersion.of(left).compareTo(MavenVersion.of(right));
    }

    @Override
    public VersionKey key(String version) throws BadVersion {
        Digits.checkLength(version);
        MavenVersion parsed = MavenVersion.of(version);
        List<List<MavenVersion.Item>> levels = parsed.levels();
        KeyBytes key = new KeyBytes();
        for (int level = 0; level < levels.size(); level++) {
            write(levels.get(level), key);
            boolean starts = levels.get(level).isEmpty();
            boolean deeper = level + 1 < levels.size();
            boolean preRelease = deeper && parsed.againstNothing(level + 1, 0) < 0;
            if (starts && (!deeper || preRelease)) {
                key.inexact();
            }
            key.tag(!deeper ? END : preRelease ? PRE_RELEASE : LIST);
        }
        return key.key();
    }

    private static void write(List<MavenVersion.Item> items, KeyBytes key) {
        for (int i = 0; i < items.size(); i++) {
            MavenVersion.Item item = items.get(i);
            if (item instanceof MavenVersion.Num n) {
                key.tag(NUMBER).number(n.digits(), 0, n.digits().length());
                if (n.isZero() && n.width() > 0) {
                    key.inexact();
                }
            } else if (item instanceof MavenVersion.Word w) {
                key.tag(WORD).tag(w.rank() + 1).word(w.text());
                if (i > 0 || w.rank() == MavenVersion.Word.RELEASE) {
                    key.inexact();
                }
            }
        }
    }
}
