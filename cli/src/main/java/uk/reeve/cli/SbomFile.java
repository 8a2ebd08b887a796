package uk.reeve.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Element;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.input.XmlInput;
import uk.reeve.engine.sbom.Sbom;
import uk.reeve.engine.sbom.SbomReader;

/// A file that an act of `reeve sbom` was given, whole.
final class SbomFile {

    private static final int MOST_BYTES = 128 << 20;

    private final String name;
    private final byte[] bytes;

    private SbomFile(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /// Reads the file; `-` is standard input.
    static SbomFile of(String word, Environment environment) throws Refused {
        Path path = Inputs.of(List.of(word), environment).getFirst();
        if (Files.isDirectory(path)) {
            throw Refused.usage(Shown.text(word) + ": is a folder; reeve sbom " + Shown.text(word)
                    + " --output bom.json writes an SBOM of it");
        }
        try (InputStream in = word.equals("-") ? environment.in() : Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new Refused(
                        Exit.INCOMPLETE,
                        Shown.text(word) + ": is larger than " + (MOST_BYTES >> 20)
                                + " MiB; split it by part of the product");
            }
            return new SbomFile(word, bytes);
        } catch (IOException e) {
            throw new Refused(Exit.INCOMPLETE, Shown.text(word) + ": cannot be read (" + Inputs.why(e) + ")");
        }
    }

    /// As the person wrote it.
    String name() {
        return name;
    }

    byte[] bytes() {
        return bytes;
    }

    Sbom sbom() throws Refused, IOException {
        try {
            return SbomReader.read(new ByteArrayInputStream(bytes));
        } catch (Unreadable e) {
            throw new Refused(Exit.INCOMPLETE, e.at(Shown.text(name)));
        }
    }

    /// `sha256:…` of the bytes.
    String digest() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // each JDK has it
        }
    }

    /// The document as a tree; null where it is no JSON object, or none that can be read.
    @Nullable
    Node json() throws IOException {
        try {
            return begins('{') ? JsonInput.read(new ByteArrayInputStream(bytes)) : null;
        } catch (Unreadable e) {
            return null; // the reader of SBOMs says why
        }
    }

    /// The document as a tree; null where it is no XML, or none that can be read.
    @Nullable
    Element xml() throws IOException {
        try {
            return begins('<') ? XmlInput.read(new ByteArrayInputStream(bytes)) : null;
        } catch (Unreadable e) {
            return null; // the reader of SBOMs says why
        }
    }

    /// Whether this is the first character, but for blanks and marks of the byte order (UTF-8, UTF-16).
    boolean begins(char first) {
        for (byte b : bytes) {
            if (b > ' ') {
                return b == first;
            }
        }
        return false;
    }
}
