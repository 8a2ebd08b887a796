package uk.reeve.register.organisation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecondFactorsTest {

    private static final String KEY = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=";

    /// RFC 6238, appendix B: the last six of its eight digits.
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void codes_are_those_of_the_standard(long second, String code) {
        assertThat(SecondFactors.code("12345678901234567890".getBytes(US_ASCII), Instant.ofEpochSecond(second)))
                .isEqualTo(code);
    }

    @Test
    void a_secret_is_sealed_with_the_setting_or_with_a_key_that_the_first_start_makes(@TempDir Path folder)
            throws IOException {
        byte[] secret = SecondFactors.freshSecret();
        Seal seal = new Seal(KEY, folder);
        byte[] kept = seal.close(secret);
        assertThat(new String(kept, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(secret, java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThat(seal.open(kept)).hasValue(secret);
        assertThat(new Seal(KEY.replace('q', 'r'), folder).open(kept)).isEmpty();
        assertThat(Seal.in(folder, "").open(kept)).isEmpty();
        Path file = folder.resolve(Seal.FILE);
        assertThat(file).doesNotExist(); // the setting suffices

        Seal made = new Seal("", folder);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(made.open(kept)).isEmpty();
        byte[] other = made.close(secret);
        assertThat(new Seal("", folder).open(other)).hasValue(secret); // the same at the next start
        assertThat(new Seal(KEY, folder).open(other)).hasValue(secret); // a key that was set later
        Files.writeString(file, KEY, StandardOpenOption.APPEND);
        assertThat(new Seal("", folder).open(kept)).hasValue(secret); // one that was put back
        kept[kept.length - 1] ^= 1;
        assertThat(seal.open(kept)).isEmpty();
        assertThat(seal.open(new byte[] {1, 2, 3})).isEmpty();
        assertThatThrownBy(() -> new Seal("c2hvcnQ=", folder))
                .hasMessageContaining("32 bytes")
                .hasMessageNotContaining("c2hv");
        Files.writeString(file, "");
        assertThatThrownBy(() -> new Seal("", folder)).hasMessageContaining("seal.key");
    }

    @Test
    void what_stood_plain_or_under_a_former_key_is_sealed_anew(@TempDir Path folder) {
        byte[] secret = SecondFactors.freshSecret();
        byte[] plain = new byte[secret.length + 1];
        System.arraycopy(secret, 0, plain, 1, secret.length);
        byte[] former = new Seal("", folder).close(secret);
        Seal seal = new Seal(KEY, folder);
        List<byte[]> kept = List.of(
                plain,
                former,
                seal.close(secret),
                Seal.in(folder, KEY.replace('q', 'r')).close(secret));
        List<byte[]> written = new ArrayList<>();
        seal.renew(
                "secrets",
                kept.stream().map(all -> new Seal.Kept(UUID.randomUUID(), all)).toList(),
                fresh -> written.add(fresh.all()));
        assertThat(written).hasSize(2).allSatisfy(fresh -> {
            assertThat(new Seal(KEY, folder.resolve("none")).open(fresh)).hasValue(secret);
            assertThat(fresh).startsWith(1);
        });
    }

    @Test
    void the_picture_says_what_it_is_given() throws Exception {
        String uri =
                "otpauth://totp/Reeve:someone%40council.example?secret=ABCDEFGH234567ABCDEFGH234567ABCD&issuer=Reeve";
        QrPicture picture = QrPicture.of(uri);
        int scale = 4;
        var image = new java.awt.image.BufferedImage(
                picture.size() * scale, picture.size() * scale, java.awt.image.BufferedImage.TYPE_BYTE_GRAY);
        var pen = image.createGraphics();
        pen.setColor(java.awt.Color.WHITE);
        pen.fillRect(0, 0, image.getWidth(), image.getHeight());
        pen.setColor(java.awt.Color.BLACK);
        java.util.regex.Pattern.compile("M(\\d+) (\\d+)h1v1h-1z")
                .matcher(picture.path())
                .results()
                .forEach(module -> pen.fillRect(
                        Integer.parseInt(module.group(1)) * scale,
                        Integer.parseInt(module.group(2)) * scale,
                        scale,
                        scale));
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        var source = new com.google.zxing.RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
        var read = new com.google.zxing.qrcode.QRCodeReader()
                .decode(new com.google.zxing.BinaryBitmap(new com.google.zxing.common.HybridBinarizer(source)));
        assertThat(read.getText()).isEqualTo(uri);
    }
}
