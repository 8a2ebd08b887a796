package uk.reeve.engine.index;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keys and certificates out of PEM files (RFC 7468). No message quotes what is in them.
public final class Pem {

    private static final int MOST_BYTES = 8 << 20;

    private Pem() {}

    /// @throws BadPem when the file holds no Ed25519 key in PKCS #8, or an encrypted one
    static PrivateKey privateKey(Path file) throws IOException {
        return privateKey(file, false);
    }

    /// @throws BadPem when the file holds no public Ed25519 key
    static PublicKey publicKey(Path file) throws IOException {
        return publicKey(file, false);
    }

    /// A private key of Ed25519, or of P-256 for ECDSA, in PKCS #8.
    ///
    /// @throws BadPem when the file holds neither, or an encrypted one
    public static PrivateKey signingKey(Path file) throws IOException {
        return privateKey(file, true);
    }

    /// A public key of Ed25519, or of P-256 for ECDSA.
    ///
    /// @throws BadPem when the file holds neither
    public static PublicKey verifyingKey(Path file) throws IOException {
        return publicKey(file, true);
    }

    private static PrivateKey privateKey(Path file, boolean p256) throws IOException {
        String text = text(file);
        byte[] key = block(file, text, "PRIVATE KEY", 0);
        if (key == null) {
            String why = text.contains("BEGIN ENCRYPTED PRIVATE KEY")
                    ? ": the key is encrypted; decrypt it first: openssl pkey -in FILE -out PLAIN"
                    : text.contains("BEGIN EC PRIVATE KEY")
                            ? ": the key is in an older form; openssl pkcs8 -topk8 -nocrypt -in FILE -out PLAIN"
                            : ": holds no private key; make one: openssl genpkey -algorithm ed25519 -out FILE";
            throw new BadPem(file + why, null);
        }
        return key(file, p256, factory -> factory.generatePrivate(new PKCS8EncodedKeySpec(key)));
    }

    private static PublicKey publicKey(Path file, boolean p256) throws IOException {
        byte[] key = block(file, text(file), "PUBLIC KEY", 0);
        if (key == null) {
            throw new BadPem(file + ": holds no public key; take it from the private one: openssl pkey -pubout", null);
        }
        return key(file, p256, factory -> factory.generatePublic(new X509EncodedKeySpec(key)));
    }

    @FunctionalInterface
    private interface KeyReading<K extends Key> {
        K by(KeyFactory factory) throws GeneralSecurityException;
    }

    private static <K extends Key> K key(Path file, boolean p256, KeyReading<K> reading) throws BadPem {
        try {
            return reading.by(KeyFactory.getInstance("Ed25519"));
        } catch (GeneralSecurityException e) {
            K key = p256 ? p256(reading) : null;
            if (key != null) {
                return key;
            }
            throw new BadPem(
                    file + ": is no Ed25519 " + (p256 ? "or P-256 " : "")
                            + "key; make one: openssl genpkey -algorithm ed25519",
                    e);
        }
    }

    private static <K extends Key> @Nullable K p256(KeyReading<K> reading) {
        try {
            AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
            curve.init(new ECGenParameterSpec("secp256r1"));
            ECParameterSpec p256 = curve.getParameterSpec(ECParameterSpec.class);
            K key = reading.by(KeyFactory.getInstance("EC"));
            return key instanceof ECKey ec && ec.getParams().getCurve().equals(p256.getCurve()) ? key : null;
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    /// @throws BadPem when the file holds no certificate, or a damaged one
    static List<Certificate> certificates(Path file) throws IOException {
        String text = text(file);
        List<Certificate> found = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            int from = text.indexOf("-----BEGIN CERTIFICATE-----");
            while (from >= 0) {
                byte[] block = block(file, text, "CERTIFICATE", from);
                if (block == null) {
                    break;
                }
                found.add(factory.generateCertificate(new ByteArrayInputStream(block)));
                from = text.indexOf("-----BEGIN CERTIFICATE-----", from + 1);
            }
        } catch (GeneralSecurityException e) {
            throw new BadPem(file + ": certificate " + (found.size() + 1) + " is damaged", e);
        }
        if (found.isEmpty()) {
            throw new BadPem(file + ": holds no certificate; a PEM file with BEGIN CERTIFICATE was expected", null);
        }
        return found;
    }

    private static byte @Nullable [] block(Path file, String text, String label, int from) throws IOException {
        String head = "-----BEGIN " + label + "-----";
        int start = text.indexOf(head, from);
        int end = start < 0 ? -1 : text.indexOf("-----END " + label + "-----", start);
        if (end < 0) {
            return null;
        }
        try {
            return Base64.getMimeDecoder().decode(text.substring(start + head.length(), end));
        } catch (IllegalArgumentException e) {
            throw new BadPem(
                    file + ": its " + label.toLowerCase(java.util.Locale.ROOT) + " is no Base64; copy the file again",
                    e);
        }
    }

    private static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new BadPem(file + ": is not there", null);
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new BadPem(file + ": is too large for a PEM file", null);
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
