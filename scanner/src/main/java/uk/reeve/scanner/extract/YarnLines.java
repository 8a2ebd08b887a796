package uk.reeve.scanner.extract;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the lines of both formats of `yarn.lock`: two blanks a level, `key value` in the one and `key: value` in the
/// other, either in quotes where it has special characters.
final class YarnLines implements ScanFile.Lines {

    private final Sink out;
    private final List<YarnEntry> entries = new ArrayList<>();
    private @Nullable YarnEntry entry;
    private String block = "";
    private String dependency = "";
    private boolean yarn;
    private boolean conflict;
    private boolean berry;

    YarnLines(Sink out) {
        this.out = out;
    }

    List<YarnEntry> entries() {
        return entries;
    }

    /// Whether it says that it is a lock file, even of nothing.
    boolean isYarn() {
        return yarn;
    }

    /// The sign by which the file seems cut within its last entry; null where there is none.
    @Nullable
    String cut() {
        if (entries.isEmpty()) {
            return null;
        }
        YarnEntry last = entries.getLast();
        String about = "the last entry, \"" + Parts.shown(last.descriptors.getFirst()) + "\", ";
        if (last.version == null) { // said of it where it is looked at, if it has a name
            return last.locator() == null ? about + "has no version" : null;
        }
        if (last.open) {
            return about + "stops within a field";
        }
        if (berry) {
            return last.ended ? null : about + "has no linkType";
        }
        return lacksWhatOthersHave(last) ? about + "lacks what every other entry has" : null;
    }

    // The earlier format ends an entry with nothing of its own; but each has the same fields.
    private boolean lacksWhatOthersHave(YarnEntry last) {
        if (!last.isOfRegistry() || (last.resolved != null && last.integrity != null)) {
            return false;
        }
        boolean resolved = false;
        boolean integrity = true;
        for (YarnEntry other : entries) {
            if (other != last && other.isOfRegistry()) {
                if (other.resolved == null) {
                    return false;
                }
                resolved = true;
                integrity &= other.integrity != null;
            }
        }
        return resolved && (last.resolved == null || integrity);
    }

    @Override
    public void line(int number, String text) {
        int indent = 0;
        while (indent < text.length() && text.charAt(indent) == ' ') {
            indent++;
        }
        if (indent == text.length() || text.charAt(indent) == '#') {
            yarn |= text.contains("yarn lockfile");
            return;
        }
        if (indent == 0) {
            top(number, text);
            return;
        }
        YarnEntry open = entry;
        if (open == null) {
            return;
        }
        String key = token(text, indent);
        int after = indent + raw(text, indent);
        if (after < text.length() && text.charAt(after) == ':') {
            after++;
        }
        while (after < text.length() && text.charAt(after) == ' ') {
            after++;
        }
        String value = after < text.length() ? token(text, after) : "";
        boolean half = !value.isEmpty() && !closed(text, after);
        open.open = value.isEmpty() || half;
        field(open, indent / 2, key, half ? "" : value);
    }

    private void top(int number, String text) {
        entry = null;
        if (text.startsWith("<<<<<<<") || text.startsWith("=======") || text.startsWith(">>>>>>>")) {
            if (!conflict) {
                out.problem(number, "holds a merge conflict; resolve it, and write the file again with: yarn install");
            }
            conflict = true;
            return;
        }
        if (text.startsWith("__metadata:")) {
            yarn = true;
            berry = true;
            return;
        }
        if (text.equals(":")) {
            entry = entries.isEmpty() ? null : entries.getLast(); // the line after a long key: "? key"
            return;
        }
        List<String> descriptors = descriptors(text.startsWith("? ") ? text.substring(2) : text);
        if (!descriptors.isEmpty()) {
            entry = new YarnEntry(number, descriptors);
            entries.add(entry);
            block = "";
        }
    }

    private void field(YarnEntry open, int level, String key, String value) {
        if (level == 1) {
            block = value.isEmpty() ? key : "";
            switch (key) {
                case "version" -> open.version = known(value);
                case "resolved" -> open.resolved = known(value);
                case "resolution" -> open.resolution = known(value);
                case "integrity" -> open.integrity = known(value);
                case "linkType" -> open.ended = true;
                default -> {}
            }
        } else if (level == 2) {
            dependency = key;
            switch (block) {
                case "dependencies" -> open.dependencies.put(key, value);
                case "optionalDependencies" -> {
                    open.dependencies.put(key, value);
                    open.optional.add(key);
                }
                default -> {}
            }
        } else if (block.equals("dependenciesMeta") && key.equals("optional") && value.equals("true")) {
            open.optional.add(dependency);
        }
    }

    private static @Nullable String known(String value) {
        return value.isEmpty() ? null : value;
    }

    // "a@^1", b@^2: or "a@npm:^1, a@npm:^2":
    private static List<String> descriptors(String text) {
        List<String> found = new ArrayList<>(2);
        int at = 0;
        while (at < text.length() && text.charAt(at) != ':') {
            String token = token(text, at);
            int start = 0;
            for (int comma = token.indexOf(", "); comma >= 0; comma = token.indexOf(", ", start)) {
                found.add(token.substring(start, comma));
                start = comma + 2;
            }
            if (start < token.length()) {
                found.add(token.substring(start));
            }
            at += Math.max(1, raw(text, at));
            while (at < text.length() && (text.charAt(at) == ',' || text.charAt(at) == ' ')) {
                at++;
            }
        }
        return found;
    }

    // Whether the token that begins there is no half of a quoted one.
    private static boolean closed(String text, int at) {
        if (text.charAt(at) != '"') {
            return true;
        }
        int end = at + raw(text, at) - 1;
        return end > at && text.charAt(end) == '"';
    }

    private static String token(String text, int at) {
        int length = raw(text, at);
        if (text.charAt(at) != '"') {
            return text.substring(at, at + length);
        }
        boolean closed = length > 1 && text.charAt(at + length - 1) == '"';
        String inside = text.substring(at + 1, at + length - (closed ? 1 : 0));
        return inside.indexOf('\\') < 0 ? inside : inside.replace("\\\"", "\"").replace("\\\\", "\\");
    }

    // How many characters the token has, quotes included. A colon ends a bare one only before a blank or the end.
    private static int raw(String text, int at) {
        boolean quoted = text.charAt(at) == '"';
        int end = quoted ? at + 1 : at;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (quoted && c == '"') {
                return end + 1 - at;
            }
            if (quoted && c == '\\') {
                end++;
            } else if (!quoted) {
                boolean ends = c == ':' && (end + 1 == text.length() || text.charAt(end + 1) == ' ');
                if (c == ' ' || c == ',' || ends) {
                    break;
                }
            }
            end++;
        }
        return Math.min(end, text.length()) - at;
    }
}
