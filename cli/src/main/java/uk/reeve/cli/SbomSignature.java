package uk.reeve.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECKey;
import java.util.Base64;
import java.util.List;
import uk.reeve.cli.report.Look;
import uk.reeve.engine.index.BadPem;
import uk.reeve.engine.index.Pem;

/// `reeve sbom sign FILE --key KEY` and `reeve sbom verify FILE --trust KEY`: a signature of the file's bytes in a
/// file of its own, as Base64. Nothing is asked of anybody: no certificate, no log.
///
/// Ed25519 (RFC 8032) over the bytes, as `openssl pkeyutl -sign -rawin` makes it; or ECDSA with P-256 and SHA-256
/// in ASN.1 DER, as `openssl dgst -sha256 -sign` and `cosign sign-blob --key` make it.
final class SbomSignature {

    private static final int MOST_BYTES = 4 << 10;

    private SbomSignature() {}

    static int sign(List<String> words, Arguments arguments, Environment environment) throws Refused, IOException {
        if (words.size() != 1) {
            throw Refused.usage("sign needs one SBOM: reeve sbom sign bom.json --key KEY.pem");
        }
        String word = arguments.value("--key");
        if (word == null) {
            throw Refused.usage("sign needs --key FILE: a private key (PEM) of Ed25519 or P-256");
        }
        PrivateKey key;
        try {
            key = Pem.signingKey(environment.path(word));
        } catch (BadPem e) {
            throw Refused.usage(Shown.text(String.valueOf(e.getMessage())));
        }
        SbomFile file = SbomFile.of(words.getFirst(), environment);
        file.sbom(); // what is no SBOM is refused
        byte[] text = (Base64.getEncoder().encodeToString(signed(key, file.bytes())) + "\n")
                .getBytes(StandardCharsets.US_ASCII);
        String output = arguments.value("--output");
        String name = output == null && !file.name().equals("-") ? file.name() + ".sig" : output;
        Path place = name == null ? null : environment.path(name);
        new Outputs(List.of(new Outputs.Target("signature", place)), Look.PLAIN)
                .write(environment, (format, look, out) -> out.write(text));
        if (name != null) {
            environment.say("Signed (" + algorithm(key) + "): " + Shown.text(name));
        }
        return Exit.DONE;
    }

    static int verify(List<String> words, Arguments arguments, Environment environment) throws Refused, IOException {
        if (words.size() != 1) {
            throw Refused.usage("verify needs one SBOM: reeve sbom verify bom.json --trust PUBLIC.pem");
        }
        String word = arguments.value("--trust");
        if (word == null) {
            throw Refused.usage("verify needs --trust FILE: the public key (PEM) of who signed");
        }
        PublicKey key;
        try {
            key = Pem.verifyingKey(environment.path(word));
        } catch (BadPem e) {
            throw Refused.usage(Shown.text(String.valueOf(e.getMessage())));
        }
        SbomFile file = SbomFile.of(words.getFirst(), environment);
        String given = arguments.value("--signature");
        String name = given == null ? file.name() + ".sig" : given;
        boolean holds = holds(key, file.bytes(), signature(environment.path(name), name));
        String told = holds
                ? Shown.text(file.name()) + " is as it was signed (" + algorithm(key) + ").\n" + file.digest() + "\n"
                : Shown.text(file.name()) + " is not what was signed, or " + Shown.text(name)
                        + " was not made with the key" + " to " + Shown.text(word) + ".\n";
        environment.out().write(told.getBytes(StandardCharsets.UTF_8));
        return holds ? Exit.DONE : Exit.FAILED;
    }

    private static String algorithm(Key key) {
        return key instanceof EdECKey ? "Ed25519" : "ECDSA, P-256 and SHA-256";
    }

    private static Signature of(Key key) throws GeneralSecurityException {
        return Signature.getInstance(key instanceof EdECKey ? "Ed25519" : "SHA256withECDSA");
    }

    private static byte[] signed(PrivateKey key, byte[] bytes) throws Refused {
        try {
            Signature signature = of(key);
            signature.initSign(key);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw Refused.usage("--key: nothing can be signed with this key");
        }
    }

    private static boolean holds(PublicKey key, byte[] bytes, byte[] told) {
        try {
            Signature signature = of(key);
            signature.initVerify(key);
            signature.update(bytes);
            return signature.verify(told);
        } catch (GeneralSecurityException e) {
            return false; // it has not even the form of one
        }
    }

    // In Base64, as all write it, or the bytes themselves, as openssl does.
    private static byte[] signature(Path file, String name) throws Refused {
        byte[] read;
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe or a device gives no end
                throw new Refused(
                        Exit.INCOMPLETE, Shown.text(name) + ": is no file; name the signature by --signature FILE");
            }
            try (InputStream in = Files.newInputStream(file)) {
                read = in.readNBytes(MOST_BYTES + 1);
            }
        } catch (IOException e) {
            throw Refused.usage(Shown.text(name) + ": cannot be read (" + Inputs.why(e)
                    + "); name the signature by --signature FILE");
        }
        if (read.length == 0 || read.length > MOST_BYTES) {
            throw new Refused(Exit.INCOMPLETE, Shown.text(name) + ": is no signature, by its size");
        }
        try {
            return Base64.getDecoder().decode(new String(read, StandardCharsets.ISO_8859_1).strip());
        } catch (IllegalArgumentException e) {
            return read;
        }
    }
}
