package uk.reeve.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import uk.reeve.engine.sbom.Sbom;
import uk.reeve.engine.sbom.SbomReader;

/// Runs of `reeve sbom` in this process, in a folder that holds `bom.json`.
final class Workbench {

    static final String BOM = """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
             "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
             "metadata": {"timestamp": "2030-01-02T10:00:00Z", "authors": [{"name": "Example Ltd"}],
              "tools": {"components": [{"type": "application", "name": "maker", "version": "1"}]},
              "component": {"type": "application", "bom-ref": "app", "name": "cafe", "version": "1"}},
             "components": [
              {"type": "library", "bom-ref": "a", "name": "teapot", "version": "1.0.0", "purl": "pkg:npm/teapot@1.0.0",
               "description": "boils", "licenses": [{"license": {"id": "MIT"}}],
               "hashes": [{"alg": "SHA-1", "content": "e6b1000b94e835ffd37f4c6dcbdad43f4b48a02a"}]},
              {"type": "library", "bom-ref": "b", "name": "cup", "version": "2.0.0", "purl": "pkg:npm/cup@2.0.0"}],
             "dependencies": [{"ref": "app", "dependsOn": ["a"]}, {"ref": "a", "dependsOn": ["b"]}]}
            """;

    final Path folder;
    private String out = "";
    private String err = "";

    Workbench(Path folder) throws IOException {
        this.folder = folder;
        file("bom.json", BOM);
    }

    void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    int run(String... args) {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Environment environment = new Environment(
                InputStream.nullInputStream(),
                report,
                said,
                Map.of(),
                folder,
                null,
                false,
                false,
                true,
                80,
                Instant.parse("2030-01-12T00:00:00Z"),
                true);
        int status = Reeve.run(args, environment);
        out = report.toString(StandardCharsets.UTF_8);
        err = said.toString(StandardCharsets.UTF_8);
        return status;
    }

    /// Standard output of the last run.
    String out() {
        return out;
    }

    /// Standard error of the last run.
    String err() {
        return err;
    }

    Sbom read(String name) throws Exception {
        return SbomReader.read(new ByteArrayInputStream(Files.readAllBytes(folder.resolve(name))));
    }
}
