package uk.reeve.scanner.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// What an image shows once its layers lie on each other. They are read from the uppermost down, each once, so that
/// of a file that several have only the one that shows is kept.
///
/// Source: OCI image specification 1.1, "Image Layer Filesystem Changeset".
public final class RootFileSystem implements Archive {

    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final int NAME_CHARS = 4_096;
    private static final int PATH_BYTES = 400; // of the heap, for each path that is remembered

    private final Image image;
    private final Blobs blobs;
    private final Archives.Keep keep;
    private final Predicate<String> grows;
    private final Allowance allowance;
    private final Spool spool = new Spool();
    private final List<String> names = new ArrayList<>();
    private final List<Shown> files = new ArrayList<>();
    private final Map<String, Integer> growing = new HashMap<>();
    /// What lies below these, and at these, shows no more.
    private final Set<String> taken = new HashSet<>();

    private final Set<String> folders = new HashSet<>();
    /// What lies below these shows no more.
    private final Set<String> opaque = new HashSet<>();

    private int most = (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / PATH_BYTES);

    /// A file that shows.
    private record Shown(Layer layer, Spool.Part part, List<Earlier> earlier) {}

    /// What a lower layer had at the path of a file that shows.
    public static final class Earlier {

        private final Layer layer;
        private final Spool.Part part;

        private Earlier(Layer layer, Spool.Part part) {
            this.layer = layer;
            this.part = part;
        }

        public Layer layer() {
            return layer;
        }
    }

    /// @param grows of which files what lower layers had is kept as well, by path
    RootFileSystem(
            Image image,
            Blobs blobs,
            Archives.Keep keep,
            Predicate<String> grows,
            Allowance allowance,
            Troubles troubles)
            throws IOException {
        this.image = image;
        this.blobs = blobs;
        this.keep = keep;
        this.grows = grows;
        this.allowance = allowance;
        try {
            for (Layer layer : image.layers().reversed()) {
                if (!allowance.isSpent()) {
                    read(layer, troubles);
                }
            }
        } catch (RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    private void read(Layer layer, Troubles troubles) {
        Changes changes = new Changes(layer);
        try (SeekableByteChannel bytes = layer.blob().isEmpty() ? null : blobs.open(layer.blob())) {
            if (bytes == null) {
                troubles.tell(layer, "is not in the file, so what it holds was not looked at; save the image whole");
                return;
            }
            if (layer.mediaType().endsWith("+encrypted")) {
                troubles.tell(layer, "is encrypted, so what it holds was not looked at; scan the image before that");
                return;
            }
            each(bytes, changes::take);
            if (changes.isShort()) { // the other names of files that nobody wanted by their first
                each(bytes, changes::again);
            }
        } catch (IOException e) {
            troubles.tell(layer, e);
        } catch (RuntimeException e) { // of the library, on what is no TAR
            troubles.tell(layer, new IOException("it is damaged (" + e + ")", e));
        } finally {
            changes.apply();
        }
    }

    @FunctionalInterface
    private interface Each {
        void take(String name, TarArchiveEntry entry, InputStream content) throws IOException;
    }

    private void each(SeekableByteChannel layer, Each each) throws IOException {
        try (TarArchiveInputStream entries = new TarArchiveInputStream(
                allowance.counted(Archives.layer(new Slice(layer, 0, layer.size()))), StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                allowance.file();
                String name = Archives.name(entry.getName());
                int end = name.length();
                while (end > 0 && name.charAt(end - 1) == '/') {
                    end--;
                }
                if (end > 0 && end <= NAME_CHARS) {
                    each.take(name.substring(0, end), entry, entries);
                }
            }
        }
    }

    private boolean shows(String name) {
        if (taken.contains(name) || folders.contains(name)) {
            return false;
        }
        for (int at = name.lastIndexOf('/'); at >= 0; at = at == 0 ? -1 : name.lastIndexOf('/', at - 1)) {
            String above = name.substring(0, at);
            if (taken.contains(above) || opaque.contains(above)) {
                return false;
            }
        }
        return !opaque.contains("");
    }

    private void remember(List<String> from, Set<String> into) {
        most -= from.size();
        into.addAll(from);
    }

    /// What one layer brings and takes away. It holds for lower ones, not for itself.
    private final class Changes {

        private final Layer layer;
        private final Map<String, Spool.Part> kept = new LinkedHashMap<>();
        private final Map<String, String> links = new LinkedHashMap<>();
        private final Set<String> targets = new HashSet<>();
        private final Map<String, Spool.Part> again = new HashMap<>();
        private final List<String> newTaken = new ArrayList<>();
        private final List<String> newFolders = new ArrayList<>();
        private final List<String> newOpaque = new ArrayList<>();

        Changes(Layer layer) {
            this.layer = layer;
        }

        void take(String name, TarArchiveEntry entry, InputStream content) throws IOException {
            int slash = name.lastIndexOf('/') + 1;
            if (name.startsWith(WHITEOUT, slash)) {
                whiteout(name.substring(0, Math.max(0, slash - 1)), name.substring(slash));
                return;
            }
            if (entry.isDirectory()) {
                newFolders.add(name);
                return;
            }
            newTaken.add(name);
            if (newTaken.size() > most) {
                throw new IOException("it has more files than fit into memory; give more (REEVE_OPTS=-Xmx2g), or"
                        + " unpack it and scan the folder");
            }
            kept.remove(name); // of two of one name the later counts
            links.remove(name);
            boolean shows = shows(name);
            if (shows && entry.isLink()) {
                links.put(name, Archives.name(entry.getLinkName()));
            } else if (entry.isFile() && !entry.isSymbolicLink() && !entry.isLink()) {
                file(name, content, shows);
            }
        }

        private void whiteout(String folder, String name) {
            if (name.equals(OPAQUE)) {
                newOpaque.add(folder);
            } else if (!name.startsWith(".wh..wh.")) { // those are AUFS' own
                String gone = name.substring(WHITEOUT.length());
                newTaken.add(folder.isEmpty() ? gone : folder + "/" + gone);
            }
        }

        private void file(String name, InputStream content, boolean shows) throws IOException {
            Integer above = shows ? null : growing.get(name);
            if (above != null) {
                files.get(above).earlier().add(new Earlier(layer, spool.add(new Begun(content).whole())));
            } else if (shows) {
                Begun begun = new Begun(content);
                if (keep.wants(name, begun::head)) {
                    kept.put(name, spool.add(begun.whole()));
                }
            }
        }

        /// Whether a file is wanted by a name of which the content stands under another that nobody wanted.
        boolean isShort() throws IOException {
            for (Map.Entry<String, String> link : links.entrySet()) {
                if (!kept.containsKey(link.getValue()) && keep.wants(link.getKey(), () -> "")) {
                    targets.add(link.getValue());
                }
            }
            return !targets.isEmpty();
        }

        void again(String name, TarArchiveEntry entry, InputStream content) throws IOException {
            if (targets.contains(name) && entry.isFile() && !entry.isSymbolicLink() && !entry.isLink()) {
                again.put(name, spool.add(new Begun(content).whole()));
            }
        }

        void apply() {
            for (Map.Entry<String, String> link : links.entrySet()) {
                Spool.Part first = kept.get(link.getValue());
                Spool.Part part = first == null ? again.get(link.getValue()) : first;
                if (part != null) {
                    show(link.getKey(), part);
                }
            }
            for (Map.Entry<String, Spool.Part> file : kept.entrySet()) {
                show(file.getKey(), file.getValue());
            }
            remember(newTaken, taken);
            remember(newFolders, folders);
            remember(newOpaque, opaque);
        }

        private void show(String name, Spool.Part part) {
            if (grows.test(name)) {
                growing.put(name, names.size());
            }
            names.add(name);
            files.add(new Shown(layer, part, new ArrayList<>(0)));
        }
    }

    public Image image() {
        return image;
    }

    /// Which layer the file is of.
    public Layer layer(int number) {
        return files.get(number).layer();
    }

    /// What lower layers had at the path of a file that grows, the uppermost first.
    public List<Earlier> earlier(int number) {
        return files.get(number).earlier();
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public InputStream open(int number) {
        return spool.open(files.get(number).part());
    }

    public InputStream open(Earlier earlier) {
        return spool.open(earlier.part);
    }

    @Override
    public SeekableByteChannel channel(int number) throws IOException {
        return spool.channel(files.get(number).part());
    }

    public SeekableByteChannel channel(Earlier earlier) throws IOException {
        return spool.channel(earlier.part);
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
