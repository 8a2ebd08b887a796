package uk.reeve.scanner;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.SbomReader;
import uk.reeve.scanner.Inventory.LedgerLine.Kind;
import uk.reeve.scanner.extract.ArchiveExtractor;
import uk.reeve.scanner.extract.ArchiveFiles;
import uk.reeve.scanner.extract.Extractor;
import uk.reeve.scanner.extract.ScanFile;
import uk.reeve.scanner.extract.ScanPath;

/// Reads one file. Whatever fails is a line of the ledger, and the other files still count.
final class Reading {

    private final Gathering gathering;
    private final String shown;

    Reading(Gathering gathering, String shown) {
        this.gathering = gathering;
        this.shown = shown;
    }

    void extract(Extractor extractor, ScanFile file) {
        FileFindings found = new FileFindings(shown, extractor.name(), extractor.installed());
        keep(found, failure(() -> extractor.extract(file, found)));
    }

    void extract(ArchiveExtractor extractor, ScanPath path, ArchiveFiles inside) {
        FileFindings found = new FileFindings(shown, extractor.name(), true);
        keep(found, failure(() -> extractor.extract(path, inside, found)));
    }

    void document(ScanFile file) {
        FileFindings found = new FileFindings(shown, "sbom", false);
        keep(found, failure(() -> {
            try (InputStream in = file.open()) {
                found.document(SbomReader.read(in));
            }
        }));
    }

    private void keep(FileFindings found, @Nullable Unreadable failure) {
        boolean exhausted = failure != null && failure.getCause() instanceof OutOfMemoryError;
        if (exhausted || found.components().size() > Memory.OURS.components()) { // what was read is let go
            String message = exhausted
                    ? Memory.OURS.tooLarge()
                    : Memory.OURS.tooMany(found.components().size());
            gathering.line(Kind.UNREADABLE, shown, 0, message);
            return;
        }
        if (failure != null) {
            int before = found.components().size();
            String message = before == 0
                    ? failure.getMessage()
                    : failure.getMessage() + " (" + before + " components before that were read)";
            gathering.line(before == 0 ? Kind.UNREADABLE : Kind.PARTLY_READ, shown, failure.line(), message);
        }
        if (failure == null || !found.components().isEmpty() || !found.ledger().isEmpty()) {
            gathering.add(found);
        }
    }

    interface Step {
        void run() throws IOException, Unreadable;
    }

    // Extractors are many and files are hostile: what none of them should throw is caught here as well.
    static @Nullable Unreadable failure(Step step) {
        try {
            step.run();
            return null;
        } catch (Unreadable e) {
            return e;
        } catch (JacksonException e) {
            return JsonInput.unreadable(e);
        } catch (IOException e) {
            return new Unreadable(0, reason(e), e);
        } catch (StackOverflowError e) {
            return new Unreadable(0, "is nested too deeply to read", e);
        } catch (OutOfMemoryError e) {
            return new Unreadable(0, Memory.OURS.tooLarge(), e);
        } catch (RuntimeException e) {
            return new Unreadable(0, "made the reader fail (" + e + "); the fault is ours, please report it", e);
        }
    }

    /// Why a file could not be opened or read, in words.
    static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "may not be read; ask for the right, or run as who may";
            case NoSuchFileException _ -> "is gone; it was there a moment ago, scan again";
            case EOFException _ -> "stops in the middle; export or copy it again";
            default ->
                "cannot be read: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        };
    }
}
