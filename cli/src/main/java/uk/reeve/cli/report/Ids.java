package uk.reeve.cli.report;

import org.jspecify.annotations.Nullable;

/// Who gives an id, and where a person can read of it.
final class Ids {

    private Ids() {}

    /// Name of who gave the id; its prefix where we know no more.
    static String source(String id) {
        int dash = id.indexOf('-');
        String prefix = dash < 0 ? id : id.substring(0, dash);
        return switch (prefix) {
            case "CVE" -> "CVE Program";
            case "GHSA" -> "GitHub Advisory Database";
            case "PYSEC" -> "Python Packaging Advisory Database";
            case "RUSTSEC" -> "RustSec Advisory Database";
            case "GO" -> "Go Vulnerability Database";
            case "MAL" -> "OpenSSF Malicious Packages";
            case "OSV" -> "OSV";
            case "DSA", "DLA", "DTSA", "DEBIAN" -> "Debian";
            case "USN", "UBUNTU", "LSN" -> "Ubuntu";
            case "ALPINE" -> "Alpine";
            case "RHSA", "RHBA", "RHEA" -> "Red Hat";
            case "ALSA", "ALBA", "ALEA" -> "AlmaLinux";
            case "RLSA", "RXSA" -> "Rocky Linux";
            case "SUSE" -> "SUSE";
            case "openSUSE" -> "openSUSE";
            case "CGA" -> "Chainguard";
            case "BIT" -> "Bitnami";
            case "HSEC" -> "Haskell Security Advisory Database";
            case "RSEC" -> "R Consortium Advisory Database";
            case "DRUPAL" -> "Drupal";
            case "EEF" -> "Erlang Ecosystem Foundation";
            default -> prefix;
        };
    }

    /// Address of the record in OSV; null where the id cannot stand in one.
    static @Nullable String address(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (!plain && c != '-' && c != ':' && c != '.' && c != '_') {
                return null;
            }
        }
        return id.isEmpty() ? null : "https://osv.dev/vulnerability/" + id;
    }
}
