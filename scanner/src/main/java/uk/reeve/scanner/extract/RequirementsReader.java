package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Limits;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// Reads a requirements file and those that it includes. What `pip-compile` and `uv` write below a requirement
/// (`# via flask`) tells by which way it comes in; without that, what stands in the file is asked for by the project.
final class RequirementsReader {

    private static final int MOST_INCLUDES = 100;

    private static final class Line {
        final int component;
        final boolean constrains;
        final List<String> via = new ArrayList<>(0);

        Line(int component, boolean constrains) {
            this.component = component;
            this.constrains = constrains;
        }
    }

    private record Open(int line, Requirement requirement) {}

    private final Sink out;
    private final Scope scope;
    private final Set<String> included = new HashSet<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<Open> open = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private boolean tellsVia;

    RequirementsReader(Sink out, Scope scope) {
        this.out = out;
        this.scope = scope;
    }

    void read(ScanFile file) throws IOException, Unreadable {
        included.add(file.path().value());
        boolean constrains = file.path().fileName().startsWith("constraints");
        read(new FileLines(file, 0, constrains));
    }

    private static void read(FileLines lines) throws IOException, Unreadable {
        lines.file.lines(lines);
        lines.end();
    }

    /// The lines of one file, put together where they end in a backslash.
    private final class FileLines implements ScanFile.Lines {

        private final ScanFile file;
        /// The line to which everything belongs that an included file holds; 0 in the file itself.
        private final int at;
        /// Whether it only says which version of what is installed for other reasons.
        private final boolean constrains;

        private final StringBuilder whole = new StringBuilder();
        private int start;
        private @Nullable Line last;
        private boolean inVia;

        FileLines(ScanFile file, int at, boolean constrains) {
            this.file = file;
            this.at = at;
            this.constrains = constrains;
        }

        @Override
        public void line(int number, String text) throws IOException, Unreadable {
            if (text.indexOf('\0') >= 0) {
                throw new Unreadable(number, "is no UTF-8 text (Windows PowerShell writes UTF-16); save it as UTF-8");
            }
            String line = text.strip();
            if (whole.isEmpty() && line.startsWith("#")) {
                inVia = via(line, last, inVia);
                return;
            }
            start = whole.isEmpty() ? number : start;
            int comment = line.startsWith("#") ? 0 : line.indexOf(" #");
            String code = comment < 0 ? line : line.substring(0, comment).strip();
            if (whole.length() + code.length() > Limits.LINE_CHARS) {
                throw new Unreadable(number, "is longer than " + Limits.LINE_CHARS + " characters");
            }
            if (comment < 0 && code.endsWith("\\")) {
                whole.append(code, 0, code.length() - 1).append(' ');
                return;
            }
            whole.append(code);
            if (end()) {
                inVia = comment >= 0 && via(line.substring(comment).strip(), last, false);
            }
        }

        // Takes what was put together; returns whether there was anything.
        boolean end() throws IOException {
            String text = whole.toString().strip();
            whole.setLength(0);
            int number = at == 0 ? start : at;
            if (text.startsWith("-")) {
                option(file, number, text);
                last = null;
            } else if (!text.isEmpty()) {
                last = requirement(number, text, constrains);
            }
            return !text.isEmpty();
        }
    }

    // Returns whether the comments that follow go on with the list.
    private boolean via(String comment, @Nullable Line line, boolean goesOn) {
        String text = comment.substring(1).strip();
        if (text.equals("via")) {
            return line != null;
        }
        boolean here = text.startsWith("via ");
        if (line == null || (!here && !goesOn) || text.isEmpty()) {
            return false;
        }
        for (String name : (here ? text.substring(4) : text).split(", ", -1)) {
            line.via.add(name.strip());
            tellsVia = true;
        }
        return true;
    }

    private @Nullable Line requirement(int number, String text, boolean constrains) {
        int options = text.indexOf(" --");
        String plain = options < 0 ? text : text.substring(0, options).strip();
        if (plain.startsWith(".") || plain.startsWith("/") || plain.startsWith("file:")) {
            if (plain.endsWith(".whl") || plain.endsWith(".tar.gz") || plain.endsWith(".zip")) {
                out.notCovered(number, plain, null, Pypi.ARCHIVE);
            }
            return null; // else a folder of the project's own
        }
        if (plain.contains("://") && !plain.contains(" @ ") && !plain.contains("@ ")) {
            out.notCovered(number, egg(plain), null, Pypi.outside(plain));
            return null;
        }
        Requirement requirement = Requirement.parse(plain);
        if (requirement == null) {
            out.problem(
                    number,
                    "\"" + Parts.shown(plain) + "\" is no requirement; expected a name and versions,"
                            + " as in \"flask==3.0.0\"");
            return null;
        }
        return requirement(number, requirement, constrains);
    }

    private @Nullable Line requirement(int number, Requirement requirement, boolean constrains) {
        String address = requirement.address();
        String version = requirement.pinned();
        if (address != null) {
            out.notCovered(number, requirement.name(), null, Pypi.outside(address));
            return null;
        }
        if (version == null) {
            if (!constrains) {
                open.add(new Open(number, requirement));
            }
            return null;
        }
        Purl purl = Pypi.purl(out, number, requirement.name(), version);
        if (purl == null) {
            return null;
        }
        Line line = new Line(out.component(number, purl, scope), constrains);
        lines.add(line);
        numbers.putIfAbsent(Pypi.key(requirement.name()), line.component);
        return line;
    }

    // -r and -c include; -e is a folder of the project's own or an address; all else says where and how to fetch.
    private void option(ScanFile file, int number, String text) throws IOException {
        String other = value(text, "-r", "--requirement");
        if (other != null) {
            include(file, number, other, false);
            return;
        }
        other = value(text, "-c", "--constraint");
        if (other != null) {
            include(file, number, other, true);
            return;
        }
        String editable = value(text, "-e", "--editable");
        if (editable != null && editable.contains("://")) {
            out.notCovered(number, egg(editable), null, Pypi.outside(editable));
        }
    }

    // What stands in an included file is placed at the line that includes it.
    private void include(ScanFile file, int number, String name, boolean constrains) throws IOException {
        ScanFile other = name.contains("://") ? null : file.neighbour(name);
        if (other == null
                || included.size() >= MOST_INCLUDES
                || !included.add(other.path().value())) {
            return;
        }
        try {
            read(new FileLines(other, number, constrains));
        } catch (Unreadable e) {
            out.problem(number, "includes \"" + Parts.shown(name) + "\", which " + e.getMessage());
        }
    }

    private static @Nullable String value(String text, String brief, String full) {
        String name = text.startsWith(full) ? full : text.startsWith(brief) && !text.startsWith("--") ? brief : null;
        if (name == null) {
            return null;
        }
        String value = text.substring(name.length()).strip();
        value = value.startsWith("=") ? value.substring(1).strip() : value;
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    // The name after #egg=, else the address without what may be a password.
    private static String egg(String address) {
        int egg = address.indexOf("#egg=");
        if (egg >= 0) {
            int end = address.indexOf('&', egg);
            return address.substring(egg + 5, end < 0 ? address.length() : end);
        }
        int scheme = address.indexOf("://") + 3;
        int slash = address.indexOf('/', scheme);
        int user = address.lastIndexOf('@', slash < 0 ? address.length() : slash);
        return user < scheme ? address : address.substring(0, scheme) + address.substring(user + 1);
    }

    /// Tells by which way each came in, and what no file locks, once all files are read.
    void tell() {
        for (Line line : lines) {
            if (!line.constrains && (!tellsVia || line.via.isEmpty())) {
                out.direct(line.component);
            }
            for (String via : line.via) {
                Integer from = numbers.get(Pypi.key(bare(via)));
                if (from != null) {
                    out.edge(from, line.component);
                } else if (!via.startsWith("-c ")) {
                    out.direct(line.component); // -r requirements.in, or the project's own name
                }
            }
        }
        for (Open asked : open) {
            Requirement requirement = asked.requirement;
            Integer constrained = numbers.get(Pypi.key(requirement.name()));
            if (constrained != null) {
                out.direct(constrained);
            } else {
                out.unlocked(asked.line, "PyPI", requirement.name(), requirement.wanted(), scope);
            }
        }
    }

    private static String bare(String via) {
        int bracket = via.indexOf('[');
        return bracket < 0 ? via : via.substring(0, bracket);
    }
}
