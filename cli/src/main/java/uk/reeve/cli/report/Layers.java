package uk.reeve.cli.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.reeve.engine.sbom.Place;
import uk.reeve.scanner.Inventory;
import uk.reeve.scanner.archive.Image;
import uk.reeve.scanner.archive.Layer;

/// What the layers of one image brought.
///
/// @param read the image
/// @param counts one for each layer, the lowest first
record Layers(Inventory.ImageRead read, List<Count> counts) {

    /// @param flaws that count, each once
    record Count(Layer layer, int components, int flaws) {}

    /// Those of each image that the report is of.
    static List<Layers> of(Report report) {
        List<Layers> all = new ArrayList<>();
        for (Inventory.ImageRead read : report.inventory().images()) {
            Map<Layer, Integer> components = new HashMap<>();
            Map<Layer, Set<String>> flaws = new HashMap<>();
            for (Report.Row row : report.rows()) {
                Layer layer = row.item().layer();
                if (layer == null || !isIn(row, read)) {
                    continue;
                }
                components.merge(layer, 1, Integer::sum);
                for (Report.Judged judged : row.findings()) {
                    if (judged.counts()) {
                        flaws.computeIfAbsent(layer, _ -> new HashSet<>())
                                .add(judged.finding().id());
                    }
                }
            }
            List<Count> counts = new ArrayList<>();
            for (Layer layer : read.image().layers()) {
                counts.add(new Count(
                        layer,
                        components.getOrDefault(layer, 0),
                        flaws.getOrDefault(layer, Set.of()).size()));
            }
            all.add(new Layers(read, counts));
        }
        return all;
    }

    private static boolean isIn(Report.Row row, Inventory.ImageRead read) {
        for (Place place : row.item().places()) {
            if (place.file().startsWith(read.shown())) {
                return true;
            }
        }
        return false;
    }

    /// `Image app.tar: app:1.0, linux/amd64 (also there: linux/arm64)`.
    String title() {
        Image image = read.image();
        StringBuilder text = new StringBuilder("Image ").append(read.file()).append(": ");
        text.append(image.name()).append(image.name().isEmpty() ? "" : ", ").append(image.platform());
        List<String> others = new ArrayList<>();
        for (var other : image.others()) {
            others.add(other.toString());
        }
        if (!others.isEmpty()) {
            text.append(" (also there: ").append(String.join(", ", others)).append(")");
        }
        return text.toString();
    }

    /// A place as one sees it from within the image: `/usr/lib/os-release`.
    static String within(Report report, Place place) {
        for (Inventory.ImageRead read : report.inventory().images()) {
            if (place.file().startsWith(read.shown())) {
                return "/" + place.toString().substring(read.shown().length());
            }
        }
        return place.toString();
    }

    /// What made the layer, as short as a table takes it: without the shell that Docker writes in front.
    static String command(Layer layer, int most) {
        String command = layer.command().replaceAll("\\s+", " ").strip();
        for (String shell : new String[] {"/bin/sh -c #(nop) ", "/bin/sh -c ", "|0 /bin/sh -c "}) {
            command = command.startsWith(shell)
                    ? command.substring(shell.length()).strip()
                    : command;
        }
        return command.length() <= most ? command : command.substring(0, most - 3) + "...";
    }
}
