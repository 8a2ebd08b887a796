package uk.reeve.scanner.extract;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// By what front-end libraries are known. `web-libraries.tsv` has a line each: the npm package, then `content`, a
/// text that stands in every match, and the pattern; or `name` and the pattern of a file's name; or `sha1`, a whole
/// file's digest, and its version. `§` stands for the version. Lines that begin with `#` are words for people. The
/// patterns are matched in linear time.
final class WebLibraries {

    static final WebLibraries KNOWN = new WebLibraries();

    private static final String VERSION = "([0-9]+\\.[0-9][0-9.a-zA-Z_-]*)";
    private static final int LONGEST_NAME = 255;

    private record Sign(String library, String part, Pattern pattern) {}

    private record Copy(String library, String version) {}

    private final List<Sign> contents = new ArrayList<>();
    private final List<Sign> names = new ArrayList<>();
    private final Map<String, Copy> copies = new HashMap<>();

    private WebLibraries() {
        try (InputStream in = WebLibraries.class.getResourceAsStream("web-libraries.tsv")) {
            if (in == null) {
                throw new IllegalStateException("web-libraries.tsv is missing");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    add(line.split("\t", -1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String[] line) {
        switch (line[1]) {
            case "content" -> contents.add(new Sign(line[0], line[2], pattern(line[3])));
            case "name" -> names.add(new Sign(line[0], "", pattern(line[2])));
            default -> copies.put(line[2], new Copy(line[0], line[3]));
        }
    }

    private static Pattern pattern(String told) {
        return Pattern.compile(told.replace("§", VERSION));
    }

    /// Libraries and their versions.
    ///
    /// @param text as Latin-1
    Map<String, String> byContent(String text) {
        Map<String, String> found = new TreeMap<>();
        for (Sign sign : contents) {
            if (!found.containsKey(sign.library) && text.contains(sign.part)) {
                Matcher match = sign.pattern.matcher(text);
                if (match.find()) {
                    found.put(sign.library, version(match.group(1)));
                }
            }
        }
        return found;
    }

    Map<String, String> byName(String fileName) {
        Map<String, String> found = new TreeMap<>();
        for (Sign sign : fileName.length() > LONGEST_NAME ? List.<Sign>of() : names) {
            Matcher match = sign.pattern.matcher(fileName);
            if (match.matches()) {
                found.putIfAbsent(sign.library, version(match.group(1)));
            }
        }
        return found;
    }

    /// @param sha1 in lower-case hex
    Map<String, String> byDigest(String sha1) {
        Copy copy = copies.get(sha1);
        return copy == null ? Map.of() : Map.of(copy.library, copy.version);
    }

    // `3.4.1.min` and `1.8.2-` end with what is no part of it.
    private static String version(String told) {
        String version = told.replaceFirst("[.-]min$", "");
        int end = version.length();
        while (end > 0 && !Character.isLetterOrDigit(version.charAt(end - 1))) {
            end--;
        }
        return version.substring(0, end);
    }
}
