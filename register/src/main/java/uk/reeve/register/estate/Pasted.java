package uk.reeve.register.estate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A list of systems as someone pasted it or a spreadsheet wrote it: name, version, service, owner, by commas or tabs.
/// Pure text; nothing is looked up.
///
/// @param refused row numbers by cause
/// @param columns which column was taken for what, where the first row was a header; else null
public record Pasted(
        List<Line> lines,
        Map<Cause, List<Integer>> refused,
        @Nullable String columns) {

    public static final int MOST = 200;
    private static final int FIELD = 200;
    private static final int VERSION = 100;
    private static final int QUOTED = 2_000;
    private static final Pattern LOOKS_LIKE_VERSION = Pattern.compile("(?i)v?\\d[\\w.+-]*");
    private static final Pattern NAME_AND_VERSION = Pattern.compile("(?i)(.*\\S)\\s+(v?\\d[\\w.+-]*)");
    private static final Pattern BLANKS = Pattern.compile(
            "[\\p{Cntrl}\\p{Zs}\\x{FEFF}\\x{200E}\\x{200F}\\x{061C}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]+");

    /// One system.
    ///
    /// @param row of the list, from 1
    /// @param version empty where it has no field of its own
    public record Line(int row, String name, String version, String service, String owner) {

        /// The name without what may be a version at its end.
        String stem() {
            Matcher matcher = NAME_AND_VERSION.matcher(name);
            return version.isEmpty() && matcher.matches() ? matcher.group(1) : name;
        }

        /// The version's own field, else what may be one at the name's end; empty where there is neither.
        String anyVersion() {
            Matcher matcher = NAME_AND_VERSION.matcher(name);
            return version.isEmpty() && matcher.matches() ? matcher.group(2) : version;
        }

        /// What was written of product and version.
        public String written() {
            return version.isEmpty() ? name : name + " " + version;
        }
    }

    /// Why a row is left out.
    public enum Cause {
        NO_NAME("has no name", "have no name"),
        TOO_LONG(
                "has a field that is too long (200 characters at most, 100 for a version)",
                "have a field that is too long (200 characters at most, 100 for a version)"),
        TWICE("says the same as an earlier row", "say the same as earlier rows");

        private final String one;
        private final String many;

        Cause(String one, String many) {
            this.one = one;
            this.many = many;
        }

        /// "Row 7 has no name", "Rows 3 and 9 have no name".
        public String words(List<Integer> rows) {
            if (rows.size() == 1) {
                return "Row " + rows.getFirst() + " " + one;
            }
            List<String> numbers = rows.stream().map(String::valueOf).toList();
            int last = numbers.size() - 1;
            return "Rows " + String.join(", ", numbers.subList(0, last)) + " and " + numbers.get(last) + " " + many;
        }
    }

    private enum Column {
        NAME("name", "system", "system name", "application", "application name", "product", "software", "title"),
        VERSION("version", "release", "version number"),
        SERVICE("service", "department", "team", "directorate", "business area"),
        OWNER("owner", "contact", "manager", "system owner", "responsible");

        private final Set<String> words;

        Column(String... words) {
            this.words = Set.of(words);
        }
    }

    /// Reads a list; what cannot be taken is told, the rest stays.
    public static Pasted of(String text) {
        List<List<String>> rows = rows(text);
        Map<Column, Integer> header = rows.isEmpty() ? Map.of() : header(rows.getFirst());
        List<Line> lines = new ArrayList<>();
        Map<Cause, List<Integer>> refused = new EnumMap<>(Cause.class);
        Set<List<String>> seen = new HashSet<>();
        for (int i = header.isEmpty() ? 0 : 1; i < rows.size(); i++) {
            List<String> row = rows.get(i);
            if (row.stream().allMatch(String::isEmpty)) {
                continue;
            }
            Line line = line(i + 1, row, header);
            Cause cause = refusal(line);
            if (cause == null && !seen.add(List.of(line.written().toLowerCase(Locale.ROOT), line.service()))) {
                cause = Cause.TWICE;
            }
            if (cause == null) {
                lines.add(line);
            } else {
                refused.computeIfAbsent(cause, _ -> new ArrayList<>()).add(line.row());
            }
        }
        return new Pasted(lines, refused, header.isEmpty() ? null : words(header, rows.getFirst()));
    }

    /// One line of it, outer blanks, control characters, marks of direction and doubled blanks gone.
    static String clean(String field) {
        return BLANKS.matcher(field).replaceAll(" ").strip();
    }

    private static @Nullable Cause refusal(Line line) {
        boolean tooLong = line.name().length() > FIELD
                || line.anyVersion().length() > VERSION
                || line.service().length() > FIELD
                || line.owner().length() > FIELD;
        return line.name().isEmpty() ? Cause.NO_NAME : tooLong ? Cause.TOO_LONG : null;
    }

    private static Line line(int row, List<String> fields, Map<Column, Integer> header) {
        if (!header.isEmpty()) {
            return new Line(
                    row,
                    field(fields, header.get(Column.NAME)),
                    field(fields, header.get(Column.VERSION)),
                    field(fields, header.get(Column.SERVICE)),
                    field(fields, header.get(Column.OWNER)));
        }
        String second = field(fields, 1);
        boolean version = fields.size() >= 4
                || LOOKS_LIKE_VERSION.matcher(second).matches()
                || (second.isEmpty() && fields.size() >= 3);
        int service = version ? 2 : 1;
        return new Line(
                row, field(fields, 0), version ? second : "", field(fields, service), field(fields, service + 1));
    }

    private static String field(List<String> fields, @Nullable Integer at) {
        return at == null || at >= fields.size() ? "" : fields.get(at);
    }

    /// A header names the column of names, and another one unless it is the only one.
    private static Map<Column, Integer> header(List<String> first) {
        Map<Column, Integer> found = new EnumMap<>(Column.class);
        for (int i = 0; i < first.size(); i++) {
            String word = first.get(i).toLowerCase(Locale.ROOT);
            for (Column column : Column.values()) {
                if (column.words.contains(word)) {
                    found.putIfAbsent(column, i);
                }
            }
        }
        boolean header = found.containsKey(Column.NAME) && (found.size() >= 2 || first.size() == 1);
        return header ? found : new HashMap<>();
    }

    private static String words(Map<Column, Integer> header, List<String> first) {
        List<String> words = new ArrayList<>();
        header.forEach((column, at) ->
                words.add("“" + first.get(at) + "” as " + column.name().toLowerCase(Locale.ROOT)));
        return String.join(", ", words);
    }

    /// Rows of fields, as RFC 4180 and people write them: a quote that does not end is a character like any other.
    private static List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        int at = 0;
        char separator = separator(text, 0);
        while (at <= text.length()) {
            int quoted = at < text.length() && text.charAt(at) == '"' ? quoteEnd(text, at, separator) : -1;
            int end = quoted >= 0 ? quoted : at;
            while (end < text.length() && text.charAt(end) != separator && text.charAt(end) != '\n') {
                end++;
            }
            String field =
                    quoted >= 0 ? text.substring(at + 1, quoted - 1).replace("\"\"", "\"") : text.substring(at, end);
            row.add(clean(field));
            boolean rowEnds = end >= text.length() || text.charAt(end) == '\n';
            at = end + 1;
            if (rowEnds) {
                rows.add(row);
                row = new ArrayList<>();
                separator = separator(text, at);
            }
        }
        return rows;
    }

    private static char separator(String text, int from) {
        int end = text.indexOf('\n', from);
        int tab = text.indexOf('\t', from);
        return tab >= 0 && (end < 0 || tab < end) ? '\t' : ',';
    }

    /// Behind the closing quote of the field that begins at `start`; -1 where none closes it.
    private static int quoteEnd(String text, int start, char separator) {
        int limit = Math.min(text.length(), start + QUOTED);
        for (int i = start + 1; i < limit; i++) {
            if (text.charAt(i) != '"') {
                continue;
            }
            char next = i + 1 < text.length() ? text.charAt(i + 1) : '\n';
            if (next == '"') {
                i++;
            } else {
                return next == separator || next == '\n' || next == '\r' ? i + 1 : -1;
            }
        }
        return -1;
    }
}
