package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;

/// `Cargo.lock`, versions 1 to 4. It also locks what only other platforms or features would compile, and does not tell
/// which; packages without a source are the workspace's own.
final class CargoLock implements Extractor {

    private static final String AGAIN = "cargo generate-lockfile";

    @Override
    public String name() {
        return "cargo/cargo-lock";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("Cargo.lock");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = file.toml();
        List<Node> packages = new ArrayList<>(root.items("package"));
        Node own = root.get("root");
        if (own != null) {
            packages.add(own);
        }
        if (packages.isEmpty() && root.get("version") == null) {
            throw new Unreadable(1, "has no [[package]]; write it again with: cargo generate-lockfile");
        }
        boolean told = file.tellOpenLine(out, AGAIN);
        Parts parts = new Parts(out, "cargo");
        List<String> direct = new ArrayList<>();
        Set<String> members = new HashSet<>();
        for (Node entry : packages) {
            if (entry.text("source") == null) {
                members.add(String.valueOf(entry.text("name")));
                members.add(entry.text("name") + " " + entry.text("version"));
            }
            add(entry, parts, direct, out);
        }
        String missing = parts.missing(members);
        if (missing != null && !told) {
            out.problem(0, ScanFile.cut("\"" + Parts.shown(missing) + "\" is needed, and not there", AGAIN));
        }
        for (String key : direct) {
            parts.direct(key);
        }
        parts.link();
    }

    private static void add(Node entry, Parts parts, List<String> direct, Sink out) {
        String source = entry.text("source");
        if (source == null) {
            for (Node needed : entry.items("dependencies")) {
                direct.add(key(needed.text()));
            }
            return;
        }
        String name = entry.text("name");
        String version = entry.text("version");
        int number = parts.add(name + " " + version, entry.line(), null, name, version, Scope.RUNTIME);
        if (number == Parts.NONE) {
            return;
        }
        parts.alias(String.valueOf(name), number);
        for (Node needed : entry.items("dependencies")) {
            parts.needs(number, key(needed.text()));
        }
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("presence", "locked, perhaps not compiled");
        String checksum = entry.text("checksum");
        if (checksum != null) {
            facts.put("hash:SHA-256", checksum);
        }
        if (source.startsWith("git+")) {
            facts.put("source", source);
        }
        out.tell(number, facts);
    }

    /// `name`, `name version` or `name version (source)` without its source.
    private static String key(@Nullable String dependency) {
        String text = dependency == null ? "" : dependency;
        int bracket = text.indexOf(" (");
        return bracket < 0 ? text : text.substring(0, bracket);
    }
}
