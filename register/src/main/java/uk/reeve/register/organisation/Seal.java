package uk.reeve.register.organisation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.crypto.encrypt.AesBytesEncryptor;
import org.springframework.security.crypto.keygen.KeyGenerators;
import org.springframework.stereotype.Component;
import uk.reeve.register.database.DataFolder;

/// Keeps secrets of the database's from who reads the database or a backup of it: AES-256, GCM, by a key of 32 bytes in
/// Base64 that stands beside it. That is the setting `reeve.key`, else the first line of the data folder's `seal.key`,
/// which the first start makes. Further lines are former keys: they open and do not close.
///
/// What is kept begins with one byte: 0 for plain, 1 for sealed.
@Component
public class Seal {

    /// In the data folder.
    public static final String FILE = "seal.key";

    /// For whom something does not open.
    public static final String REMEDY =
            "Put the key back: the setting reeve.key, or a line of the file seal.key in the data folder";

    private static final byte PLAIN = 0;
    private static final byte SEALED = 1;

    private static final Logger LOG = LoggerFactory.getLogger(Seal.class);

    private final List<AesBytesEncryptor> keys;

    /// Makes a key where there is none.
    @Autowired
    Seal(@Value("${reeve.key:}") String setting, @Value("${reeve.data}") Path folder) {
        this(all(setting.isBlank() ? made(folder) : folder, setting));
        if (keys.isEmpty()) {
            throw none();
        }
    }

    private Seal(List<String> keys) {
        this.keys = keys.stream().map(Seal::encryptor).toList();
    }

    /// As the setting and the folder have it; opens nothing where there is no key.
    ///
    /// @param setting blank where it is not set
    /// @throws IllegalArgumentException where a key is none
    public static Seal in(Path folder, String setting) {
        return new Seal(all(folder, setting));
    }

    private static List<String> all(Path folder, String setting) {
        List<String> keys = new ArrayList<>(setting.isBlank() ? List.of() : List.of(setting.strip()));
        Path file = folder.resolve(FILE);
        try {
            if (Files.exists(file)) {
                Files.readAllLines(file).stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .forEach(keys::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        }
        return keys;
    }

    private static Path made(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            try {
                DataFolder.keep(file, Base64.getEncoder().encodeToString(key) + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
            }
        }
        return folder;
    }

    private static AesBytesEncryptor encryptor(String text) {
        byte[] key = {};
        try {
            key = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // told below, without what was given
        }
        if (key.length != 32) {
            throw none();
        }
        return new AesBytesEncryptor(
                new SecretKeySpec(key, "AES"), KeyGenerators.secureRandom(16), AesBytesEncryptor.CipherAlgorithm.GCM);
    }

    private static IllegalArgumentException none() {
        return new IllegalArgumentException("The setting reeve.key, and each line of the file " + FILE
                + " in the data folder, must be 32 bytes in Base64. Put the file back as it was.");
    }

    public byte[] close(byte[] secret) {
        byte[] kept = keys.getFirst().encrypt(secret);
        byte[] all = new byte[kept.length + 1];
        all[0] = SEALED;
        System.arraycopy(kept, 0, all, 1, kept.length);
        return all;
    }

    /// @return empty where it was sealed with another key, or changed
    public Optional<byte[]> open(byte[] all) {
        byte[] kept = Arrays.copyOfRange(all, 1, all.length);
        return all[0] == PLAIN
                ? Optional.of(kept)
                : keys.stream().flatMap(key -> open(key, kept).stream()).findFirst();
    }

    /// What is to be kept instead, where it stands plain or is sealed with a former key.
    private Optional<byte[]> renewed(byte[] all) {
        boolean asItShouldBe = all[0] == SEALED
                && open(keys.getFirst(), Arrays.copyOfRange(all, 1, all.length)).isPresent();
        return asItShouldBe ? Optional.empty() : open(all).map(this::close);
    }

    /// @param all as it is kept
    public record Kept(UUID id, byte[] all) {}

    /// Goes through what is kept at the start, and says what does not open.
    ///
    /// @param what in the plural
    public void renew(String what, List<Kept> kept, Consumer<Kept> write) {
        kept.forEach(one -> renewed(one.all()).ifPresent(all -> write.accept(new Kept(one.id(), all))));
        long lost = kept.stream().filter(one -> open(one.all()).isEmpty()).count();
        if (lost > 0) {
            LOG.warn(
                    "{} of {} {} cannot be read: they were sealed with another key. {}.",
                    lost,
                    kept.size(),
                    what,
                    REMEDY);
        }
    }

    private static Optional<byte[]> open(AesBytesEncryptor key, byte[] kept) {
        if (kept.length < 16) {
            return Optional.empty(); // less than the IV
        }
        try {
            return Optional.of(key.decrypt(kept));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }
}
