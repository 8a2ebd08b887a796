package uk.reeve.scanner.extract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.jspecify.annotations.Nullable;

/// Files in memory by their path, as an extractor sees them.
final class FixtureTree {

    private final Map<String, byte[]> files;

    private FixtureTree(Map<String, byte[]> files) {
        this.files = files;
    }

    /// All files below a folder.
    static FixtureTree of(Path folder) {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FixtureTree(files);
    }

    /// Files by path, and their text.
    static FixtureTree of(Map<String, String> texts) {
        Map<String, byte[]> files = new TreeMap<>();
        texts.forEach((path, text) -> files.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return new FixtureTree(files);
    }

    /// All files in a zip.
    static FixtureTree ofZip(Path zip) {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), in.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FixtureTree(files);
    }

    List<String> paths() {
        return List.copyOf(files.keySet());
    }

    byte[] bytes(String path) {
        return files.getOrDefault(path, new byte[0]);
    }

    Head head(String path) {
        byte[] bytes = bytes(path);
        return () -> new String(bytes, 0, Math.min(4096, bytes.length), StandardCharsets.ISO_8859_1);
    }

    ScanFile file(String path) {
        return file(path, bytes(path));
    }

    /// The same file with other bytes and its own neighbours.
    ScanFile file(String path, byte[] bytes) {
        return new ScanFile(new ScanPath(path)) {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public SeekableByteChannel channel() {
                return new SeekableInMemoryByteChannel(bytes);
            }

            @Override
            public @Nullable ScanFile neighbour(String relative) {
                String found = resolve(path().folder(), relative);
                return found != null && files.containsKey(found) ? FixtureTree.this.file(found) : null;
            }
        };
    }

    private static @Nullable String resolve(String folder, String relative) {
        ArrayDeque<String> parts = new ArrayDeque<>();
        for (String part : (folder + "/" + relative).split("/")) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return null;
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }
}
