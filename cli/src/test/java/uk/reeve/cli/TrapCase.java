package uk.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import uk.reeve.engine.index.AdvisoryStore;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;

/// A folder below `traps`: `advisories` are records, `scanned` is what the command is run on.
final class TrapCase {

    private final Path folder;
    private final Path store;

    TrapCase(String name, Path store) {
        this.store = store;
        try {
            folder = Path.of(Objects.requireNonNull(TrapCase.class.getResource("/traps/" + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(name, e);
        }
        try (AdvisoryStore advisories = AdvisoryStore.open(store)) {
            assertThat(advisories
                            .importFrom(List.of(folder.resolve("advisories")), null)
                            .problems())
                    .isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param status exit status
    /// @param out standard output
    /// @param err standard error
    record Run(int status, String out, String err) {

        Node json() {
            try {
                return JsonInput.read(new ByteArrayInputStream(out.getBytes(StandardCharsets.UTF_8)));
            } catch (IOException | Unreadable e) {
                throw new IllegalStateException(out + err, e);
            }
        }

        /// `id name version confidence` of each finding that nothing hides.
        List<String> findings() {
            List<String> found = new ArrayList<>();
            for (Node finding : json().items("findings")) {
                if (finding.get("hidden") == null) {
                    found.add(finding.text("id") + " " + finding.text("name") + " " + finding.text("version") + " "
                            + finding.text("confidence"));
                }
            }
            return found;
        }

        /// `name to version`, or `name has none yet`.
        List<String> upgrades() {
            List<String> found = new ArrayList<>();
            for (Node upgrade : json().items("upgrades")) {
                String to = upgrade.text("to");
                found.add(upgrade.text("name") + (to == null ? " has none yet" : " to " + to));
            }
            return found;
        }

        /// The field of each component that has it, after its name.
        List<String> components(String field) {
            List<String> found = new ArrayList<>();
            for (Node component : json().items("components")) {
                found.add(component.text("name") + " " + component.text(field));
            }
            return found;
        }

        /// `kind: message` of all that was not looked at.
        List<String> ledger() {
            List<String> found = new ArrayList<>();
            for (Node line : json().items("notLookedAt")) {
                found.add(line.text("kind") + ": " + line.text("message"));
            }
            return found;
        }
    }

    /// `reeve scan scanned -f json` with further words, in the case's folder.
    Run scan(String... more) {
        List<String> words = new ArrayList<>(List.of("scan", "-f", "json"));
        boolean path = false;
        for (String word : more) {
            path |= word.startsWith("scanned");
            words.add(word);
        }
        if (!path) {
            words.add("scanned");
        }
        return run(folder, words);
    }

    /// Any command, called in that folder.
    Run run(Path from, List<String> words) {
        return run(from, store, words);
    }

    /// The same with another folder of advisories.
    static Run run(Path from, Path store, List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--db", store.toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Environment environment = new Environment(
                new ByteArrayInputStream(new byte[0]),
                out,
                err,
                Map.of(),
                from,
                null,
                false,
                false,
                true,
                80,
                Instant.parse("2026-11-24T12:00:00Z"),
                true);
        int status = Reeve.run(all.toArray(new String[0]), environment);
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    Path folder() {
        return folder;
    }
}
