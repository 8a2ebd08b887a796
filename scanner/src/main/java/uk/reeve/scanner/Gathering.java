package uk.reeve.scanner;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.scanner.Inventory.LedgerLine;

/// Takes what the threads of a scan find, in any order.
final class Gathering {

    private final List<FileFindings> files = new ArrayList<>();
    private final List<LedgerLine> ledger = new ArrayList<>();
    private final List<Inventory.ImageRead> images = new ArrayList<>();
    private final Origins origins = new Origins();
    private final Scan.@Nullable Progress progress;
    private int seen;

    Gathering(Scan.@Nullable Progress progress) {
        this.progress = progress;
    }

    synchronized void seen(String path) {
        if (progress != null) {
            progress.seen(++seen, path);
        }
    }

    synchronized void add(FileFindings file) {
        files.add(file);
    }

    synchronized void line(LedgerLine.Kind kind, String file, int line, String message) {
        ledger.add(new LedgerLine(kind, file, line, message));
    }

    synchronized void image(Inventory.ImageRead image) {
        images.add(image);
    }

    Origins origins() {
        return origins;
    }

    synchronized List<Inventory.ImageRead> images() {
        return List.copyOf(images);
    }

    synchronized List<FileFindings> files() {
        return List.copyOf(files);
    }

    synchronized List<LedgerLine> ledger() {
        return List.copyOf(ledger);
    }
}
