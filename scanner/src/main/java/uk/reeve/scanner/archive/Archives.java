package uk.reeve.scanner.archive;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;
import uk.reeve.scanner.extract.Head;

/// Which files are archives, and how each is opened.
public final class Archives {

    /// How much of a file is looked at to know what it is.
    public static final int HEAD_BYTES = 8192;

    private static final String AR = "!<arch>\n";
    private static final int XZ_KILOBYTES = 128 << 10;

    private Archives() {}

    /// Asked for each file of an archive that is read from its beginning to its end: whether it is to be kept.
    @FunctionalInterface
    public interface Keep {

        boolean wants(String name, Head head) throws IOException;
    }

    /// Whether a file of this name is opened.
    public static boolean isNamed(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return switch (extension(name)) {
            case "jar", "war", "ear", "par", "sar", "kar", "hpi", "jpi", "nar", "aar" -> true;
            case "zip", "whl", "egg", "nupkg", "vsix", "xpi", "apk", "ipa" -> true;
            case "tar", "tgz", "tbz2", "txz", "tzst", "gem", "crate", "deb" -> true;
            case "gz", "bz2", "xz", "zst" ->
                name.endsWith(".tar.gz")
                        || name.endsWith(".tar.bz2")
                        || name.endsWith(".tar.xz")
                        || name.endsWith(".tar.zst");
            default -> false;
        };
    }

    /// Whether what is in an archive of this name is installed from it: a package, and no tree of sources.
    public static boolean isPackage(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return switch (extension(name)) {
            case "whl", "egg", "nupkg", "gem", "crate", "deb", "vsix", "xpi", "apk", "ipa" -> true;
            default -> false;
        };
    }

    // Of a program that is called `tar` there is none.
    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }

    /// Whether a file that begins so is one that is opened, whatever it is called.
    ///
    /// @param head its first 8 KB
    public static boolean isKnown(String head) {
        return isZip(head) || isTar(head) || head.startsWith(AR + "debian-binary");
    }

    /// Opens an archive, by what is in it and not by its name.
    ///
    /// @param bytes is closed with it
    /// @throws IOException where it is none, or is damaged
    public static Archive open(SeekableByteChannel bytes, Keep keep, Allowance allowance) throws IOException {
        String head = head(bytes);
        InputStream tar = isTar(head) ? all(bytes) : decompressed(bytes, head);
        if (tar != null) {
            return StreamArchive.tar(allowance.counted(tar), keep, allowance);
        }
        if (head.startsWith(AR)) {
            return StreamArchive.ar(allowance.counted(all(bytes)), keep, allowance);
        }
        if (isZip(head)
                || head.startsWith("#!")
                || head.startsWith("MZ")) { // a script or a program may stand before it
            return new ZipArchive(bytes, allowance);
        }
        throw new IOException(
                head.startsWith("version https://git-lfs")
                        ? "it stands for a file that Git LFS keeps; fetch that (git lfs pull)"
                        : "it is no archive of a kind that is opened");
    }

    /// The first 8 KB, as Latin-1.
    static String head(SeekableByteChannel bytes) throws IOException {
        bytes.position(0);
        return new String(Channels.newInputStream(bytes).readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
    }

    private static InputStream all(SeekableByteChannel bytes) throws IOException {
        return new BufferedInputStream(Channels.newInputStream(bytes.position(0)), 1 << 16);
    }

    /// What comes out of it; null where it is compressed in no way that is known.
    static @Nullable InputStream decompressed(SeekableByteChannel bytes, String head) throws IOException {
        if (head.startsWith("\u001f\u008b")) {
            return new GzipCompressorInputStream(all(bytes), true);
        }
        if (head.startsWith("BZh")) {
            return new BZip2CompressorInputStream(all(bytes), true);
        }
        if (head.startsWith("\u00fd7zXZ\0")) {
            return new XZInputStream(all(bytes), XZ_KILOBYTES);
        }
        if (head.startsWith("\u0028\u00b5\u002f\u00fd")) {
            return zstd(all(bytes));
        }
        return null;
    }

    private static InputStream zstd(InputStream in) throws IOException {
        try {
            return new ZstdInputStreamNoFinalizer(in);
        } catch (LinkageError e) { // its own code is for the usual machines only
            throw new IOException("it is compressed by zstd, which cannot be read on this machine; unpack it", e);
        }
    }

    /// The bytes of a layer: a TAR, however compressed.
    static InputStream layer(SeekableByteChannel bytes) throws IOException {
        InputStream tar = decompressed(bytes, head(bytes));
        return tar == null ? all(bytes) : tar;
    }

    /// All of it to read at any place, from a stream that is read to its end.
    public static SeekableByteChannel seekable(InputStream content) throws IOException {
        return Spool.of(content);
    }

    private static boolean isZip(String head) {
        return head.startsWith("PK\u0003\u0004") || head.startsWith("PK\u0005\u0006");
    }

    static boolean isTar(String head) {
        return head.startsWith("ustar", 257);
    }

    /// As a path with `/`, from no root.
    static String name(String told) {
        String name = told.replace('\\', '/');
        while (name.startsWith("/") || name.startsWith("./")) {
            name = name.substring(name.indexOf('/') + 1);
        }
        return name;
    }
}
