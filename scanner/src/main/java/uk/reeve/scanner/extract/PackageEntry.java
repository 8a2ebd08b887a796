package uk.reeve.scanner.extract;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import uk.reeve.engine.sbom.Scope;

/// One folder of npm's lock file. Lists of dependencies hold names only: which folder is meant is npm's rule.
final class PackageEntry {

    final int line;

    @Nullable
    String name;

    @Nullable
    String version;

    @Nullable
    String resolved;

    @Nullable
    String integrity;

    @Nullable
    String licence;

    boolean link;
    /// Whether no other folder holds a package of this name.
    boolean isOnly = true;

    List<String> dependencies = List.of();
    List<String> optionalDependencies = List.of();
    List<String> peerDependencies = List.of();
    List<String> devDependencies = List.of();
    LockGraph.@Nullable Node node;

    private boolean dev;
    private boolean devOptional;
    private boolean optional;
    private boolean bundled;

    PackageEntry(int line) {
        this.line = line;
    }

    /// What npm says the package is for. `devOptional` is one that development needs and the project may.
    Scope scope() {
        if (dev) {
            return Scope.DEVELOPMENT;
        }
        return optional || devOptional ? Scope.OPTIONAL : bundled ? Scope.BUNDLED : Scope.RUNTIME;
    }

    /// Takes a field at whose value the parser stands, and leaves it at the value's end.
    void field(String field, JsonToken token, JsonParser parser) {
        switch (token) {
            case VALUE_STRING -> text(field, parser.getString());
            case VALUE_TRUE -> flag(field);
            case START_OBJECT -> {
                switch (field) {
                    case "dependencies", "requires" -> dependencies = names(parser);
                    case "optionalDependencies" -> optionalDependencies = names(parser);
                    case "peerDependencies" -> peerDependencies = names(parser);
                    case "devDependencies" -> devDependencies = names(parser);
                    default -> parser.skipChildren();
                }
            }
            default -> parser.skipChildren();
        }
    }

    private void text(String field, String value) {
        switch (field) {
            case "name" -> name = value;
            case "version" -> version = value;
            case "resolved" -> resolved = value;
            case "integrity" -> integrity = value;
            case "license" -> licence = value;
            default -> {}
        }
    }

    private void flag(String field) {
        switch (field) {
            case "link" -> link = true;
            case "dev" -> dev = true;
            case "devOptional" -> devOptional = true;
            case "optional" -> optional = true;
            case "inBundle", "bundled" -> bundled = true;
            default -> {}
        }
    }

    private static List<String> names(JsonParser parser) {
        List<String> names = new ArrayList<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            names.add(parser.currentName());
            parser.nextToken();
            parser.skipChildren();
        }
        return names;
    }
}
