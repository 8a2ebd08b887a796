package uk.reeve.cli;

import java.io.InputStream;
import java.io.OutputStream;

/// Does once what people do often, so that the cache of loaded classes holds what a start needs. The launcher runs it.
public final class Training {

    private static final String[][] RUNS = {
        {"scan", ""},
        {"scan", "", "--format", "json"},
        {"scan", "", "--format", "cyclonedx", "--fail-on", "kev,critical"},
        {"scan", "", "--format", "sarif"},
        {"scan", "", "--format", "html"},
        {"sbom", ""},
        {"explain", "npm/lodash@4.17.20"},
        {"explain", "npm/lodash@4.17.20", "CVE-2021-23337"},
        {"advisories", "status"},
        {"--version"},
        {"scan", "--help"},
        {}
    };

    private Training() {}

    /// Runs all of [#RUNS].
    ///
    /// @param args the folder with the examples
    public static void main(String[] args) {
        for (String[] run : RUNS) {
            String[] words = run.clone();
            for (int i = 0; i < words.length; i++) {
                words[i] = words[i].isEmpty() ? args[0] : words[i];
            }
            Reeve.run(
                    words,
                    InputStream.nullInputStream(),
                    OutputStream.nullOutputStream(),
                    OutputStream.nullOutputStream());
        }
    }
}
