package uk.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadInputTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x.cdx.json        | {\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[{      | unreadable 1",
                "package-lock.json | {\"lockfileVersion\":3,\"packages\":{                                        | unreadable 1",
                "bom.xml           | <bom xmlns='http://cyclonedx.org/schema/bom/1.5'>\\n<components>ü</components></bom> | unreadable 2",
                "pom.xml           | <?xml version='1.0' encoding='nonsense'?><project/>                          | unreadable 1",
                "poetry.lock       | [[package]]\\nname = 'ü'\\n                                                 | unreadable",
                "pnpm-lock.yaml    | a: &a [*a]                                                                   | unreadable 1"
            })
    void a_bad_file_is_one_line_and_status_3_and_hides_no_other(String name, String text, String begins)
            throws IOException, InterruptedException {
        BadInput input = new BadInput(folder, Files.createDirectory(folder.resolve("none")));
        byte[] latin = text.replace("\\n", "\n").getBytes(StandardCharsets.ISO_8859_1);
        BadInput.Told told = input.scan(name, latin);
        assertThat(told.faults()).isEmpty();
        assertThat(told.status()).isEqualTo(Exit.INCOMPLETE);
        assertThat(told.lines()).singleElement().asString().startsWith(begins);
    }
}
