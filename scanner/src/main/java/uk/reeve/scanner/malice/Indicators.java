package uk.reeve.scanner.malice;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.LineInput;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.version.Ecosystem;

/// Lists of malicious versions as people publish them during a campaign, before there are records. Lines are
/// `name:version` or `type:name:version` (`npm`, `pypi`, `composer`, `crates`, `gem`, …; without one npm), and `#`
/// opens a comment, of which the last is said with a hit. CSV has a header with columns whose names hold `package`
/// or `name`, and `version`; versions of one cell are apart by `,`, `;` or `|`, with or without `=`. A list names
/// exact versions: a line without one is no indicator.
public final class Indicators {

    private static final int MOST = 1_000_000;
    private static final Map<String, String> TYPES = Map.of(
            "npm",
            "npm",
            "pypi",
            "pypi",
            "composer",
            "composer",
            "packagist",
            "composer",
            "crates",
            "cargo",
            "cargo",
            "cargo",
            "gem",
            "gem",
            "rubygems",
            "gem",
            "nuget",
            "nuget",
            "maven",
            "maven");

    private final Map<String, Hit> hits = new HashMap<>();

    /// @param list as the person named it
    /// @param words what the list says of it; empty where it says nothing
    public record Hit(String list, int line, String words) {}

    /// Adds the lines of a list.
    ///
    /// @param name as the person named it
    /// @return how many versions were read
    /// @throws Unreadable where no line names a version
    public int read(String name, Path path) throws IOException, Unreadable {
        int before = hits.size();
        try (InputStream in = Files.newInputStream(path)) {
            LineInput lines = new LineInput(in);
            String first = lines.next();
            if (first != null
                    && first.indexOf(',') > 0
                    && first.toLowerCase(Locale.ROOT).contains("version")) {
                table(name, columns(first), lines);
            } else {
                plain(name, first, lines);
            }
        }
        if (hits.size() == before) {
            throw new Unreadable(
                    1, "names no version; a line is NAME:VERSION, or there are columns package and version");
        }
        return hits.size() - before;
    }

    private void plain(String name, @Nullable String first, LineInput lines) throws IOException, Unreadable {
        String comment = "";
        for (String line = first; line != null; line = lines.next()) {
            String text = line.strip();
            if (text.startsWith("#")) {
                String words = text.replaceAll("^[#=\\s]{1,200}|[#=\\s]{1,200}$", "");
                comment = words.isEmpty() ? comment : words;
                continue;
            }
            int colon = text.lastIndexOf(':');
            if (colon > 0 && colon + 1 < text.length()) {
                String packageName = text.substring(0, colon);
                int type = packageName.indexOf(':');
                String told = type < 0
                        ? "npm"
                        : TYPES.get(packageName.substring(0, type).toLowerCase(Locale.ROOT));
                if (told != null) { // else of a registry whose names are not known here
                    add(
                            told,
                            packageName.substring(type + 1),
                            text.substring(colon + 1),
                            new Hit(name, lines.number(), comment));
                }
            }
        }
    }

    private void table(String name, Map<String, Integer> columns, LineInput lines) throws IOException, Unreadable {
        int packages = columns.getOrDefault("package", -1);
        int versions = columns.getOrDefault("version", -1);
        int types = columns.getOrDefault("type", -1);
        for (String line = lines.next(); line != null; line = lines.next()) {
            List<String> cells = cells(line);
            if (packages >= 0 && versions >= 0 && Math.max(packages, versions) < cells.size()) {
                String told = types < 0 || types >= cells.size()
                        ? "npm"
                        : cells.get(types).toLowerCase(Locale.ROOT);
                String type = TYPES.get(told.split(" ", 2)[0]); // "pypi package"
                if (type == null) {
                    continue; // an image, a program
                }
                for (String version : cells.get(versions).split("[,;|]|\\s\\|\\|\\s", 200)) {
                    add(type, cells.get(packages), version, new Hit(name, lines.number(), ""));
                }
            }
        }
    }

    private static Map<String, Integer> columns(String header) {
        Map<String, Integer> found = new HashMap<>();
        List<String> cells = cells(header);
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i).toLowerCase(Locale.ROOT);
            if (cell.contains("version")) {
                found.putIfAbsent("version", i);
            } else if (cell.contains("ecosystem") || cell.contains("type") || cell.contains("registry")) {
                found.putIfAbsent("type", i);
            } else if (cell.contains("package") || cell.contains("name")) {
                found.putIfAbsent("package", i);
            }
        }
        return found;
    }

    // RFC 4180, but a line is a row.
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }

    private void add(String type, String name, String version, Hit hit) throws Unreadable {
        String plain = version.strip().replaceAll("^[=v\\s]{1,8}", "");
        if (hits.size() >= MOST) {
            throw new Unreadable(hit.line(), "has more than " + MOST + " versions");
        }
        if (!plain.isEmpty() && Character.isDigit(plain.charAt(0))) {
            hits.putIfAbsent(key(type, name.strip(), plain), hit);
        }
    }

    /// What the lists say of exactly this version.
    public List<Hit> of(Purl purl) {
        String version = purl.version();
        String namespace = purl.namespace();
        String separator = purl.type().equals("maven") ? ":" : "/";
        String name = namespace == null ? purl.name() : namespace + separator + purl.name();
        Hit hit = version == null ? null : hits.get(key(purl.type(), name, version));
        return hit == null ? List.of() : List.of(hit);
    }

    private static String key(String type, String name, String version) {
        List<Ecosystem> known = Ecosystem.ofPurlType(type);
        String alike = known.isEmpty() ? name : known.getFirst().matchKey(name);
        return type + "/" + alike + "@" + version;
    }
}
