package uk.reeve.scanner.malice.content;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.io.input.BoundedInputStream;

/// What is odd about an archive itself. Sources: PKWARE, APPNOTE 6.3.10, 4.3; POSIX.1-2017, pax.
final class ArchiveForm {

    private static final int MOST_ENTRIES = 200_000;
    private static final long MOST_BYTES = 2L << 30;
    private static final int MOST_ODDITIES = 50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int LOCAL_BYTES = 30;
    private static final int LONGEST_NAME = 4096;

    private final List<Oddity> found = new ArrayList<>();
    private final Map<String, Long> sums = new HashMap<>();

    /// Empty where it is of a form that is not looked at.
    static List<Oddity> of(SeekableByteChannel bytes) throws IOException {
        ArchiveForm form = new ArchiveForm();
        byte[] head = Channels.newInputStream(bytes).readNBytes(512);
        bytes.position(0);
        if (head.length > 4 && head[0] == 'P' && head[1] == 'K') {
            form.zip(bytes);
        } else if (head.length > 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b) {
            form.tar(new GzipCompressorInputStream(new BufferedInputStream(Channels.newInputStream(bytes)), true));
        } else if (new String(head, StandardCharsets.ISO_8859_1).startsWith("ustar", 257)) {
            form.tar(new BufferedInputStream(Channels.newInputStream(bytes)));
        }
        return form.found;
    }

    private void zip(SeekableByteChannel bytes) throws IOException {
        trailing(bytes);
        ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(bytes)
                .setIgnoreLocalFileHeader(true)
                .get();
        int count = 0;
        for (var each = zip.getEntries(); each.hasMoreElements() && ++count < MOST_ENTRIES; ) {
            ZipArchiveEntry entry = each.nextElement();
            String name = entry.getName();
            escapes(name, name);
            if (!entry.isDirectory()) {
                Long before = sums.put(name, entry.getCrc());
                if (before != null && before != entry.getCrc()) {
                    add(Oddity.Kind.DUPLICATE, name, "stands there twice, with different content");
                }
                local(bytes, entry);
            }
        }
    }

    // Who reads from the beginning sees the header before the file, who reads from the end the directory.
    private void local(SeekableByteChannel bytes, ZipArchiveEntry entry) throws IOException {
        long at = entry.getLocalHeaderOffset();
        ByteBuffer header = ByteBuffer.allocate(LOCAL_BYTES + LONGEST_NAME).order(ByteOrder.LITTLE_ENDIAN);
        if (at < 0 || at + LOCAL_BYTES > bytes.size()) {
            return;
        }
        bytes.position(at);
        while (header.hasRemaining() && bytes.read(header) >= 0) {
            // until it is full
        }
        int length = header.position() < LOCAL_BYTES ? 0 : header.getShort(26) & 0xffff;
        byte[] raw = entry.getRawName();
        if (header.getInt(0) != 0x04034b50 || raw == null || length > header.position() - LOCAL_BYTES) {
            return;
        }
        String name = new String(header.array(), LOCAL_BYTES, length, StandardCharsets.ISO_8859_1);
        if (!name.equals(new String(raw, StandardCharsets.ISO_8859_1))) {
            add(Oddity.Kind.DISAGREES, entry.getName(), "is called \"" + name + "\" before its content");
        }
    }

    private void trailing(SeekableByteChannel bytes) throws IOException {
        long size = bytes.size();
        int length = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
        ByteBuffer end = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(size - length);
        while (end.hasRemaining() && bytes.read(end) >= 0) {
            // until it is full
        }
        bytes.position(0);
        for (int at = length - END_BYTES; at >= 0; at--) {
            if (end.getInt(at) == 0x06054b50) {
                int after = length - at - END_BYTES - (end.getShort(at + 20) & 0xffff);
                if (after > 0) {
                    add(Oddity.Kind.TRAILING, "", after + " bytes stand after its end");
                }
                return;
            }
        }
    }

    private void tar(InputStream content) throws IOException {
        InputStream bounded = BoundedInputStream.builder()
                .setInputStream(content)
                .setMaxCount(MOST_BYTES)
                .get();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(bounded, StandardCharsets.UTF_8.name())) {
            int count = 0;
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null && ++count < MOST_ENTRIES;
                    entry = tar.getNextEntry()) {
                String name = entry.getName();
                escapes(name, name);
                if (entry.isSymbolicLink() || entry.isLink()) {
                    link(entry);
                } else if (entry.isFile()) {
                    long sum = sum(tar);
                    Long before = sums.put(name, sum);
                    if (before != null && before != sum) {
                        add(Oddity.Kind.DUPLICATE, name, "stands there twice, with different content");
                    }
                } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
                    add(Oddity.Kind.ESCAPES, name, "is a device or pipe");
                }
            }
        }
    }

    private static long sum(InputStream content) throws IOException {
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        byte[] buffer = new byte[1 << 14];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            crc.update(buffer, 0, read);
        }
        return crc.getValue();
    }

    private void link(TarArchiveEntry entry) {
        String target = entry.getLinkName();
        int depth = entry.isLink()
                ? 0
                : (int) entry.getName().chars().filter(c -> c == '/').count();
        for (String part : target.split("/", -1)) {
            depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
            if (depth < 0) {
                add(Oddity.Kind.ESCAPES, entry.getName(), "is a link to \"" + target + "\"");
                return;
            }
        }
    }

    private void escapes(String entry, String path) {
        String slashes = path.replace('\\', '/');
        boolean up = ("/" + slashes + "/").contains("/../");
        boolean drive = slashes.length() > 2 && slashes.charAt(1) == ':' && slashes.charAt(2) == '/';
        if (up || drive || slashes.startsWith("//")) {
            add(Oddity.Kind.ESCAPES, entry, "leads out of where it is unpacked");
        }
    }

    private void add(Oddity.Kind kind, String entry, String what) {
        if (found.size() < MOST_ODDITIES) {
            found.add(new Oddity(kind, entry, what));
        }
    }
}
