package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;

/// What dpkg has installed: `var/lib/dpkg/status`, and of images without a package manager a file each in
/// `var/lib/dpkg/status.d`. Source: dpkg(1), "Package states"; Debian Policy 5.1, 5.6.1.
final class DpkgStatus implements PackageDatabase {

    private static final Set<String> KEPT = Set.of("Package", "Status", "Version", "Architecture", "Source");

    @Override
    public String name() {
        return "deb/status";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.endsWith("var/lib/dpkg/status")
                || path.endsWith("var/lib/dpkg/status.d/" + path.fileName())
                        && !path.fileName().endsWith(".md5sums");
    }

    @Override
    public boolean looksAt(ScanPath path) {
        String name = path.fileName();
        return PackageDatabase.super.looksAt(path)
                || (name.endsWith(".list") && path.endsWith("var/lib/dpkg/info/" + name))
                || (name.endsWith(".md5sums") && path.endsWith("var/lib/dpkg/status.d/" + name));
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        read(file, OsRelease.of(file, file.path().fileName().equals("status") ? "../../.." : "../../../.."), out);
    }

    /// Paragraphs of packages, one or many.
    static void read(ScanFile file, OsRelease system, Sink out) throws IOException, Unreadable {
        Map<String, String> fields = new LinkedHashMap<>();
        Set<String> listed = new HashSet<>();
        int[] first = {1};
        file.lines((number, line) -> {
            if (line.isBlank()) {
                own(file, take(fields, first[0], system, out), fields, listed, out);
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
        own(file, take(fields, first[0], system, out), fields, listed, out);
    }

    // `info/curl.list`, `info/libc6:amd64.list` with a path a line; `status.d/base.md5sums` with digest and path.
    private static void own(ScanFile file, int component, Map<String, String> fields, Set<String> listed, Sink out)
            throws IOException {
        String name = fields.getOrDefault("Package", "");
        if (component < 0 || name.indexOf('/') >= 0) {
            return;
        }
        boolean whole = file.path().fileName().equals("status");
        ScanFile list =
                file.neighbour(whole ? "info/" + name + ".list" : file.path().fileName() + ".md5sums");
        if (list == null && whole) {
            list = file.neighbour("info/" + name + ":" + fields.getOrDefault("Architecture", "") + ".list");
        }
        if (list == null || !listed.add(list.path().value())) { // each is read once, however often a file names it
            return;
        }
        try {
            list.lines((_, line) -> {
                int path = whole ? 0 : line.indexOf("  ") + 2;
                if (whole ? line.startsWith("/") : path > 1) {
                    out.owns(component, (whole ? "../../.." : "../../../../") + line.substring(path));
                }
            });
        } catch (Unreadable e) {
            out.problem(0, "the list of files of " + name + " beside it " + e.getMessage());
        }
    }

    /// The component's number; -1 where there is none.
    private static int take(Map<String, String> fields, int line, OsRelease system, Sink out) {
        String name = fields.getOrDefault("Package", "");
        String version = fields.getOrDefault("Version", "");
        if (name.isEmpty() || !isThere(fields.get("Status"))) {
            return -1;
        }
        if (version.isEmpty()) {
            out.problem(line, "the package " + name + " has no \"Version\"; the file may be damaged");
            return -1;
        }
        return system.installed(
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
