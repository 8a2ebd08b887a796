package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;

/// What dpkg has installed: `var/lib/dpkg/status`, and of images without a package manager a file each in
/// `var/lib/dpkg/status.d`. Source: dpkg(1), "Package states"; Debian Policy 5.1, 5.6.1.
final class DpkgStatus implements Extractor {

    private static final Set<String> KEPT = Set.of("Package", "Status", "Version", "Architecture", "Source");

    @Override
    public String name() {
        return "deb/status";
    }

    @Override
    public boolean installed() {
        return true;
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.endsWith("var/lib/dpkg/status")
                || path.endsWith("var/lib/dpkg/status.d/" + path.fileName())
                        && !path.fileName().endsWith(".md5sums");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        read(file, OsRelease.of(file, file.path().fileName().equals("status") ? "../../.." : "../../../.."), out);
    }

    /// Paragraphs of packages, one or many.
    static void read(ScanFile file, OsRelease system, Sink out) throws IOException, Unreadable {
        Map<String, String> fields = new LinkedHashMap<>();
        int[] first = {1};
        file.lines((number, line) -> {
            if (line.isBlank()) {
                take(fields, first[0], system, out);
                fields.clear();
                return;
            }
            int colon = line.indexOf(':');
            if (fields.isEmpty()) {
                first[0] = number;
            }
            if (colon > 0 && KEPT.contains(line.substring(0, colon))) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            } else if (fields.isEmpty()) {
                fields.put("", "");
            }
        });
        take(fields, first[0], system, out);
    }

    private static void take(Map<String, String> fields, int line, OsRelease system, Sink out) {
        String name = fields.getOrDefault("Package", "");
        String version = fields.getOrDefault("Version", "");
        if (name.isEmpty() || !isThere(fields.get("Status"))) {
            return;
        }
        if (version.isEmpty()) {
            out.problem(line, "the package " + name + " has no \"Version\"; the file may be damaged");
            return;
        }
        system.installed(
                line, "deb", "debian", name, version, fields.get("Architecture"), upstream(fields.get("Source")), out);
    }

    // The last of three words is the state; what has left nothing but its settings is gone.
    private static boolean isThere(@Nullable String status) {
        String state = status == null ? "installed" : status.substring(status.lastIndexOf(' ') + 1);
        return !state.equals("not-installed") && !state.equals("config-files");
    }

    // `gcc-12 (12.2.0-14)`
    private static @Nullable String upstream(@Nullable String source) {
        if (source == null || source.isEmpty()) {
            return null;
        }
        int open = source.indexOf('(');
        int close = source.indexOf(')', open + 1);
        return open < 0 || close < 0
                ? source
                : source.substring(0, open).strip() + "@"
                        + source.substring(open + 1, close).strip();
    }
}
