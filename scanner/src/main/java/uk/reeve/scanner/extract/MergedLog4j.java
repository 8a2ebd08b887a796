package uk.reeve.scanner.extract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// Classes of log4j-core that were merged into an archive without their metadata. A few of them differ from release to
/// release: where all that are there have the bytes of one release, it is that. Where they were renamed or changed, it
/// is *possibly* the latest release that first had one of the classes that are there.
///
/// `log4j-classes.tsv` has a line each: `digest`, class, SHA-256 and the releases that have those bytes; or `since`,
/// class and the first release that had it. Lines that begin with `#` are words for people.
final class MergedLog4j {

    static final MergedLog4j KNOWN = kept();

    /// No release works without it.
    private static final String SIGN = "log4j/core/LoggerContext.class";

    private static final String NAMES = "the names of its classes, whose bytes are those of no one release";

    /// By class, then digest: releases, the earliest first.
    private final Map<String, Map<String, List<String>>> digests = new LinkedHashMap<>();

    /// The latest first.
    private final Map<String, String> since = new LinkedHashMap<>();

    MergedLog4j(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split("\t", -1);
            switch (words[0]) {
                case "digest" ->
                    digests.computeIfAbsent(words[1], _ -> new HashMap<>()).put(words[2], List.of(words[3].split(" ")));
                case "since" -> since.put(words[1], words[2]);
                default -> {}
            }
        }
    }

    private static MergedLog4j kept() {
        try (InputStream in = MergedLog4j.class.getResourceAsStream("log4j-classes.tsv")) {
            if (in == null) {
                throw new IllegalStateException("log4j-classes.tsv is missing");
            }
            return new MergedLog4j(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @return the components' numbers
    List<Integer> tell(ArchiveFiles inside, Sink out) throws IOException, Unreadable {
        List<Integer> numbers = new ArrayList<>();
        for (String name : inside.names()) {
            if (name.endsWith(SIGN) && (name.length() == SIGN.length() || isFolder(name))) {
                Integer number = tell(name.substring(0, name.length() - "LoggerContext.class".length()), inside, out);
                if (number != null) {
                    numbers.add(number);
                }
            }
        }
        return numbers;
    }

    private static boolean isFolder(String name) {
        return name.charAt(name.length() - SIGN.length() - 1) == '/';
    }

    /// @param folder of its classes
    private @Nullable Integer tell(String folder, ArchiveFiles inside, Sink out) throws IOException, Unreadable {
        List<String> fitting = null;
        for (Map.Entry<String, Map<String, List<String>>> known : digests.entrySet()) {
            ScanFile file = inside.file(folder + known.getKey());
            if (file != null) {
                List<String> having = known.getValue().getOrDefault(digest(file), List.of());
                fitting = fitting == null ? new ArrayList<>(having) : fitting;
                fitting.retainAll(having);
            }
        }
        List<String> releases = fitting == null ? List.of() : fitting;
        if (releases.size() == 1) {
            Purl purl = purl(releases.getFirst(), out);
            return purl == null ? null : out.component(0, purl, Scope.RUNTIME);
        }
        Purl purl = purl(releases.isEmpty() ? latest(folder, inside) : releases.getFirst(), out);
        if (purl == null) {
            return null;
        }
        int number = out.minimum(0, purl, Scope.RUNTIME);
        out.tell(number, Map.of("evidence", NAMES));
        return number;
    }

    private String latest(String folder, ArchiveFiles inside) {
        Set<String> names = new HashSet<>(inside.names());
        for (Map.Entry<String, String> first : since.entrySet()) {
            if (names.contains(folder + first.getKey())) {
                return first.getValue();
            }
        }
        return "2.0";
    }

    private static @Nullable Purl purl(String version, Sink out) {
        return Parts.purl(out, 0, "maven", "org.apache.logging.log4j", "log4j-core", version, Map.of());
    }

    private static String digest(ScanFile file) throws IOException, Unreadable {
        try (InputStream in = file.open()) {
            return digest(in);
        }
    }

    /// Its SHA-256, in lower-case hex.
    static String digest(InputStream content) throws IOException {
        try {
            DigestInputStream in = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"));
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
