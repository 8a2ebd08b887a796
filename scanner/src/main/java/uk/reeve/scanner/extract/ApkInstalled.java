package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import uk.reeve.engine.input.Unreadable;

/// What apk has installed: `lib/apk/db/installed`, of late below `usr`. Source: Alpine Linux, "Apk spec", installed
/// database.
final class ApkInstalled implements Extractor {

    @Override
    public String name() {
        return "apk/installed";
    }

    @Override
    public boolean installed() {
        return true;
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.endsWith("lib/apk/db/installed");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        OsRelease system =
                OsRelease.of(file, file.path().endsWith("usr/lib/apk/db/installed") ? "../../../.." : "../../..");
        Map<Character, String> fields = new HashMap<>();
        int[] first = {1};
        file.lines((number, line) -> {
            if (line.isBlank()) {
                take(fields, first[0], system, out);
                fields.clear();
                return;
            }
            first[0] = fields.isEmpty() ? number : first[0];
            if (line.length() > 1 && line.charAt(1) == ':') {
                fields.putIfAbsent(line.charAt(0), line.substring(2).strip());
            }
        });
        take(fields, first[0], system, out);
    }

    private static void take(Map<Character, String> fields, int line, OsRelease system, Sink out) {
        String name = fields.getOrDefault('P', "");
        String version = fields.getOrDefault('V', "");
        if (name.isEmpty()) {
            return;
        }
        if (version.isEmpty()) {
            out.problem(line, "the package " + name + " has no version (V:); the file may be damaged");
            return;
        }
        String origin = fields.get('o');
        system.installed(
                line, "apk", "alpine", name, version, fields.get('A'), name.equals(origin) ? null : origin, out);
    }
}
