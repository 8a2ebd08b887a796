package uk.reeve.scanner.malice.sign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.reeve.engine.input.Controls;
import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Stage;

/// What was seen, by sign and by file.
public final class Sightings {

    /// Where what concerns the package as such is kept.
    public static final String PACKAGE = "";

    /// Where what runs at installation is kept, whatever its file.
    public static final String INSTALL = "\0install";

    private static final int MOST_OF_A_SIGN = 10;
    private static final int EXCERPT = 160;
    private static final int BEFORE = 40;

    private final Map<Sign, List<Sighting>> seen = new LinkedHashMap<>();
    private final Map<String, Set<Sign>> byFile = new HashMap<>();

    /// Something in a text; nothing where the offset is -1.
    public void add(Sign sign, FileText text, int offset) {
        if (offset >= 0) {
            add(
                    sign,
                    text.stage() == Stage.INSTALL ? INSTALL : text.path(),
                    text.path(),
                    text.line(offset),
                    excerpt(text, offset));
        }
    }

    /// Something in a file that has no text.
    public void add(Sign sign, String file, String excerpt) {
        add(sign, file, file, 0, safe(excerpt));
    }

    /// Something about the package as such.
    ///
    /// @param file where it is told
    public void addOfPackage(Sign sign, String file, int line, String excerpt) {
        add(sign, PACKAGE, file, line, safe(excerpt));
    }

    private void add(Sign sign, String group, String file, int line, String excerpt) {
        List<Sighting> list = seen.computeIfAbsent(sign, _ -> new ArrayList<>());
        Sighting sighting = new Sighting(safe(file), line, excerpt);
        if (list.size() < MOST_OF_A_SIGN && !list.contains(sighting)) {
            list.add(sighting);
        }
        byFile.computeIfAbsent(group, _ -> new HashSet<>()).add(sign);
    }

    /// The first places of each sign.
    public Map<Sign, List<Sighting>> seen() {
        return seen;
    }

    /// By path, [#PACKAGE] or [#INSTALL].
    public Map<String, Set<Sign>> byFile() {
        return byFile;
    }

    private static String excerpt(FileText text, int offset) {
        String all = text.text();
        int start = Math.max(text.lineStart(offset), offset - BEFORE);
        int line = all.indexOf('\n', offset);
        int end = Math.min(line < 0 ? all.length() : line, start + EXCERPT);
        return safe(all.substring(start, end).strip());
    }

    private static String safe(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length() && out.length() < EXCERPT; i++) {
            char c = text.charAt(i);
            if (c == '\t') {
                out.append(' ');
            } else if (Controls.isOne(c) || Character.isSurrogate(c) || (c >= 0xfe00 && c <= 0xfe0f)) {
                out.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
