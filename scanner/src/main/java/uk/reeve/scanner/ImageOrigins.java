package uk.reeve.scanner;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import uk.reeve.scanner.archive.Layer;
import uk.reeve.scanner.archive.RootFileSystem;
import uk.reeve.scanner.extract.Extractor;
import uk.reeve.scanner.extract.ScanFile;

/// Works out which layer brought what an image shows. A file is of the layer in which it shows; what a package
/// manager's database names is of the lowest layer from which on each database has it.
final class ImageOrigins {

    private final RootFileSystem root;
    private final Origins origins;

    ImageOrigins(RootFileSystem root, Origins origins) {
        this.root = root;
        this.origins = origins;
    }

    void of(EntryFile file, int number) {
        origins.file(file.shown(), root.layer(number));
        Extractor extractor = root.earlier(number).isEmpty() ? null : Recognition.growing(file.path());
        if (extractor == null) {
            return;
        }
        Map<String, Layer> layers = new HashMap<>();
        Set<String> lasting = keys(extractor, file);
        for (RootFileSystem.Earlier earlier : root.earlier(number)) {
            lasting.retainAll(keys(extractor, new EarlierFile(file, root, earlier)));
            for (String key : lasting) {
                layers.put(key, earlier.layer());
            }
        }
        origins.components(file.shown(), layers);
    }

    private static Set<String> keys(Extractor extractor, ScanFile file) {
        FileFindings found = new FileFindings("", extractor.name(), true);
        Reading.failure(() -> extractor.extract(file, found)); // what is wrong is told where the file itself is read
        Set<String> keys = new HashSet<>();
        for (FileFindings.Given given : found.components()) {
            keys.add(given.key);
        }
        return keys;
    }
}
