package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// The operating system of a root file system. Source: freedesktop.org, os-release(5).
///
/// @param id `debian`; empty where nobody tells
/// @param version its number, else the name of the release (`trixie`); empty where it has none
record OsRelease(String id, String version) {

    /// Nobody tells.
    static final OsRelease UNKNOWN = new OsRelease("", "");

    static boolean isIts(ScanPath path) {
        return path.endsWith("etc/os-release") || path.endsWith("usr/lib/os-release");
    }

    /// Of the file system that a package manager's file lies in.
    ///
    /// @param up from that file's folder to the root: `../../..`
    static OsRelease of(ScanFile file, String up) throws IOException {
        for (String place : new String[] {"/etc/os-release", "/usr/lib/os-release"}) {
            ScanFile told = file.neighbour(up + place);
            OsRelease release = told == null ? UNKNOWN : read(told);
            if (!release.id().isEmpty()) {
                return release;
            }
        }
        return UNKNOWN;
    }

    private static OsRelease read(ScanFile file) throws IOException {
        String[] found = {"", "", ""};
        try {
            file.lines((_, line) -> {
                String text = line.strip();
                int equals = text.indexOf('=');
                String value = equals < 0 ? "" : unquoted(text.substring(equals + 1));
                switch (equals < 0 ? "" : text.substring(0, equals)) {
                    case "ID" -> found[0] = value;
                    case "VERSION_ID" -> found[1] = value;
                    case "VERSION_CODENAME" -> found[2] = value;
                    default -> {}
                }
            });
        } catch (Unreadable e) {
            return UNKNOWN;
        }
        return new OsRelease(found[0], found[1].isEmpty() ? found[2] : found[1]);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /// As a package URL's qualifier has it; null where the release is not known.
    private @Nullable String distro() {
        return id.isEmpty() || version.isEmpty() ? null : id + "-" + version;
    }

    /// A package that its package manager has installed.
    ///
    /// @param usual whose packages these are where nobody tells
    /// @param upstream the source package, with `@VERSION` where that differs; null where it is the package itself
    /// @return its number; -1 where it makes up no package URL
    int installed(
            int line,
            String type,
            String usual,
            String name,
            String version,
            @Nullable String arch,
            @Nullable String upstream,
            Sink out) {
        return installed(line, type, usual, name, version, arch, null, upstream, out);
    }

    /// The same of RPM's.
    ///
    /// @param epoch null where there is none
    int installed(
            int line,
            String type,
            String usual,
            String name,
            String version,
            @Nullable String arch,
            @Nullable String epoch,
            @Nullable String upstream,
            Sink out) {
        Map<String, String> qualifiers = new LinkedHashMap<>();
        put(qualifiers, "arch", arch);
        put(qualifiers, "distro", distro());
        put(qualifiers, "epoch", epoch);
        put(qualifiers, "upstream", upstream);
        try {
            Purl purl = Purl.of(type, id.isEmpty() ? usual : namespace(), name, version, qualifiers, null);
            return out.component(line, purl, Scope.RUNTIME);
        } catch (BadPurl e) {
            out.problem(line, "the package " + name + " " + version + " makes up no package URL: " + e.getMessage());
            return -1;
        }
    }

    // As package URLs name whose packages they are. Source: package-url, "rpm".
    private String namespace() {
        return switch (id) {
            case "rhel" -> "redhat";
            case "opensuse-leap", "opensuse-tumbleweed" -> "opensuse";
            default -> id;
        };
    }

    private static void put(Map<String, String> qualifiers, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            qualifiers.put(name, value);
        }
    }
}
