package uk.reeve.engine.sbom;

import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// Takes a document and makes a UUID of it: version 5, so that the same bytes have the same and no others have.
///
/// Source: RFC 9562, 5.5.
final class ContentUuid extends OutputStream {

    private static final UUID NAMESPACE = UUID.fromString("3a1f0c52-6f0b-5b0e-9d8a-2a5f6f3f7c11");

    private final MessageDigest sha1;

    ContentUuid() {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
        for (long half : new long[] {NAMESPACE.getMostSignificantBits(), NAMESPACE.getLeastSignificantBits()}) {
            for (int shift = 56; shift >= 0; shift -= 8) {
                sha1.update((byte) (half >>> shift));
            }
        }
    }

    @Override
    public void write(int b) {
        sha1.update((byte) b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        sha1.update(bytes, from, length);
    }

    /// `urn:uuid:…` of all that was written; to be asked for once.
    String urn() {
        byte[] hash = sha1.digest();
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            high = (high << 8) | (hash[i] & 0xff);
            low = (low << 8) | (hash[8 + i] & 0xff);
        }
        high = (high & 0xFFFFFFFFFFFF0FFFL) | 0x5000L;
        low = (low & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return "urn:uuid:" + new UUID(high, low);
    }
}
