package uk.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SbomSignatureTest {

    private static final Path OPENSSL = Path.of("/usr/bin/openssl");

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void given() throws IOException {
        bench = new Workbench(folder);
    }

    private void keys(String algorithm) throws Exception {
        KeyPairGenerator maker = KeyPairGenerator.getInstance(algorithm.equals("Ed25519") ? "Ed25519" : "EC");
        if (!algorithm.equals("Ed25519")) {
            maker.initialize(new ECGenParameterSpec(algorithm));
        }
        KeyPair pair = maker.generateKeyPair();
        pem("key.pem", "PRIVATE KEY", pair.getPrivate().getEncoded());
        pem("pub.pem", "PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private void pem(String name, String label, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        bench.file(name, "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "secp256r1"})
    void what_was_signed_is_verified_and_what_was_changed_is_not(String algorithm) throws Exception {
        keys(algorithm);

        assertThat(bench.run("sbom", "sign", "bom.json", "--key", "key.pem")).isZero();
        assertThat(bench.run("sbom", "verify", "bom.json", "--trust", "pub.pem"))
                .isZero();
        assertThat(bench.out()).startsWith("bom.json is as it was signed (E").contains("\nsha256:");

        bench.file("bom.json", Workbench.BOM + " ");
        assertThat(bench.run("sbom", "verify", "bom.json", "--trust", "pub.pem"))
                .isEqualTo(1);
        assertThat(bench.out()).startsWith("bom.json is not what was signed");

        bench.file("bom.json", Workbench.BOM);
        keys(algorithm);
        assertThat(bench.run("sbom", "verify", "bom.json", "--trust", "pub.pem"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "secp256r1"})
    void openssl_takes_our_signatures_and_we_take_its(String algorithm) throws Exception {
        assumeThat(OPENSSL).exists();
        keys(algorithm);
        String sign = algorithm.equals("Ed25519")
                ? "pkeyutl -sign -rawin -inkey key.pem -in bom.json -out raw.sig"
                : "dgst -sha256 -sign key.pem -out raw.sig bom.json";
        String verify = algorithm.equals("Ed25519")
                ? "pkeyutl -verify -rawin -pubin -inkey pub.pem -in bom.json -sigfile ours.sig"
                : "dgst -sha256 -verify pub.pem -signature ours.sig bom.json";

        openssl(sign);
        assertThat(bench.run("sbom", "verify", "bom.json", "--trust", "pub.pem", "--signature", "raw.sig"))
                .isZero();
        assertThat(bench.run("sbom", "sign", "bom.json", "--key", "key.pem", "--output", "ours.b64"))
                .isZero();
        String ours = Files.readString(folder.resolve("ours.b64")).strip();
        Files.write(folder.resolve("ours.sig"), Base64.getDecoder().decode(ours));
        openssl(verify);
    }

    private void openssl(String words) throws Exception {
        List<String> command = new ArrayList<>(List.of(OPENSSL.toString()));
        command.addAll(List.of(words.split(" ")));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no signature", "AAAA", "!"})
    void what_is_no_signature_verifies_nothing(String text) throws Exception {
        keys("secp256r1");
        bench.file("bom.json.sig", text);

        assertThat(bench.run("sbom", "verify", "bom.json", "--trust", "pub.pem"))
                .isEqualTo(text.isEmpty() ? 3 : 1);
        assertThat(bench.run("sbom", "verify", "bom.json", "--trust", "pub.pem", "--signature", "no.sig"))
                .isEqualTo(2);
        assertThat(bench.err()).hasLineCount(1).contains("no.sig: cannot be read (there is no such file or folder)");
    }

    @Test
    void a_key_that_is_none_is_one_line_without_a_word_of_what_is_in_it() throws Exception {
        keys("secp384r1");
        assertThat(bench.run("sbom", "sign", "bom.json", "--key", "key.pem")).isEqualTo(2);
        assertThat(bench.err()).hasLineCount(1).contains("is no Ed25519 or P-256 key");
        bench.file("key.pem", "-----BEGIN PRIVATE KEY-----\nc2VzYW1l\n-----END PRIVATE KEY-----\n");
        assertThat(bench.run("sbom", "sign", "bom.json", "--key", "key.pem")).isEqualTo(2);
        assertThat(bench.err()).hasLineCount(1).doesNotContain("c2VzYW1l", "sesame");
        assertThat(bench.run("sbom", "sign", "bom.json", "--key", "bom.json")).isEqualTo(2);
        assertThat(bench.run("sbom", "sign", "bom.json")).isEqualTo(2);
        assertThat(bench.run("sbom", "verify", "bom.json", "--trust", "bom.json"))
                .isEqualTo(2);
        assertThat(bench.run("sbom", "convert", "bom.json", "--key", "key.pem")).isEqualTo(2);
        assertThat(bench.err()).isEqualTo("reeve: --key is for reeve sbom sign\n");
    }

    @Test
    void what_is_no_sbom_is_not_signed() throws Exception {
        keys("Ed25519");
        bench.file("x.json", "{}");

        assertThat(bench.run("sbom", "sign", "x.json", "--key", "key.pem")).isEqualTo(3);
        assertThat(folder.resolve("x.json.sig")).doesNotExist();
    }
}
