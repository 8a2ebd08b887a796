package uk.reeve.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.match.InferredRelease;
import uk.reeve.engine.match.Matcher;
import uk.reeve.engine.match.Outcome;
import uk.reeve.engine.match.ReleaseClues;
import uk.reeve.engine.sbom.Component;
import uk.reeve.scanner.Inventory;

/// Packages of a distribution whose release neither their package URL nor the person tells: asked again, with what the
/// rest of their document lets one infer.
final class UnknownReleases {

    private final Inventory inventory;
    private final Map<String, ReleaseClues> documents = new HashMap<>();

    UnknownReleases(Inventory inventory) {
        this.inventory = inventory;
        for (Inventory.Item item : inventory.items()) {
            documents.computeIfAbsent(file(item), f -> new ReleaseClues()).add(item.component());
        }
    }

    /// @param outcomes one for each item, in their order; one is replaced where its release can be inferred
    void infer(List<Outcome> outcomes, Matcher matcher) throws BadIndex {
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i).coverage() != Outcome.Coverage.UNKNOWN_RELEASE) {
                continue;
            }
            Inventory.Item item = inventory.items().get(i);
            Component component = item.component();
            ReleaseClues clues = documents.get(file(item));
            InferredRelease release = clues == null ? null : clues.of(component);
            if (release != null) {
                outcomes.set(i, matcher.matchInferred(component, release));
            }
        }
    }

    private static String file(Inventory.Item item) {
        return item.places().isEmpty() ? "" : item.places().getFirst().file();
    }
}
