package uk.reeve.cli.report;

import java.nio.charset.StandardCharsets;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.sbom.Component;

/// By what a later run knows the same finding again: its flaw, its package without the version, and the file relative
/// to what was scanned. Never by place in a list, time or an absolute path.
final class Fingerprint {

    private Fingerprint() {}

    private static final long PRIME = 0x100000001b3L;

    /// 32 hex digits: 64 bits of FNV-1a from each end. The JDK's digests cost tens of milliseconds at their first use.
    ///
    /// @param file relative; empty where the finding is meant wherever it is seen
    static String of(Finding finding, Component component, String file) {
        return of(finding.id() + "\n" + SavedReport.packageOf(component), file);
    }

    /// The same of anything else that is found in a file.
    static String of(String what, String file) {
        String text = what + "\n" + file;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long forth = 0xcbf29ce484222325L;
        long back = 0x6c62272e07bb0142L;
        for (int i = 0; i < bytes.length; i++) {
            forth = (forth ^ (bytes[i] & 0xff)) * PRIME;
            back = (back ^ (bytes[bytes.length - 1 - i] & 0xff)) * PRIME;
        }
        return hex(forth) + hex(back);
    }

    private static String hex(long bits) {
        String digits = Long.toHexString(bits);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
