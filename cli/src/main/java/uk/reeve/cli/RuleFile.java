package uk.reeve.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.cli.report.Report;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.input.YamlInput;

/// `reeve.yaml` of the folder from which `reeve` is called, or a file that an option names. One found inside what is
/// scanned is never obeyed. Its shape is `docs/reference/reeve.schema.json`.
///
/// @param failOn as `--fail-on` takes it
/// @param exclude globs of what is not scanned
/// @param vex files, as written
/// @param privateNames patterns of the organisation's own packages' names, as [PrivateNames] takes them
record RuleFile(
        List<String> failOn, List<String> exclude, List<String> vex, List<String> privateNames, List<Rule> rules) {

    static final RuleFile NONE = new RuleFile(List.of(), List.of(), List.of(), List.of(), List.of());

    private static final List<String> FIELDS = List.of("fail-on", "exclude", "vex", "private", "ignore");
    private static final List<String> ENTRY = List.of("id", "package", "path", "reason", "until", "by");

    /// @param name of the file as the person wrote it
    static RuleFile read(Path file, String name, Report.Cause cause) throws Refused {
        try (InputStream in = Files.newInputStream(file)) {
            return of(YamlInput.read(in), name, cause);
        } catch (Unreadable e) {
            throw Refused.usage(e.at(name));
        } catch (IOException e) {
            throw Refused.usage(name + ": cannot be read (" + Inputs.why(e) + ")");
        }
    }

    private static RuleFile of(Node root, String name, Report.Cause cause) throws Refused {
        if (root instanceof Node.Items items) { // a bare list of entries
            return new RuleFile(List.of(), List.of(), List.of(), List.of(), rules(items.values(), name, cause));
        }
        if (!(root instanceof Node.Fields fields)) {
            throw Refused.usage(
                    name + ":" + root.line() + ": holds no fields; it may have " + String.join(", ", FIELDS));
        }
        known(fields.values(), FIELDS, name);
        return new RuleFile(
                texts(root, "fail-on", name),
                texts(root, "exclude", name),
                texts(root, "vex", name),
                privateNames(root, name),
                rules(list(root, "ignore", name), name, cause));
    }

    private static void known(Map<String, Node> fields, List<String> allowed, String name) throws Refused {
        for (Map.Entry<String, Node> field : fields.entrySet()) {
            if (!allowed.contains(field.getKey())) {
                String near = Nearest.to(field.getKey(), allowed);
                throw Refused.usage(name + ":" + field.getValue().line() + ": there is no field \""
                        + Shown.text(field.getKey()) + "\"; "
                        + (near == null
                                ? "it may be " + String.join(", ", allowed)
                                : "did you mean \"" + near + "\"?"));
            }
        }
    }

    private static List<Node> list(Node root, String field, String name) throws Refused {
        Node node = root.get(field);
        if (node == null || node instanceof Node.Nothing || node instanceof Node.Items) {
            return root.items(field);
        }
        throw Refused.usage(name + ":" + node.line() + ": \"" + field + "\" must be a list");
    }

    // A single word, or a list of words.
    private static List<String> texts(Node root, String field, String name) throws Refused {
        String single = root.text(field);
        if (single != null) {
            return List.of(single);
        }
        List<String> texts = new ArrayList<>();
        for (Node node : list(root, field, name)) {
            String text = node.text();
            if (text == null) {
                throw Refused.usage(name + ":" + node.line() + ": \"" + field + "\" must be a list of words");
            }
            texts.add(text);
        }
        return texts;
    }

    private static List<String> privateNames(Node root, String name) throws Refused {
        List<String> patterns = texts(root, "private", name);
        for (String pattern : patterns) {
            String fault = PrivateNames.fault(pattern);
            if (!fault.isEmpty()) {
                Node node = root.get("private");
                throw Refused.usage(name + ":" + (node == null ? root.line() : node.line()) + ": private \""
                        + Shown.text(pattern) + "\" " + fault);
            }
        }
        return patterns;
    }

    private static List<Rule> rules(List<Node> nodes, String name, Report.Cause cause) throws Refused {
        List<Rule> rules = new ArrayList<>();
        for (Node node : nodes) {
            rules.add(rule(node, name, cause));
        }
        return rules;
    }

    private static Rule rule(Node node, String name, Report.Cause cause) throws Refused {
        known(node.fields(), ENTRY, name);
        String at = name + ":" + node.line() + ": ";
        String id = given(node, "id");
        if (id == null) {
            throw Refused.usage(at + "the entry has no id; write id: CVE-... or another id of the flaw");
        }
        String entry = at + "the entry for " + Shown.text(id) + " ";
        String reason = given(node, "reason");
        if (reason == null) {
            throw Refused.usage(entry + "has no reason; write reason: why it does not matter here");
        }
        String until = given(node, "until");
        if (until == null) {
            throw Refused.usage(entry + "has no end; write until: 2027-03-01");
        }
        try {
            LocalDate.parse(until);
        } catch (DateTimeException e) {
            throw Refused.usage(entry + "ends on \"" + Shown.text(until) + "\"; write the date as 2027-03-01");
        }
        try {
            String by = given(node, "by");
            return new Rule(
                    cause,
                    name,
                    node.line(),
                    id,
                    given(node, "package"),
                    given(node, "path"),
                    reason,
                    until,
                    by == null ? "" : by);
        } catch (IllegalArgumentException e) {
            throw Refused.usage(entry + "has a broken path pattern: " + e.getMessage());
        }
    }

    private static @Nullable String given(Node node, String field) {
        String text = node.text(field);
        return text == null || text.isBlank() ? null : text.strip();
    }
}
