package uk.reeve.scanner.extract;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;
import uk.reeve.scanner.program.Program;
import uk.reeve.scanner.program.RustAudit;

/// The crates that are compiled into a program, where it was built by cargo-auditable: `packages` with name, version,
/// source, kind and the numbers of those that each needs. Source: cargo-auditable's JSON schema.
final class RustProgram {

    private RustProgram() {}

    static void tell(Program program, Sink out) throws IOException, Unreadable {
        Node root;
        try (InputStream json = RustAudit.of(program)) {
            if (json == null) {
                return;
            }
            root = JsonInput.read(json);
        }
        List<Node> packages = root.items("packages");
        Parts parts = new Parts(out, "cargo");
        int[] numbers = new int[packages.size()];
        for (int i = 0; i < numbers.length; i++) {
            Node one = packages.get(i);
            // The program's own crates have no registry to come from.
            numbers[i] = "local".equals(one.text("source"))
                    ? Parts.NONE
                    : parts.add(
                            String.valueOf(i),
                            0,
                            null,
                            one.text("name"),
                            one.text("version"),
                            "build".equals(one.text("kind")) ? Scope.BUILD : Scope.RUNTIME);
            String source = one.text("source");
            if (numbers[i] != Parts.NONE && source != null && source.startsWith("git")) {
                out.tell(numbers[i], Map.of("source", source));
            }
        }
        for (int i = 0; i < numbers.length; i++) {
            for (Node needed : packages.get(i).items("dependencies")) {
                @Nullable String key = needed.text();
                if (key != null && numbers[i] != Parts.NONE) {
                    parts.needs(numbers[i], key);
                } else if (key != null) {
                    parts.direct(key);
                }
            }
        }
        parts.link();
    }
}
