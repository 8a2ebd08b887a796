package uk.reeve.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Does once what people do often, so that the cache of loaded classes holds what a start needs. The launcher runs it.
public final class Training {

    private static final String[][] RUNS = {
        {"scan", ""},
        {"scan", "", "--format", "json"},
        {"scan", "", "--format", "cyclonedx", "--fail-on", "kev,critical"},
        {"scan", "", "--format", "sarif"},
        {"scan", "", "--format", "html"},
        {"scan", "-"},
        {"scan", "-", "--format", "json"},
        {"sbom", ""},
        {"explain", "npm/lodash@4.17.20"},
        {"explain", "npm/lodash@4.17.20", "CVE-2021-23337"},
        {"advisories", "status"},
        {"--version"},
        {"scan", "--help"},
        {}
    };

    /// Stands where a run says `-`: one package of each ecosystem that is common, each with known flaws.
    private static final String SBOM = """
            {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
             "metadata": {"component": {"type": "application", "bom-ref": "app", "name": "example", "version": "1"}},
             "components": [
              {"type": "library", "bom-ref": "a", "group": "org.apache.logging.log4j", "name": "log4j-core",
               "version": "2.14.1", "scope": "required",
               "purl": "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1",
               "licenses": [{"license": {"id": "Apache-2.0"}}]},
              {"type": "library", "bom-ref": "b", "name": "lodash", "version": "4.17.20",
               "purl": "pkg:npm/lodash@4.17.20"},
              {"type": "library", "bom-ref": "c", "name": "django", "version": "3.2.1",
               "purl": "pkg:pypi/django@3.2.1"},
              {"type": "library", "bom-ref": "d", "name": "Newtonsoft.Json", "version": "12.0.3",
               "purl": "pkg:nuget/Newtonsoft.Json@12.0.3"},
              {"type": "library", "bom-ref": "e", "name": "rails", "version": "6.0.0", "purl": "pkg:gem/rails@6.0.0"},
              {"type": "library", "bom-ref": "f", "group": "guzzlehttp", "name": "guzzle", "version": "6.5.2",
               "purl": "pkg:composer/guzzlehttp/guzzle@6.5.2"},
              {"type": "library", "bom-ref": "g", "name": "golang.org/x/text", "version": "v0.3.0",
               "purl": "pkg:golang/golang.org/x/text@v0.3.0"},
              {"type": "library", "bom-ref": "h", "name": "openssl", "version": "0.10.30",
               "purl": "pkg:cargo/openssl@0.10.30"},
              {"type": "library", "bom-ref": "i", "group": "@babel", "name": "traverse", "version": "7.0.0",
               "purl": "pkg:npm/%40babel/traverse@7.0.0"}],
             "dependencies": [{"ref": "app", "dependsOn": ["a", "b"]}, {"ref": "b", "dependsOn": ["i"]}]}
            """;

    private Training() {}

    /// Runs all of [#RUNS].
    ///
    /// @param args the folder with the examples
    public static void main(String[] args) throws IOException {
        Path sbom = Files.createTempFile("example", ".cdx.json");
        Files.writeString(sbom, SBOM);
        for (String[] run : RUNS) {
            String[] words = run.clone();
            for (int i = 0; i < words.length; i++) {
                words[i] = words[i].isEmpty() ? args[0] : words[i].equals("-") ? sbom.toString() : words[i];
            }
            Reeve.run(
                    words,
                    InputStream.nullInputStream(),
                    OutputStream.nullOutputStream(),
                    OutputStream.nullOutputStream());
        }
        Files.delete(sbom);
    }
}
