package uk.reeve.scanner;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.sbom.SbomReader;
import uk.reeve.scanner.Inventory.LedgerLine.Kind;
import uk.reeve.scanner.extract.Extractor;
import uk.reeve.scanner.extract.Extractors;
import uk.reeve.scanner.extract.Head;
import uk.reeve.scanner.extract.ScanFile;
import uk.reeve.scanner.extract.ScanPath;

/// Which file is given to whom. The first extractor that wants a file has it; what no extractor wants may be an SBOM.
final class Recognition {

    static final String CYCLONEDX = "sbom/cyclonedx";
    static final String SPDX = "sbom/spdx";

    private final Gathering gathering;
    private final @Nullable String as;

    Recognition(Gathering gathering, @Nullable String as) {
        this.gathering = gathering;
        this.as = as;
    }

    /// What is to be done with a file that the walk met; null where it is of no kind that is read, which is no fault.
    ///
    /// @param installed whether it lies where packages are installed
    <F extends ScanFile & Shown & Head> @Nullable Runnable met(F file, boolean installed) {
        try {
            Extractor extractor = wanting(file.path(), file, installed);
            if (extractor != null) {
                return () -> new Reading(gathering, file.shown()).extract(extractor, file);
            }
            if (mayBeSbom(file.path(), installed)
                    && (isNamedSbom(file.path().fileName()) || SbomReader.looksLikeSbom(file.text()))) {
                return () -> new Reading(gathering, file.shown()).document(file);
            }
        } catch (IOException e) {
            gathering.line(Kind.UNREADABLE, file.shown(), 0, Reading.reason(e));
        }
        return null;
    }

    /// Who reads a file that package managers write anew as they add to it; null where it is no such file.
    static @Nullable Extractor growing(ScanPath path) {
        try {
            Extractor extractor = wanting(path, Head.NONE, true);
            return extractor != null && extractor.grows() ? extractor : null;
        } catch (IOException e) {
            return null;
        }
    }

    /// Whether the person said of which kind the files are.
    boolean isTold() {
        return as != null;
    }

    /// Whether a file of this name and beginning is read, wherever it lies, or looked at beside another.
    boolean wants(ScanPath path, Head head) throws IOException {
        for (Extractor extractor : Extractors.ALL) {
            if (extractor.looksAt(path)) {
                return true;
            }
        }
        return wanting(path, head, false) != null
                || wanting(path, head, true) != null
                || mayBeSbom(path, false) && (isNamedSbom(path.fileName()) || SbomReader.looksLikeSbom(head.text()));
    }

    /// Reads a file that was named, by content where its name says nothing.
    <F extends ScanFile & Shown & Head> void named(F file) throws IOException {
        Reading reading = new Reading(gathering, file.shown());
        if (as != null) {
            Extractor told = extractor(as);
            if (told == null) {
                reading.document(file);
            } else {
                reading.extract(told, file);
            }
            return;
        }
        if (SbomReader.looksLikeSbom(file.text())) {
            reading.document(file);
            return;
        }
        Extractor extractor = wanting(file.path(), file, false);
        String likely = extractor == null ? Content.fileName(file.text()) : null;
        if (likely != null) {
            extractor = wanting(new ScanPath(likely), file, false);
        }
        if (extractor != null) {
            reading.extract(extractor, file);
        } else if (isNamedSbom(file.path().fileName())) {
            reading.document(file);
        } else {
            gathering.line(
                    Kind.UNREADABLE,
                    file.shown(),
                    0,
                    "is not a kind of file that is read; name its kind with --as, or scan the folder that it lies in");
        }
    }

    /// Whether the name alone makes the file one that is read.
    boolean knowsName(String path) {
        ScanPath name = new ScanPath(path);
        try {
            return isNamedSbom(name.fileName()) || wanting(name, Head.NONE, false) != null;
        } catch (IOException e) {
            return false;
        }
    }

    private static @Nullable Extractor wanting(ScanPath path, Head head, boolean installed) throws IOException {
        List<Extractor> all = Extractors.ALL;
        for (int i = 0; i < all.size(); i++) { // asked for every file: no iterator
            Extractor extractor = all.get(i);
            if ((!installed || extractor.installed()) && extractor.wants(path, head)) {
                return extractor;
            }
        }
        return null;
    }

    private static @Nullable Extractor extractor(String name) {
        for (Extractor extractor : Extractors.ALL) {
            if (extractor.name().equals(name)) {
                return extractor;
            }
        }
        return null;
    }

    // Python packages carry documents of what they bundle (PEP 770); others below an install root are tests.
    private static boolean mayBeSbom(ScanPath path, boolean installed) {
        if (installed && !path.folder().endsWith(".dist-info/sboms")) {
            return false;
        }
        String name = path.fileName();
        int dot = name.lastIndexOf('.');
        return switch (dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT)) {
            case "json", "xml", "yaml", "yml", "spdx", "rdf", "tag", "cdx", "jsonld", "sbom", "bom" -> true;
            case "txt" -> name.contains("spdx") || name.contains("sbom");
            default -> isNamedSbom(name);
        };
    }

    private static boolean isNamedSbom(String name) {
        return name.equals("bom.json")
                || name.equals("bom.xml")
                || name.endsWith(".cdx.json")
                || name.endsWith(".cdx.xml")
                || name.endsWith(".spdx")
                || name.contains(".spdx.");
    }
}
