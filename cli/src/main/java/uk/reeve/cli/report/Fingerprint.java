package uk.reeve.cli.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.sbom.Component;

/// By what a later run knows the same finding again: its flaw, its package without the version, and the file relative
/// to what was scanned. Never by place in a list, time or an absolute path.
final class Fingerprint {

    private Fingerprint() {}

    /// 32 hex digits.
    ///
    /// @param file relative; empty where the finding is meant wherever it is seen
    static String of(Finding finding, Component component, String file) {
        String text = finding.id() + "\n" + SavedReport.packageOf(component) + "\n" + file;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
