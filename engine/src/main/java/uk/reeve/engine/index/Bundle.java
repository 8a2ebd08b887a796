package uk.reeve.engine.index;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.LocalDateTime;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.LineInput;
import uk.reeve.engine.input.Unreadable;

/// The advisories in one file, to be carried to where no network is: a zip of `manifest`, `index`, `scores`, `support`
/// (where there are dates of it) and, where it is signed, `manifest.sig` (Ed25519 over the bytes of
/// `manifest`, 64 bytes, as `openssl pkeyutl -sign -rawin` writes it). The manifest is lines of TAB-separated text:
///
/// ```
/// reeve-advisories    1
/// index   BYTES   SHA-256
/// scores  BYTES   SHA-256
/// support BYTES   SHA-256
/// kev     DATE
/// epss    DATE
/// source  NAME    RECORDS DATE    FROM
/// ```
///
/// It is input, not trusted: no name in it becomes a path, nothing is used before its digest matches.
public final class Bundle {

    private static final String FIRST = "reeve-advisories\t";
    private static final String FORMAT = "1";
    private static final int MOST_MANIFEST = 1 << 20;
    private static final Set<String> NAMES = Set.of("manifest", "manifest.sig", "index", "scores", "support");

    private Bundle() {}

    /// What was written.
    ///
    /// @param digest SHA-256 of the file, in hex
    public record Written(Path file, long bytes, String digest, boolean signed) {}

    /// Writes a bundle; a file that is there is replaced when the new one is whole.
    ///
    /// @param scores null where there are none
    /// @param support null where there are no dates of it
    /// @param key Ed25519, PKCS #8, PEM; null to leave it unsigned
    static Written write(Path index, @Nullable Path scores, @Nullable Path support, Path file, @Nullable Path key)
            throws IOException {
        PrivateKey signer = key == null ? null : Pem.privateKey(key);
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw new IOException(file + ": is a folder, and a file was expected");
        }
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, "bundle", ".new");
        Path none = null;
        try {
            if (scores == null) {
                none = Files.createTempFile(folder, "scores", ".new");
                Files.delete(none);
                new Scores.Builder().write(none, _ -> false);
            }
            Path daily = scores != null ? scores : java.util.Objects.requireNonNull(none);
            byte[] manifest = manifest(index, daily, support).getBytes(StandardCharsets.UTF_8);
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(fresh))) {
                entry(zip, "manifest", new ByteArrayInputStream(manifest));
                if (signer != null) {
                    entry(zip, "manifest.sig", new ByteArrayInputStream(sign(signer, manifest)));
                }
                try (InputStream in = Files.newInputStream(index)) {
                    entry(zip, "index", in);
                }
                try (InputStream in = Files.newInputStream(daily)) {
                    entry(zip, "scores", in);
                }
                if (support != null) {
                    try (InputStream in = Files.newInputStream(support)) {
                        entry(zip, "support", in);
                    }
                }
            }
            try {
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException _) {
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(fresh);
            if (none != null) {
                Files.deleteIfExists(none);
            }
        }
        return new Written(file, Files.size(file), digest(file), signer != null);
    }

    private static String manifest(Path index, Path scores, @Nullable Path support) throws IOException {
        StringBuilder text = new StringBuilder(FIRST).append(FORMAT).append('\n');
        part(text, "index", index);
        part(text, "scores", scores);
        if (support != null) {
            part(text, "support", support);
        }
        Scores daily = Scores.open(scores);
        text.append("kev\t").append(daily.kevAsOf()).append('\n');
        text.append("epss\t").append(daily.epssAsOf()).append('\n');
        for (SourceState state : AdvisoryIndex.open(index).sources()) {
            text.append("source\t")
                    .append(state.name())
                    .append('\t')
                    .append(state.records())
                    .append('\t');
            text.append(state.asOf()).append('\t').append(state.from()).append('\n');
        }
        return text.toString();
    }

    private static void part(StringBuilder text, String name, Path file) throws IOException {
        text.append(name).append('\t').append(Files.size(file));
        text.append('\t').append(digest(file)).append('\n');
    }

    /// Whether this file is a bundle, whole or not: a zip with a manifest of ours.
    static boolean is(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        boolean first;
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(38), StandardCharsets.ISO_8859_1);
            if (!head.startsWith("PK")) {
                return false;
            }
            first = head.endsWith("manifest");
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry manifest = zip.getEntry("manifest");
            return manifest != null
                    && new String(read(zip, manifest, FIRST.length()), StandardCharsets.UTF_8).equals(FIRST);
        } catch (ZipException _) {
            return first; // cut short, and to be refused as what it was
        }
    }

    /// Unpacks a bundle into files that do not exist yet, each held against the manifest's digests and their own.
    ///
    /// @param trust a public Ed25519 key (PEM): what is not signed with its private key is refused; null to
    ///     take the bundle on its digests alone
    /// @param support left out where the bundle has no dates of it
    /// @return whether it is signed
    /// @throws BadIndex when it is damaged, is no bundle, or is not signed as asked for
    static boolean unpack(Path file, @Nullable Path trust, Path index, Path scores, Path support) throws IOException {
        PublicKey key = trust == null ? null : Pem.publicKey(trust);
        checkEnd(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Set<String> seen = new HashSet<>();
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                String name = all.nextElement().getName();
                if (!NAMES.contains(name) || !seen.add(name)) {
                    throw new BadIndex(file + ": is no bundle of advisories: it holds \"" + shortened(name) + "\""
                            + (NAMES.contains(name) ? " twice" : ""));
                }
            }
            byte[] manifest = read(zip, entry(zip, file, "manifest"), MOST_MANIFEST + 1);
            if (manifest.length > MOST_MANIFEST) {
                throw new BadIndex(file + ": its manifest has more than " + MOST_MANIFEST + " bytes; refused");
            }
            ZipEntry signature = zip.getEntry("manifest.sig");
            if (key != null) {
                if (signature == null) {
                    throw new BadIndex(file + ": is not signed, and a signature was asked for; nothing was imported");
                }
                if (!verified(key, manifest, read(zip, signature, 1_000))) {
                    throw new BadIndex(file + ": is not signed with the key of " + trust
                            + ", or was changed afterwards; nothing was imported");
                }
            }
            Told told = told(file, manifest);
            extract(zip, file, told.index, index);
            extract(zip, file, told.scores, scores);
            AdvisoryIndex.open(index).verify();
            Scores.open(scores).verify();
            if (told.support != null) {
                extract(zip, file, told.support, support);
                SupportDates.open(support).verify();
            }
            return signature != null;
        } catch (ZipException | EOFException e) {
            throw new BadIndex(file + ": is a damaged bundle; copy it again (" + e.getMessage() + ")");
        }
    }

    // A zip's last record is 22 bytes where it holds no comment, and ours do not. ZipFile passes over what follows it.
    private static void checkEnd(Path file) throws IOException {
        ByteBuffer end = ByteBuffer.allocate(22);
        try (FileChannel channel = FileChannel.open(file)) {
            channel.read(end, Math.max(0, channel.size() - end.capacity()));
        }
        boolean whole = end.getInt(0) == 0x504B0506 && end.getShort(20) == 0; // "PK", 5, 6
        if (!whole) {
            throw new BadIndex(file + ": is a damaged bundle; copy it again (it does not end where it should)");
        }
    }

    private record Part(String name, long bytes, String digest) {

        static Part of(String[] line) {
            return new Part(line[0], Long.parseLong(line[1]), line[2]);
        }
    }

    private record Told(Part index, Part scores, @Nullable Part support) {}

    private static Told told(Path file, byte[] manifest) throws IOException {
        Part index = null;
        Part scores = null;
        Part support = null;
        try {
            LineInput lines = new LineInput(new ByteArrayInputStream(manifest));
            String first = lines.next();
            if (first == null || !first.startsWith(FIRST)) {
                throw new BadIndex(file + ": is no bundle of advisories: its manifest starts otherwise");
            }
            if (!first.equals(FIRST + FORMAT)) {
                throw new BadIndex(file + ": has the format \"" + shortened(first.substring(FIRST.length()))
                        + "\", and this program reads " + FORMAT + "; take a newer one of the program");
            }
            for (String line = lines.next(); line != null; line = lines.next()) {
                String[] parts = line.split("\t", -1);
                if (parts[0].equals("index") && parts.length == 3) {
                    index = Part.of(parts);
                } else if (parts[0].equals("scores") && parts.length == 3) {
                    scores = Part.of(parts);
                } else if (parts[0].equals("support") && parts.length == 3) {
                    support = Part.of(parts);
                }
            }
            if (index != null && scores != null) {
                return new Told(index, scores, support);
            }
        } catch (Unreadable | NumberFormatException _) {
            // told below
        }
        throw new BadIndex(file + ": its manifest tells no size and digest of index and scores");
    }

    private static void extract(ZipFile zip, Path file, Part part, Path to) throws IOException {
        String name = part.name;
        long size = part.bytes;
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw new BadIndex(file + ": says that its " + name + " has " + size + " bytes; refused");
        }
        MessageDigest sha = AdvisoryIndex.sha256();
        long at = 0;
        try (InputStream in = zip.getInputStream(entry(zip, file, name));
                OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0 && at <= size; read = in.read(buffer)) {
                at += read;
                sha.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
        if (at != size || !HexFormat.of().formatHex(sha.digest()).equals(part.digest)) {
            throw new BadIndex(
                    file + ": its " + name + " does not match the manifest's digest; copy it again, and if that"
                            + " does not help, somebody changed it; nothing was imported");
        }
    }

    private static ZipEntry entry(ZipFile zip, Path file, String name) throws BadIndex {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new BadIndex(file + ": is no whole bundle of advisories: it has no " + name);
        }
        return entry;
    }

    private static byte[] read(ZipFile zip, ZipEntry entry, int most) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readNBytes(most);
        }
    }

    private static void entry(ZipOutputStream zip, String name, InputStream in) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        // the same advisories give the same bytes
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        in.transferTo(zip);
        zip.closeEntry();
    }

    private static byte[] sign(PrivateKey key, byte[] manifest) throws IOException {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(manifest);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IOException("the bundle cannot be signed with this key", e);
        }
    }

    private static boolean verified(PublicKey key, byte[] manifest, byte[] told) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(manifest);
            return signature.verify(told);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static String digest(Path file) throws IOException {
        MessageDigest sha = AdvisoryIndex.sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
