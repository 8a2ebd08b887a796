package uk.reeve.engine.index;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/// Reads a zip through before anything in it is believed.
final class Zips {

    private static final long MOST_EXPANDED = 16L << 30;
    private static final int MOST_ENTRIES = 5_000_000;

    private Zips() {}

    /// The ids of the records in a zip (`ID.json` at its root), each inflated against its checksum.
    ///
    /// @throws ZipException when it is no zip, stops in the middle, or is larger than any that is served
    static Set<String> ids(Path zip) throws IOException {
        int told;
        try (ZipFile file = new ZipFile(zip.toFile())) {
            told = file.size();
        } catch (ZipException e) {
            throw new ZipException("is no zip, or only half of one (" + e.getMessage() + ")");
        }
        Set<String> ids = new HashSet<>();
        byte[] buffer = new byte[1 << 16];
        int entries = 0;
        long expanded = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(zip), 1 << 16);
                ZipInputStream stream = new ZipInputStream(in)) {
            for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                    expanded += read;
                    if (expanded > MOST_EXPANDED) {
                        throw new ZipException("expands to more than " + MOST_EXPANDED + " bytes; refused");
                    }
                }
                if (++entries > MOST_ENTRIES) {
                    throw new ZipException("holds more than " + MOST_ENTRIES + " files; refused");
                }
                String name = entry.getName();
                if (name.endsWith(".json")) {
                    ids.add(name.substring(name.lastIndexOf('/') + 1, name.length() - ".json".length()));
                }
            }
        } catch (ZipException e) {
            throw new ZipException("is a damaged zip (" + e.getMessage() + ")");
        } catch (java.io.EOFException e) {
            throw new ZipException("is a zip that stops in the middle");
        }
        if (entries != told || ids.isEmpty()) {
            throw new ZipException("is a zip that tells of " + told + " files and holds " + entries + ", " + ids.size()
                    + " of them records");
        }
        return ids;
    }
}
