package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;

/// What a `pyproject.toml` asks for: by the standard (PEP 621, groups by PEP 735), and in the tables of Poetry, PDM and
/// uv that came before it. What a build needs (`build-system`) is left out: it is not installed with the project.
final class Pyproject {

    /// @param address where it is to be fetched from; null where that is an index
    record Asked(
            int line, String name, String wanted, @Nullable String address, Scope scope) {

        @Nullable
        String pinned() {
            return new Requirement(name, wanted, address).pinned();
        }
    }

    private final List<Asked> asked = new ArrayList<>();

    private Pyproject() {}

    static List<Asked> read(Node root) {
        Pyproject reader = new Pyproject();
        Map<String, Node> project = root.fields("project");
        reader.requirements(project.get("dependencies"), Scope.RUNTIME);
        Node extras = project.get("optional-dependencies");
        for (Node extra : extras == null ? List.<Node>of() : extras.fields().values()) {
            reader.requirements(extra, Scope.OPTIONAL);
        }
        Node tool = root.get("tool");
        reader.groups(root.fields("dependency-groups"));
        if (tool != null) {
            reader.poetry(tool.fields("poetry"));
            reader.groups(fields(tool.get("pdm"), "dev-dependencies"));
            Node uv = tool.get("uv");
            reader.requirements(uv == null ? null : uv.get("dev-dependencies"), Scope.DEVELOPMENT);
        }
        return reader.asked;
    }

    /// The same of a lock file's neighbour; nothing where it is absent or cannot be read.
    static List<Asked> besides(ScanFile lock) throws IOException {
        ScanFile file = lock.neighbour("pyproject.toml");
        try {
            return file == null ? List.of() : read(file.toml());
        } catch (Unreadable e) {
            return List.of(); // told where that file itself is read
        }
    }

    private static Map<String, Node> fields(@Nullable Node node, String name) {
        return node == null ? Map.of() : node.fields(name);
    }

    private void groups(Map<String, Node> groups) {
        for (Map.Entry<String, Node> group : groups.entrySet()) {
            requirements(group.getValue(), ofGroup(group.getKey()));
        }
    }

    // A group is for development by its nature, whatever it is called.
    private static Scope ofGroup(String name) {
        Scope scope = Pypi.scope(name);
        return scope == Scope.RUNTIME ? Scope.DEVELOPMENT : scope;
    }

    private void requirements(@Nullable Node list, Scope scope) {
        for (Node item : list == null ? List.<Node>of() : list.items()) {
            String text = item.text();
            Requirement requirement = text == null ? null : Requirement.parse(text.strip());
            if (requirement != null) {
                asked.add(
                        new Asked(item.line(), requirement.name(), requirement.wanted(), requirement.address(), scope));
            }
        }
    }

    private void poetry(Map<String, Node> poetry) {
        poetryTable(poetry.get("dependencies"), Scope.RUNTIME);
        poetryTable(poetry.get("dev-dependencies"), Scope.DEVELOPMENT);
        Node groups = poetry.get("group");
        for (Map.Entry<String, Node> group : (groups == null ? Map.<String, Node>of() : groups.fields()).entrySet()) {
            poetryTable(group.getValue().get("dependencies"), Pypi.scope(group.getKey()));
        }
    }

    private void poetryTable(@Nullable Node table, Scope scope) {
        for (Map.Entry<String, Node> entry : (table == null ? Map.<String, Node>of() : table.fields()).entrySet()) {
            Node value = entry.getValue();
            Node first = value.items().isEmpty() ? value : value.items().getFirst();
            String wanted = first.text() != null ? first.text() : first.text("version");
            String address = first.text("git") != null
                    ? "git+" + first.text("git")
                    : first.text("url") != null ? first.text("url") : first.text("path");
            if (!entry.getKey().equals("python")) {
                boolean optional = scope == Scope.RUNTIME && first.isTrue("optional");
                asked.add(new Asked(
                        value.line(),
                        entry.getKey(),
                        wanted == null || wanted.equals("*") ? "" : wanted,
                        address,
                        optional ? Scope.OPTIONAL : scope));
            }
        }
    }
}
