package uk.reeve.scanner.program;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A program or library, known by its first bytes. Only its tables are read, and what somebody asks for.
public final class Program {

    private static final int MOST_SECTIONS = 100_000;

    private final Bytes bytes;
    private final int wordBytes;
    private final List<Section> sections;
    private final List<Section> loaded;
    private final Directories directories;

    /// Two tables that only PE has; addresses in memory, 0 where there is none.
    record Directories(long image, long resources, boolean isManaged) {

        static final Directories NONE = new Directories(0, 0, false);
    }

    /// @param loaded what of it goes to memory
    Program(Bytes bytes, int wordBytes, List<Section> sections, List<Section> loaded, Directories directories) {
        this.bytes = bytes;
        this.wordBytes = wordBytes;
        this.sections = List.copyOf(sections);
        this.loaded = List.copyOf(loaded);
        this.directories = directories;
    }

    /// Whether a file that begins so may be one.
    ///
    /// @param head its first bytes, as Latin-1
    public static boolean isProgram(String head) {
        return head.startsWith("\u007fELF") || head.startsWith("MZ") || MachO.isMachO(head);
    }

    /// Null where it is none after all: an old program of DOS, a class of Java.
    ///
    /// @throws EOFException where its tables reach beyond its end
    /// @throws IOException where its tables are none
    public static @Nullable Program of(SeekableByteChannel file) throws IOException {
        Bytes bytes = new Bytes(file, 0, ByteOrder.LITTLE_ENDIAN);
        if (file.size() < 64) {
            return null;
        }
        ByteBuffer head = bytes.at(0, 64);
        if (head.getInt(0) == Elf.MAGIC) {
            return Elf.read(bytes);
        }
        return head.getShort(0) == Pe.MAGIC ? Pe.read(bytes) : MachO.read(bytes);
    }

    /// Null where there is none of that name.
    @Nullable
    Section section(String name) {
        for (Section section : sections) {
            if (section.name().equals(name)) {
                return section;
            }
        }
        return null;
    }

    boolean hasSections() {
        return !sections.isEmpty();
    }

    /// What of it goes to memory.
    List<Section> loaded() {
        return loaded;
    }

    Directories directories() {
        return directories;
    }

    int wordBytes() {
        return wordBytes;
    }

    /// Bytes by their place in the file.
    ByteBuffer at(long place, long length) throws IOException {
        return bytes.at(place, length);
    }

    /// Bytes by their address in memory; null where the file holds none for it.
    @Nullable
    ByteBuffer atAddress(long address, long length, ByteOrder order) throws IOException {
        for (Section section : loaded) {
            if (section.holds(address)) {
                return bytes.in(order).at(section.at() + (address - section.address()), length);
            }
        }
        return null;
    }

    static int count(long told) throws IOException {
        if (told < 0 || told > MOST_SECTIONS) {
            throw new IOException("it says to have %,d sections".formatted(told));
        }
        return (int) told;
    }
}
