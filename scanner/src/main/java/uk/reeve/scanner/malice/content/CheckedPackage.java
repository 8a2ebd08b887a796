package uk.reeve.scanner.malice.content;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;

/// A package that is open to be looked at. Of several manifests the first names it, and the hooks of all count.
public final class CheckedPackage implements Closeable {

    private static final Pattern WORD = Pattern.compile("([\\w@./\\\\-]{2,120})");
    private static final Pattern LOADED = Pattern.compile(
            "(?:require(?:_relative)?|import|from|include(?:_once)?)\\s?\\(?\\s?[\"']([\\w@./-]{2,120})[\"']");
    private static final Pattern OTHER_FOLDER = Pattern.compile(
            "(?:^|/)(?:tests?|__tests__|testing|specs?|examples?|samples?|docs?|fixtures?|benchmarks?)/|_test\\.go$");
    private static final Pattern INTERPRETED = Pattern.compile(
            "\\b(node|bun|deno|python[0-9.]*|ruby|php|sh|bash)(?:\\.exe)?\\s+(?:-[\\w-]+\\s+)?([\\w@./\\\\-]{2,120})");
    private static final int MOST_INSTALL_FILES = 60;
    private static final int INSTALL_BYTES = 256 << 10;
    private static final int MOST_COMPARED = 1_000_000;

    private final PackageOpening opening;
    private final @Nullable CheckedPackage against;
    private final Deadline deadline;
    private final FileTree tree;
    private final List<Manifest> manifests = new ArrayList<>();
    private final Set<String> installed = new HashSet<>();
    private final Set<String> loaded = new HashSet<>();
    private final Map<String, List<String>> byName = new HashMap<>();
    private final Map<String, Language> run = new HashMap<>();
    private int compared;

    private CheckedPackage(PackageOpening opening, @Nullable CheckedPackage against, Deadline deadline)
            throws IOException {
        this.deadline = deadline;
        this.opening = opening;
        this.against = against;
        this.tree = new FileTree(opening.files());
        for (ManifestReader reader : ManifestReader.ALL) {
            try {
                Manifest manifest = reader.read(tree);
                if (manifest != null) {
                    manifests.add(manifest);
                }
            } catch (Unreadable e) {
                opening.problems().add("its description " + e.getMessage());
            }
        }
        for (PackageFile file : tree.all()) {
            byName.computeIfAbsent(stem(file.fileName()), _ -> new ArrayList<>(1))
                    .add(file.path());
        }
        followHooks();
        followEntries();
        if (compared >= MOST_COMPARED) {
            opening.problems().add("names so many of its files that not all of what runs at installation was followed");
        }
    }

    /// Opens a folder or an archive.
    ///
    /// @param against what it was made from, which stays the caller's to close; null where that is not at hand
    /// @throws Unreadable where it is neither, or is damaged
    public static CheckedPackage open(Path path, @Nullable CheckedPackage against, CheckLimits limits)
            throws IOException, Unreadable {
        PackageOpening opening = new PackageOpening(limits);
        Deadline deadline = new Deadline(limits.seconds());
        try {
            if (Files.isDirectory(path)) {
                opening.folder(path);
            } else {
                opening.archive(path);
            }
            return new CheckedPackage(opening, against, deadline);
        } catch (IOException e) {
            opening.close();
            throw new Unreadable(0, reason(e), e);
        } catch (RuntimeException e) { // the library's readers throw such at damaged archives
            opening.close();
            throw new Unreadable(0, "is damaged (" + e.getMessage() + "); download it again", e);
        }
    }

    /// Why it, or a file of it, could not be read, in words.
    public static String reason(IOException e) {
        String message = e.getMessage();
        return switch (e) {
            case AccessDeniedException _ -> "may not be read; ask for the right, or run as who may";
            case EOFException _ -> "stops in the middle; download it again";
            default -> message == null ? "cannot be read; download it again" : message;
        };
    }

    /// What it was made from; null where that is not at hand.
    public @Nullable CheckedPackage against() {
        return against;
    }

    /// Runs from its opening.
    public Deadline deadline() {
        return deadline;
    }

    public FileTree files() {
        return tree;
    }

    public List<Oddity> oddities() {
        return opening.oddities();
    }

    /// One line each: what was not looked at, and why.
    public List<String> problems() {
        return opening.problems();
    }

    public List<Manifest> manifests() {
        return manifests;
    }

    /// What it says it is; null where it has no manifest.
    public @Nullable Manifest manifest() {
        return manifests.isEmpty() ? null : manifests.getFirst();
    }

    public List<Hook> hooks() {
        List<Hook> all = new ArrayList<>();
        manifests.forEach(manifest -> all.addAll(manifest.hooks()));
        return all;
    }

    public Stage stage(PackageFile file) {
        if (installed.contains(file.path())) {
            return Stage.INSTALL;
        }
        for (Manifest manifest : manifests) {
            if (manifest.entries().contains(file.path())) {
                return Stage.LOAD;
            }
        }
        if (loaded.contains(file.path())) {
            return Stage.LOAD;
        }
        return isAside(file.path()) ? Stage.NEVER : Stage.CALLED;
    }

    /// Whether it lies where tests, examples or documentation do.
    static boolean isAside(String path) {
        return OTHER_FOLDER.matcher(path).find() && !path.endsWith(".class");
    }

    /// By its name and beginning; where a hook has an interpreter run it, or the package is loaded by it, by that,
    /// whatever it is called.
    public Language language(PackageFile file) throws IOException, Unreadable {
        Language told = file.language();
        return told == Language.PROSE || told == Language.DATA ? run.getOrDefault(file.path(), told) : told;
    }

    /// The text of a file, of its first `most` bytes.
    ///
    /// @throws Unreadable where it cannot be read
    public FileText text(PackageFile file, int most) throws IOException, Unreadable {
        Language language = language(file);
        byte[] bytes = language == Language.NATIVE ? new byte[0] : file.bytes(most);
        return FileText.of(file.path(), language, stage(file), bytes, Origin.of(manifests, deadline));
    }

    /// The command of a hook that is no file of the package; null where it is one.
    public @Nullable FileText text(Hook hook) {
        return tree.has(hook.command()) ? null : FileText.of(hook, Origin.of(manifests, deadline));
    }

    // The files that hooks name, and those that these name in turn.
    private void followHooks() throws IOException {
        List<String> next = new ArrayList<>();
        for (Hook hook : hooks()) {
            for (Matcher each = INTERPRETED.matcher(hook.command()); each.find(); ) {
                run.put(plain(each.group(2).replace('\\', '/')), Language.ofInterpreter(each.group(1)));
            }
            if (tree.has(hook.command())) {
                next.add(hook.command());
            } else {
                named(WORD.matcher(hook.command()), "", next);
            }
        }
        while (!next.isEmpty() && installed.size() < MOST_INSTALL_FILES) {
            String path = next.removeFirst();
            PackageFile file = tree.get(path);
            if (file != null && installed.add(path)) {
                follow(file, WORD, next);
            }
        }
        if (next.stream().anyMatch(path -> tree.has(path) && !installed.contains(path))) {
            opening.problems()
                    .add("runs more than " + MOST_INSTALL_FILES
                            + " files when it is installed; others count as any code");
        }
    }

    // What the entry points load from folders of tests and the like, which else would not count.
    private void followEntries() throws IOException {
        List<String> next = new ArrayList<>();
        for (Manifest manifest : manifests) {
            next.addAll(manifest.entries());
            for (String entry : manifest.entries()) {
                if (manifest.type().equals("npm") && !entry.endsWith(".json")) {
                    run.putIfAbsent(entry, Language.JAVASCRIPT);
                }
            }
        }
        Set<String> seen = new HashSet<>();
        while (!next.isEmpty() && seen.size() < MOST_INSTALL_FILES) {
            String path = next.removeFirst();
            PackageFile file = tree.get(path);
            if (file == null || !seen.add(path)) {
                continue;
            }
            List<String> named = new ArrayList<>();
            follow(file, LOADED, named);
            named.removeIf(each -> !isAside(each));
            loaded.addAll(named);
            next.addAll(named);
        }
    }

    private void follow(PackageFile file, Pattern naming, List<String> next) throws IOException {
        try {
            if (language(file).isCode() && !file.path().endsWith("/pom.xml")) {
                String text = new String(file.bytes(INSTALL_BYTES), java.nio.charset.StandardCharsets.UTF_8);
                int slash = file.path().lastIndexOf('/');
                named(naming.matcher(text), slash < 0 ? "" : file.path().substring(0, slash + 1), next);
            }
        } catch (Unreadable e) {
            opening.problems().add(file.path() + ": " + e.getMessage());
        }
    }

    // Whatever reads like the path of a file that is there, from the same folder or from the top.
    private void named(Matcher words, String folder, List<String> next) {
        while (words.find() && compared < MOST_COMPARED) {
            String word = words.group(1).replace('\\', '/');
            boolean path = word.indexOf('/') >= 0 || word.indexOf('.') > 0;
            String plain = plain(word);
            if (!path || plain.isEmpty()) {
                continue;
            }
            String base = plain.substring(plain.lastIndexOf('/') + 1);
            List<String> candidates = byName.getOrDefault(stem(base), List.of());
            compared += candidates.size();
            for (String candidate : candidates) {
                if (isMeant(candidate, folder + plain) || isMeant(candidate, plain)) {
                    next.add(candidate);
                }
            }
        }
    }

    private static String plain(String word) {
        String plain = word;
        while (plain.startsWith("./") || plain.startsWith("../") || plain.startsWith("/")) {
            plain = plain.substring(plain.indexOf('/') + 1);
        }
        return plain;
    }

    private static boolean isMeant(String candidate, String told) {
        return candidate.equals(told)
                || (candidate.startsWith(told + ".") && candidate.indexOf('/', told.length()) < 0)
                || (candidate.startsWith(told + "/index."));
    }

    private static String stem(String name) {
        int dot = name.indexOf('.', 1);
        return dot < 0 ? name : name.substring(0, dot);
    }

    @Override
    public void close() throws IOException {
        opening.close();
    }
}
