package uk.reeve.scanner.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/// By its directory at the end: what only stands before it is not seen, as by those who install from it.
final class ZipArchive implements Archive {

    private final ZipFile zip;
    private final List<ZipArchiveEntry> entries = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Allowance allowance;

    ZipArchive(SeekableByteChannel bytes, Allowance allowance) throws IOException {
        this.allowance = allowance;
        try {
            this.zip = ZipFile.builder()
                    .setSeekableByteChannel(bytes)
                    .setIgnoreLocalFileHeader(true)
                    .get();
        } catch (IOException e) {
            throw new IOException(
                    "it has no whole list of its files, as if it had been cut; copy or download it again", e);
        }
        for (var each = zip.getEntries(); each.hasMoreElements(); ) {
            ZipArchiveEntry entry = each.nextElement();
            if (!entry.isDirectory()) {
                allowance.file();
                entries.add(entry);
                names.add(Archives.name(entry.getName()));
            }
        }
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public InputStream open(int number) throws IOException {
        ZipArchiveEntry entry = entries.get(number);
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw new IOException("it is encrypted");
        }
        if (!zip.canReadEntryData(entry)) {
            throw new IOException("it is compressed by a method that is not read (" + entry.getMethod() + ")");
        }
        return allowance.counted(zip.getInputStream(entry));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
