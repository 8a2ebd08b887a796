package uk.reeve.cli.report;

import org.jspecify.annotations.Nullable;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Place;
import uk.reeve.scanner.Inventory;

/// Whether a component is there at all. Two kinds of file list more than is shipped; what they alone name says so.
enum Presence {
    /// `Cargo.lock` holds what any target and any feature may need.
    NOT_COMPILED("perhaps not compiled", "named by Cargo.lock alone, which lists what any target or feature may need"),
    /// `NAME.deps.json` holds what was asked for; files that the framework brings may have been left out.
    NOT_ON_DISK("declared, perhaps not on disk", "named by .deps.json alone, which may list more than was published");

    private final String word;
    private final String why;

    Presence(String word, String why) {
        this.word = word;
        this.why = why;
    }

    String word() {
        return word;
    }

    String why() {
        return why;
    }

    /// Null where nothing makes one doubt it.
    static @Nullable Presence of(Report report, Inventory.Item item) {
        Component component = item.component();
        String type = component.purl() == null ? "" : component.purl().type();
        boolean cargo = type.equals("cargo");
        if ((!cargo && !type.equals("nuget")) || item.places().isEmpty()) {
            return null;
        }
        String kind = cargo ? "cargo/cargo-lock" : "nuget/deps-json";
        for (Place place : item.places()) {
            if (!wasReadAs(report, place.file(), kind)) {
                return null;
            }
        }
        return cargo ? NOT_COMPILED : NOT_ON_DISK;
    }

    private static boolean wasReadAs(Report report, String file, String kind) {
        for (Inventory.FileRead read : report.inventory().files()) {
            if (read.file().equals(file) && read.kind().equals(kind)) {
                return true;
            }
        }
        return false;
    }

    /// The word; empty where nothing makes one doubt it.
    static String word(Report report, Inventory.Item item) {
        Presence presence = of(report, item);
        return presence == null ? "" : presence.word;
    }
}
