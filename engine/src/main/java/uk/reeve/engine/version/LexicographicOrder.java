package uk.reeve.engine.version;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Texts by their UTF-8 bytes, unsigned, without normalisation. Source: VERS, scheme `lexicographic`.
final class LexicographicOrder implements VersionOrder {

    @Override
    public int compare(String left, String right) throws BadVersion {
        return VersionKey.compare(key(left), key(right));
    }

    @Override
    public VersionKey key(String version) throws BadVersion {
        Digits.checkLength(version);
        byte[] bytes = version.getBytes(StandardCharsets.UTF_8);
        return new VersionKey(Arrays.copyOf(bytes, bytes.length), true);
    }
}
