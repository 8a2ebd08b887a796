package uk.reeve.scanner.imitations;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A harmless imitation of a published attack, as text:
///
/// ```
/// name: left-padd
/// version: 1.0.3
/// imitates: in one sentence, what of the attack is imitated
/// report: Title. Publisher, year
/// source: address of the report, or the id of a published record (MAL-, GHSA-, CVE-, RUSTSEC-)
/// technique: T1195.002                   MITRE ATT&CK, several with blanks between
/// as: wheel                              only where the ecosystem has two kinds of archive
///
/// --- path/in/the/archive                its text follows, written as Markup says
/// --- compile path/Of.java               compiled, and its classes put into the archive
/// --- beside path/Of.java                compiled along, and left out
/// --- link path -> target                a symbolic link
/// --- trailing                           bytes after the archive's end
/// ```
///
/// The same path twice is the same path twice; a value of the header may hold markup too. What an archive of the
/// ecosystem always has (PKG-INFO, pom.properties, a nuspec …) is added where the text has none.
record Imitation(String ecosystem, TreeMap<String, String> header, List<Section> sections) {

    /// `kind` is empty for a file; the text is not expanded yet.
    record Section(String kind, String path, String text) {}

    /// The ecosystem is the folder's name.
    static Imitation read(Path file) throws IOException {
        TreeMap<String, String> header = new TreeMap<>();
        List<Section> sections = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        String mark = "";
        for (String line : Files.readString(file).split("\n", -1)) {
            if (line.startsWith("--- ")) {
                close(sections, mark, text);
                mark = line.substring(4).strip();
            } else if (!mark.isEmpty()) {
                text.append(line).append('\n');
            } else if (!line.isBlank()) {
                int colon = line.indexOf(": ");
                if (colon < 0 || header.containsKey(line.substring(0, colon))) {
                    throw new IOException(file + ": neither `key: value` nor for the first time: " + line);
                }
                header.put(line.substring(0, colon), expanded(line.substring(colon + 2)));
            }
        }
        close(sections, mark, text);
        return new Imitation(file.getParent().getFileName().toString(), header, List.copyOf(sections));
    }

    private static String expanded(String value) throws IOException {
        return new String(Markup.expand(value.strip()), StandardCharsets.UTF_8);
    }

    private static void close(List<Section> sections, String mark, StringBuilder text) {
        if (mark.isEmpty()) {
            return;
        }
        int end = text.length();
        while (end > 1 && text.charAt(end - 1) == '\n' && text.charAt(end - 2) == '\n') {
            end--;
        }
        String kind = mark.split(" ", 2)[0];
        boolean special = List.of("compile", "beside", "link", "trailing").contains(kind);
        sections.add(new Section(
                special ? kind : "",
                special ? mark.substring(kind.length()).strip() : mark,
                end == 1 ? "" : text.substring(0, end)));
        text.setLength(0);
    }

    String name() {
        return of("name");
    }

    String version() {
        return of("version");
    }

    /// A line of the header; empty where it is missing.
    String of(String key) {
        return header.getOrDefault(key, "");
    }
}
