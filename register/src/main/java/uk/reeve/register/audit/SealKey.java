package uk.reeve.register.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.register.database.DataFolder;

/// The installation's Ed25519 key, in a file beside the database and not in it: who can write to the database alone
/// cannot seal anew what was changed. Two lines: the private key (PKCS 8) and the public one (X.509), in Base64.
public final class SealKey {

    static final String FILE = "audit.key";

    private final Path path;
    private final PrivateKey mine;
    private final PublicKey known;

    private SealKey(Path path, PrivateKey mine, PublicKey known) {
        this.path = path;
        this.mine = mine;
        this.known = known;
    }

    /// @return null where the folder has none: nothing was sealed from here
    public static @Nullable SealKey in(Path folder) {
        try {
            return Files.exists(folder.resolve(FILE)) ? of(folder) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /// Reads the folder's key, or makes it up where there is none.
    static SealKey of(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                KeyPair fresh = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                DataFolder.keep(file, line(fresh.getPrivate()) + line(fresh.getPublic()));
            }
            List<String> lines = Files.readAllLines(file);
            KeyFactory keys = KeyFactory.getInstance("Ed25519");
            return new SealKey(
                    file,
                    keys.generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines.get(0)))),
                    keys.generatePublic(
                            new X509EncodedKeySpec(Base64.getDecoder().decode(lines.get(1)))));
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(
                    file + " is not the key that it was. Put it back, for example from a copy of the folder.", e);
        }
    }

    private static String line(Key key) {
        return Base64.getEncoder().encodeToString(key.getEncoded()) + "\n";
    }

    Path path() {
        return path;
    }

    byte[] sign(byte[] hash) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(mine);
            signature.update(hash);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean signed(byte[] hash, byte[] signature) {
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(known);
            check.update(hash);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // not even of a signature's form
        }
    }
}
