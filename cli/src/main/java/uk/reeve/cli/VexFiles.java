package uk.reeve.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.cli.report.Report;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Place;
import uk.reeve.engine.sbom.Problem;
import uk.reeve.engine.sbom.Sbom;
import uk.reeve.engine.vex.Source;
import uk.reeve.engine.vex.Statement;
import uk.reeve.engine.vex.Status;
import uk.reeve.engine.vex.Vex;
import uk.reeve.engine.vex.VexDocument;
import uk.reeve.scanner.Inventory;

/// Statements of the files that `--vex` names. What is hidden is told by whom and why.
final class VexFiles {

    static final VexFiles NONE = new VexFiles(null, Map.of(), List.of());

    private final @Nullable Vex vex;
    private final Map<Source, String> files;
    private final List<String> warnings;
    private final Map<String, List<Component>> around = new HashMap<>();

    private VexFiles(@Nullable Vex vex, Map<Source, String> files, List<String> warnings) {
        this.vex = vex;
        this.files = files;
        this.warnings = warnings;
    }

    /// @param names of files as the person wrote them
    static VexFiles read(List<String> names, Environment environment) throws Refused {
        List<VexDocument> documents = new ArrayList<>();
        Map<Source, String> files = new HashMap<>();
        List<String> warnings = new ArrayList<>();
        for (String name : names) {
            Path file = environment.path(name);
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                VexDocument document = VexDocument.read(in);
                documents.add(document);
                files.putIfAbsent(document.source(), name);
                for (Problem problem : document.warnings()) {
                    warnings.add(name + (problem.line() == 0 ? "" : ":" + problem.line()) + ": " + problem.message());
                }
            } catch (Unreadable e) {
                throw Refused.usage(e.at(name));
            } catch (IOException e) {
                throw Refused.usage(name + ": cannot be read (" + Inputs.why(e) + ")");
            }
        }
        return new VexFiles(new Vex(documents), files, warnings);
    }

    /// What is wrong in the documents, a line each.
    List<String> warnings() {
        return warnings;
    }

    /// How a statement hides the finding; null where none does.
    Report.@Nullable Hiding hides(Inventory inventory, Inventory.Item item, Finding finding) {
        if (vex == null) {
            return null;
        }
        List<String> ids = new ArrayList<>(finding.otherIds());
        ids.add(finding.id());
        Sbom document = document(inventory, item);
        Vex.Answer answer =
                vex.answer(item.component(), around(inventory, item), document == null ? null : document.serial(), ids);
        if (answer == null || !answer.silences()) {
            return null;
        }
        Statement statement = answer.statement();
        String why = statement.impact() != null ? statement.impact() : statement.action();
        return new Report.Hiding(
                Report.Cause.VEX,
                files.getOrDefault(statement.source(), ""),
                statement.status() == Status.FIXED ? "fixed" : "not_affected",
                statement.justification() == null
                        ? null
                        : statement.justification().word(),
                why == null ? "" : why,
                null,
                statement.source().author());
    }

    private static @Nullable Sbom document(Inventory inventory, Inventory.Item item) {
        for (Place place : item.places()) {
            Sbom document = inventory.documents().get(place.file());
            if (document != null) {
                return document;
            }
        }
        return null;
    }

    // What the document describes, and the operating system that it names: a word on either is one on all that is in
    // it.
    private List<Component> around(Inventory inventory, Inventory.Item item) {
        List<Component> all = new ArrayList<>();
        for (Place place : item.places()) {
            Sbom document = inventory.documents().get(place.file());
            if (document == null) {
                continue;
            }
            List<Component> wholes = around.get(place.file());
            if (wholes == null) {
                wholes = new ArrayList<>();
                for (Component component : document.components()) {
                    boolean whole = component.ref().equals(document.root())
                            || component.type().equals("operating-system")
                            || component.type().equals("container");
                    if (whole) {
                        wholes.add(component);
                    }
                }
                around.put(place.file(), wholes);
            }
            all.addAll(wholes);
        }
        return all;
    }
}
