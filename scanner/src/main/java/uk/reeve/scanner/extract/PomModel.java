package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Element;
import uk.reeve.engine.input.Unreadable;

/// A Maven project as far as the files on disk tell it: its parents, its properties, what `dependencyManagement` says.
/// Nothing is fetched, so what a parent or a BOM from a repository says is not known.
///
/// Source: Maven, "POM Reference"; "Introduction to the Dependency Mechanism".
final class PomModel {

    private static final int DEPTH = 20;
    private static final int STEPS = 500;
    private static final int FILES = 500;

    private final ScanFile file;
    private final Element root;
    private final @Nullable PomModel parent;
    /// All that were read on the way, by their paths; null for those that are broken, missing or being read.
    private final Map<String, @Nullable PomModel> known;

    private final Map<String, String> properties = new HashMap<>();
    private int steps;

    private PomModel(ScanFile file, Element root, @Nullable PomModel parent, Map<String, @Nullable PomModel> known) {
        this.file = file;
        this.known = known;
        this.root = root;
        this.parent = parent;
        Element own = root.child("properties");
        if (own != null) {
            for (Element property : own.children()) {
                properties.put(property.name(), property.text());
            }
        }
    }

    /// The file with all parents that lie on disk.
    static PomModel read(ScanFile file) throws IOException, Unreadable {
        return read(file, new HashMap<>());
    }

    private static PomModel read(ScanFile file, Map<String, @Nullable PomModel> known) throws IOException, Unreadable {
        known.put(file.path().value(), null);
        Element root = file.xml();
        if (!root.name().equals("project")) {
            throw new Unreadable(root.line(), "begins with <" + Parts.shown(root.name()) + ">, not with <project>");
        }
        PomModel parent = parent(file, root.child("parent"), known);
        PomModel model = new PomModel(file, root, parent, known);
        known.put(file.path().value(), model);
        return model;
    }

    private static @Nullable PomModel parent(
            ScanFile file, @Nullable Element named, Map<String, @Nullable PomModel> known) throws IOException {
        if (named == null || known.size() > DEPTH * 2) {
            return null;
        }
        Element relative = named.child("relativePath");
        String path = relative == null ? "../pom.xml" : relative.text();
        if (path.isEmpty()) {
            return null;
        }
        PomModel parent = at(file, path.endsWith(".xml") ? path : path + "/pom.xml", known);
        boolean same =
                parent != null && String.valueOf(named.text("artifactId")).equals(parent.own("artifactId"));
        return same ? parent : null;
    }

    /// A neighbour that may be missing or broken, in which case its own reading says so.
    private static @Nullable PomModel at(ScanFile file, String path, Map<String, @Nullable PomModel> known)
            throws IOException {
        ScanFile found = file.neighbour(path);
        if (found == null) {
            return null;
        }
        String key = found.path().value();
        if (known.containsKey(key) || known.size() >= FILES) {
            return known.get(key);
        }
        try {
            return read(found, known);
        } catch (Unreadable _) {
            return null;
        }
    }

    Element root() {
        return root;
    }

    /// `groupId`, `artifactId` or `version` of the project itself, else of its parent; null where neither tells.
    @Nullable
    String own(String name) {
        String own = root.text(name);
        Element named = root.child("parent");
        return own == null && named != null && !name.equals("artifactId") ? named.text(name) : own;
    }

    /// The text with `${name}` replaced; null where one of them is not known on disk.
    @Nullable
    String resolve(@Nullable String text) {
        steps = 0;
        return text == null ? null : resolve(text, 0);
    }

    private @Nullable String resolve(String text, int depth) {
        if (!text.contains("${")) {
            return text;
        }
        if (depth > DEPTH || ++steps > STEPS || text.length() > 1_000) {
            return null;
        }
        StringBuilder result = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", from)) {
            int close = text.indexOf('}', open);
            String value = close < 0 ? null : value(text.substring(open + 2, close));
            String resolved = value == null ? null : resolve(value, depth + 1);
            if (resolved == null || result.length() > 1_000) {
                return null;
            }
            result.append(text, from, open).append(resolved);
            from = close + 1;
        }
        return result.append(text.substring(from)).toString();
    }

    private @Nullable String value(String name) {
        String bare = name.startsWith("project.") ? name.substring(8) : name;
        bare = bare.startsWith("pom.") ? bare.substring(4) : bare;
        switch (bare) {
            case "version", "groupId", "artifactId" -> {
                return own(bare);
            }
            case "parent.version", "parent.groupId", "parent.artifactId" -> {
                Element named = root.child("parent");
                return named == null ? null : named.text(bare.substring(7));
            }
            default -> {
                for (PomModel at = this; at != null; at = at.parent) {
                    String value = at.properties.get(name);
                    if (value != null) {
                        return value;
                    }
                }
                return null;
            }
        }
    }

    /// What `dependencyManagement` says of a dependency, the nearest first: its `name` (`version`, `scope`), resolved
    /// where it can be, else as it is written; null where nothing on disk manages it.
    ///
    /// @param key `groupId:artifactId:type:classifier`
    @Nullable
    String managed(String key, String name) throws IOException {
        return managed(key, name, this, new HashSet<>());
    }

    private @Nullable String managed(String key, String name, PomModel context, Set<PomModel> seen) throws IOException {
        for (PomModel at = this; at != null; at = at.parent) {
            Element management = at.root.child("dependencyManagement");
            Element list = management == null ? null : management.child("dependencies");
            if (list == null) {
                continue;
            }
            for (Element entry : list.children()) {
                if (key.equals(context.key(entry))) {
                    String text = entry.text(name);
                    String resolved = context.resolve(text);
                    return resolved == null ? text : resolved;
                }
            }
            for (Element entry : list.children()) {
                if ("import".equals(entry.text("scope"))) {
                    String group = context.resolve(entry.text("groupId"));
                    PomModel bom = find(group, context.resolve(entry.text("artifactId")));
                    String value = bom == null || !seen.add(bom) ? null : bom.managed(key, name, bom, seen);
                    if (value != null) {
                        return value;
                    }
                }
            }
        }
        return null;
    }

    /// A project beside this one or beside one of its parents, by its names; null where none is on disk.
    @Nullable
    PomModel find(@Nullable String group, @Nullable String artifact) throws IOException {
        if (group == null || artifact == null || artifact.contains("/") || artifact.contains("..")) {
            return null;
        }
        for (PomModel at = this; at != null; at = at.parent) {
            for (String path : new String[] {artifact + "/pom.xml", "../" + artifact + "/pom.xml"}) {
                PomModel found = at(at.file, path, known);
                if (found != null
                        && artifact.equals(found.own("artifactId"))
                        && group.equals(found.resolve(found.own("groupId")))) {
                    return found;
                }
            }
        }
        return null;
    }

    /// `groupId:artifactId:type:classifier` of a dependency.
    String key(Element dependency) {
        String type = dependency.text("type");
        String classifier = dependency.text("classifier");
        return resolve(dependency.text("groupId")) + ":" + resolve(dependency.text("artifactId")) + ":"
                + (type == null ? "jar" : resolve(type)) + ":" + (classifier == null ? "" : resolve(classifier));
    }
}
