package uk.reeve.scanner.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;

/// Which images a file holds, and what each is made of.
///
/// Source: OCI image specification 1.1, "Image Layout", "Image Index", "Image Manifest", "Image Configuration"; Docker,
/// image specification 1.2, "Combined Image JSON + Filesystem Changeset Format" (`manifest.json`).
final class Manifests {

    static final String OCI = "index.json";
    static final String DOCKER = "manifest.json";

    private static final int MOST_BYTES = 4 << 20; // as much as registries take
    private static final int MOST_IMAGES = 256;
    private static final int MOST_LAYERS = 1_024;
    private static final int MOST_MANIFESTS = 1_000;
    private static final int DEPTH = 4;
    private static final Pattern DIGEST = Pattern.compile("[a-z0-9+._-]{1,32}:[0-9a-zA-Z]{1,160}");

    private final Blobs blobs;
    private final Platform wanted;
    private final boolean told;
    private final Troubles troubles;
    private int left = MOST_MANIFESTS;

    /// @param wanted null for the usual one, or whatever there is
    Manifests(Blobs blobs, @Nullable Platform wanted, Troubles troubles) {
        this.blobs = blobs;
        this.wanted = wanted == null ? Platform.USUAL : wanted;
        this.told = wanted != null;
        this.troubles = troubles;
    }

    /// What one name stands for on one platform.
    private record Choice(Platform platform, String digest, Node manifest) {}

    /// Whether the blobs have what says of them that they are images.
    boolean areThere() throws IOException {
        try {
            Node index = json(OCI);
            Node docker = index == null || index.get("manifests") == null ? json(DOCKER) : null;
            return docker == null
                    ? index != null && index.get("manifests") != null
                    : !docker.items().isEmpty() && docker.items().getFirst().get("Layers") != null;
        } catch (Unreadable e) {
            try (SeekableByteChannel mark = blobs.open("oci-layout")) {
                return mark != null;
            }
        }
    }

    /// One image for each name.
    ///
    /// @throws Unreadable where they tell of none
    List<Image> images() throws IOException, Unreadable {
        Node index = json(OCI);
        List<Image> images = new ArrayList<>();
        if (index != null && !index.items("manifests").isEmpty()) {
            Map<String, List<Choice>> choices = new LinkedHashMap<>();
            choices(index, "", 0, choices);
            for (Map.Entry<String, List<Choice>> entry : choices.entrySet()) {
                Choice choice = chosen(entry.getKey(), entry.getValue());
                if (choice != null) {
                    images.add(oci(entry.getKey(), choice, entry.getValue()));
                }
            }
        }
        Node docker = images.isEmpty() ? json(DOCKER) : null;
        List<Node> saved = docker == null ? List.of() : docker.items();
        for (Node one : saved.subList(0, Math.min(saved.size(), MOST_IMAGES))) {
            Image image = docker(one);
            if (!told || image.platform().fits(wanted)) {
                images.add(image);
            } else {
                troubles.tell(null, missing(image.name(), List.of(image.platform())));
            }
        }
        if (images.isEmpty() && !troubles.any()) {
            throw new Unreadable(0, "names no image of which the layers are here; save the image again");
        }
        return images;
    }

    private void choices(Node index, String name, int depth, Map<String, List<Choice>> into)
            throws IOException, Unreadable {
        if (depth > DEPTH) {
            throw new Unreadable(0, "has lists of images in each other, more than " + DEPTH + " deep");
        }
        for (Node descriptor : index.items("manifests")) {
            String digest = descriptor.text("digest");
            boolean attests = descriptor.fields("annotations").containsKey("vnd.docker.reference.type");
            if (digest == null || attests || into.size() > MOST_IMAGES) {
                continue;
            }
            if (--left < 0) {
                throw new Unreadable(0, "names more than " + MOST_MANIFESTS + " manifests; save single images of it");
            }
            Node manifest = json(blob(digest));
            if (manifest == null) {
                continue; // of another platform, and left out when the image was saved; or no image
            }
            Node annotations = descriptor.get("annotations");
            String own = annotations == null ? "" : name(annotations);
            String title = own.isEmpty() ? name : own;
            if (!manifest.items("manifests").isEmpty()) {
                choices(manifest, title, depth + 1, into);
            } else if (isImage(manifest)) {
                List<Choice> known = into.computeIfAbsent(title, _ -> new ArrayList<>());
                if (known.size() < MOST_IMAGES) {
                    known.add(new Choice(platform(descriptor.get("platform"), manifest), digest, manifest));
                }
            }
        }
    }

    // Other things are kept as manifests too: charts, signatures, attestations.
    private static boolean isImage(Node manifest) {
        Node config = manifest.get("config");
        String type = config == null ? null : config.text("mediaType");
        return config != null
                && (type == null
                        || type.equals("application/vnd.oci.image.config.v1+json")
                        || type.equals("application/vnd.docker.container.image.v1+json"));
    }

    private static String name(Node annotations) {
        String whole = annotations.text("io.containerd.image.name");
        String tag = annotations.text("org.opencontainers.image.ref.name");
        return whole != null ? whole : tag == null ? "" : tag;
    }

    private Platform platform(@Nullable Node told, Node manifest) throws IOException, Unreadable {
        Node from = told;
        if (from == null) {
            Node config = manifest.get("config");
            String digest = config == null ? null : config.text("digest");
            from = digest == null ? null : json(blob(digest));
        }
        return from == null ? Platform.USUAL : platform(from);
    }

    private static Platform platform(Node from) {
        String os = from.text("os");
        String architecture = from.text("architecture");
        String variant = from.text("variant");
        return Platform.of(
                os == null ? "unknown" : os,
                architecture == null ? "unknown" : architecture,
                variant == null ? "" : variant);
    }

    // The wanted one; where nobody said which and it is not among them, the first.
    private @Nullable Choice chosen(String name, List<Choice> choices) {
        for (Choice choice : choices) {
            if (choice.platform().fits(wanted)) {
                return choice;
            }
        }
        if (!told) {
            return choices.getFirst();
        }
        List<Platform> there = new ArrayList<>();
        for (Choice choice : choices) {
            there.add(choice.platform());
        }
        troubles.tell(null, missing(name, there));
        return null;
    }

    private String missing(String name, List<Platform> there) {
        List<String> words = new ArrayList<>();
        for (Platform platform : there) {
            words.add(platform.toString());
        }
        return "holds " + (name.isEmpty() ? "no image" : "no " + name) + " for " + wanted + "; it is there for "
                + String.join(", ", words);
    }

    private Image oci(String name, Choice choice, List<Choice> choices) throws IOException, Unreadable {
        Node config = choice.manifest().get("config");
        String digest = config == null ? null : config.text("digest");
        Node told = digest == null ? null : json(blob(digest));
        List<Node> descriptors = choice.manifest().items("layers");
        List<Layer> layers = new ArrayList<>();
        List<String> commands = commands(told, descriptors.size());
        for (Node descriptor : descriptors) {
            String of = descriptor.text("digest");
            String type = descriptor.text("mediaType");
            add(layers, of == null ? "" : of, commands, of == null ? "" : blob(of), type == null ? "" : type);
        }
        List<Platform> others = new ArrayList<>();
        for (Choice other : choices) {
            if (other != choice) {
                others.add(other.platform());
            }
        }
        return new Image(name, choice.platform(), List.copyOf(others), choice.digest(), List.copyOf(layers));
    }

    private Image docker(Node saved) throws IOException, Unreadable {
        String place = saved.text("Config");
        Node config = place == null ? null : json(Archives.name(place));
        List<Node> files = saved.items("Layers");
        Node system = config == null ? null : config.get("rootfs");
        List<Node> digests = system == null ? List.of() : system.items("diff_ids");
        List<Layer> layers = new ArrayList<>();
        List<String> commands = commands(config, files.size());
        for (int i = 0; i < files.size(); i++) {
            String file = files.get(i).text();
            String digest = digests.size() == files.size() ? digests.get(i).text() : null;
            add(layers, digest == null ? "" : digest, commands, file == null ? "" : Archives.name(file), "");
        }
        List<Node> tags = saved.items("RepoTags");
        String name = tags.isEmpty() ? null : tags.getFirst().text();
        Platform platform = config == null ? Platform.USUAL : platform(config);
        return new Image(name == null ? "" : name, platform, List.of(), "", List.copyOf(layers));
    }

    private static void add(List<Layer> layers, String digest, List<String> commands, String blob, String type)
            throws Unreadable {
        if (layers.size() == MOST_LAYERS) {
            throw new Unreadable(0, "has more than " + MOST_LAYERS + " layers; nothing that runs images takes that");
        }
        String command = commands.isEmpty() ? "" : commands.get(layers.size());
        layers.add(new Layer(layers.size() + 1, digest, command, blob, type));
    }

    // What the history tells of each layer; empty where it does not fit the layers.
    private static List<String> commands(@Nullable Node config, int layers) {
        List<String> commands = new ArrayList<>();
        for (Node step : config == null ? List.<Node>of() : config.items("history")) {
            if (!step.isTrue("empty_layer")) {
                String command = step.text("created_by");
                commands.add(command == null ? "" : command.strip());
            }
        }
        return commands.size() == layers ? commands : List.of();
    }

    private static String blob(String digest) {
        return DIGEST.matcher(digest).matches() ? "blobs/" + digest.replace(':', '/') : "";
    }

    private @Nullable Node json(String name) throws IOException, Unreadable {
        try (SeekableByteChannel found = name.isEmpty() ? null : blobs.open(name)) {
            if (found == null) {
                return null;
            }
            if (found.size() > MOST_BYTES) {
                throw new Unreadable(0, name + " has more than " + (MOST_BYTES >> 20) + " MiB; save the image again");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) found.size());
            while (bytes.hasRemaining() && found.read(bytes) >= 0) {
                // until it is full
            }
            return JsonInput.read(new ByteArrayInputStream(bytes.array(), 0, bytes.position()));
        } catch (Unreadable e) {
            throw new Unreadable(0, name + " within it: " + e.getMessage(), e);
        }
    }
}
