package uk.reeve.register.organisation;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.crypto.encrypt.AesBytesEncryptor;
import org.springframework.security.crypto.keygen.KeyGenerators;
import org.springframework.stereotype.Component;

/// Keeps a secret of the database's from who reads the database, where the installation has a key: `reeve.key`,
/// 32 bytes in Base64 (AES-256, GCM). Without one it is kept as it is. The first byte says which.
@Component
class Seal {

    private static final byte PLAIN = 0;
    private static final byte SEALED = 1;

    private final @Nullable AesBytesEncryptor key;

    /// @throws IllegalArgumentException where the key is none
    Seal(@Value("${reeve.key:}") String key) {
        this.key = key.isBlank() ? null : encryptor(key.strip());
    }

    private static AesBytesEncryptor encryptor(String text) {
        byte[] key = {};
        try {
            key = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // told below, without what was given
        }
        if (key.length != 32) {
            throw new IllegalArgumentException(
                    "reeve.key must be 32 bytes in Base64: openssl rand -base64 32 makes one.");
        }
        return new AesBytesEncryptor(
                new SecretKeySpec(key, "AES"), KeyGenerators.secureRandom(16), AesBytesEncryptor.CipherAlgorithm.GCM);
    }

    byte[] close(byte[] secret) {
        byte[] kept = key == null ? secret : key.encrypt(secret);
        byte[] all = new byte[kept.length + 1];
        all[0] = key == null ? PLAIN : SEALED;
        System.arraycopy(kept, 0, all, 1, kept.length);
        return all;
    }

    /// @return empty where it was sealed with another key, or changed
    Optional<byte[]> open(byte[] all) {
        byte[] kept = Arrays.copyOfRange(all, 1, all.length);
        if (all[0] == PLAIN) {
            return Optional.of(kept);
        }
        try {
            return key == null ? Optional.empty() : Optional.of(key.decrypt(kept));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }
}
