package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.reeve.engine.input.Unreadable;

/// What apk has installed: `lib/apk/db/installed`, of late below `usr`. Source: Alpine Linux, "Apk spec", installed
/// database.
final class ApkInstalled implements PackageDatabase {

    @Override
    public String name() {
        return "apk/installed";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.endsWith("lib/apk/db/installed");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        String up = file.path().endsWith("usr/lib/apk/db/installed") ? "../../../.." : "../../..";
        OsRelease system = OsRelease.of(file, up);
        List<String> files = new ArrayList<>();
        String[] folder = {""};
        Map<Character, String> fields = new HashMap<>();
        int[] first = {1};
        file.lines((number, line) -> {
            if (line.isBlank()) {
                own(take(fields, first[0], system, out), files, out);
                fields.clear();
                files.clear();
                folder[0] = "";
                return;
            }
            first[0] = fields.isEmpty() ? number : first[0];
            if (line.length() > 1 && line.charAt(1) == ':') {
                String value = line.substring(2).strip();
                switch (line.charAt(0)) {
                    case 'F' -> folder[0] = value.isEmpty() ? "" : value + "/";
                    case 'R' -> files.add(up + "/" + folder[0] + value);
                    default -> fields.putIfAbsent(line.charAt(0), value);
                }
            }
        });
        own(take(fields, first[0], system, out), files, out);
    }

    private static void own(int component, List<String> files, Sink out) {
        for (String file : component < 0 ? List.<String>of() : files) {
            out.owns(component, file);
        }
    }

    private static int take(Map<Character, String> fields, int line, OsRelease system, Sink out) {
        String name = fields.getOrDefault('P', "");
        String version = fields.getOrDefault('V', "");
        if (name.isEmpty()) {
            return -1;
        }
        if (version.isEmpty()) {
            out.problem(line, "the package " + name + " has no version (V:); the file may be damaged");
            return -1;
        }
        String origin = fields.get('o');
        return system.installed(
                line, "apk", "alpine", name, version, fields.get('A'), name.equals(origin) ? null : origin, out);
    }
}
