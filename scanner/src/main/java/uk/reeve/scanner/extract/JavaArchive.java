package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// A JAR, WAR or EAR. Maven writes what it built, and what was merged into it, as `META-
/// INF/maven/GROUP/NAME/pom.properties`. One without its own is known by its file's name and its manifest: exactly
/// where its group is well known, else *possible*. Source: Maven Archiver, "addMavenDescriptor"; JAR File
/// Specification; OSGi Core, 3.2.
final class JavaArchive implements ArchiveExtractor {

    private static final String FOLDER = "META-INF/maven/";
    private static final String PROPERTIES = "pom.properties";
    private static final String LOG4J = "log4j-core";

    /// A package of Maven's.
    private record Coordinates(String group, String name, String version) {}

    @Override
    public String name() {
        return "maven/archive";
    }

    @Override
    public boolean wants(ScanPath path, ArchiveFiles inside) {
        String name = path.fileName().toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "jar", "war", "ear", "par", "sar", "kar", "hpi", "jpi", "nar", "aar" -> true;
            default -> false;
        };
    }

    @Override
    public void extract(ScanPath path, ArchiveFiles inside, Sink out) throws IOException, Unreadable {
        Set<Coordinates> told = new LinkedHashSet<>();
        for (String name : inside.names()) {
            Coordinates one = isProperties(name) ? coordinates(inside.file(name), name, out) : null;
            if (one != null) {
                told.add(one);
            }
        }
        JarName called = JarName.of(path.fileName());
        Integer own = null;
        List<Integer> merged = new ArrayList<>();
        for (Coordinates one : told) {
            int number = component(one, true, out);
            if (own == null && (isNamed(one, path, called) || told.size() == 1 && isOnlyOne(one, called))) {
                own = number;
            } else if (number >= 0) {
                merged.add(number);
            }
        }
        if (own == null) {
            own = byName(
                    called, JavaManifest.of(inside.file("META-INF/MANIFEST.MF")), path, inside, told.isEmpty(), out);
        }
        if (told.stream().noneMatch(JavaArchive::isLog4j)
                && (called == null || !called.name().equals(LOG4J))) {
            merged.addAll(MergedLog4j.KNOWN.tell(inside, out));
        }
        merged.addAll(told.isEmpty() ? LicenceFolders.tell(inside, out) : List.of());
        if (own != null && own >= 0) {
            out.direct(own);
            for (int one : merged) {
                out.edge(own, one);
            }
        }
    }

    private static boolean isLog4j(Coordinates one) {
        return one.name().equals(LOG4J);
    }

    private static boolean isProperties(String name) {
        int at = name.indexOf(FOLDER);
        return name.endsWith("/" + PROPERTIES)
                && (at == 0 || at > 0 && name.charAt(at - 1) == '/')
                && name.indexOf('/', at + FOLDER.length()) > 0;
    }

    private static boolean isNamed(Coordinates one, ScanPath path, @Nullable JarName called) {
        String file = path.fileName();
        return called != null && called.name().equalsIgnoreCase(one.name())
                || file.startsWith(one.name() + "-" + one.version())
                || file.substring(0, Math.max(0, file.lastIndexOf('.'))).equals(one.name());
    }

    // A file may have been given another name; one that names another package is that.
    private static boolean isOnlyOne(Coordinates one, @Nullable JarName called) {
        return called == null || called.version().equals(one.version());
    }

    private static @Nullable Coordinates coordinates(@Nullable ScanFile file, String name, Sink out)
            throws IOException, Unreadable {
        if (file == null) {
            return null;
        }
        String[] found = {"", "", ""};
        try {
            file.lines((_, line) -> {
                int equals = line.indexOf('=');
                String value = equals < 0 ? "" : line.substring(equals + 1).strip();
                switch (equals < 0 ? "" : line.substring(0, equals).strip()) {
                    case "groupId" -> found[0] = value;
                    case "artifactId" -> found[1] = value;
                    case "version" -> found[2] = value;
                    default -> {}
                }
            });
        } catch (Unreadable e) { // the others still count
            out.problem(0, name + ": " + e.getMessage());
            return null;
        }
        String[] folder = name.substring(name.indexOf(FOLDER) + FOLDER.length()).split("/");
        String group = found[0].isEmpty() ? folder[0] : found[0];
        String artifact = found[1].isEmpty() && folder.length > 2 ? folder[1] : found[1];
        if (found[2].isEmpty() || found[2].contains("${") || artifact.isEmpty()) {
            out.notCovered(0, group + ":" + artifact, null, name + " tells no version");
            return null;
        }
        return new Coordinates(group, artifact, found[2]);
    }

    /// @param exact whether its coordinates are told or well known
    /// @return its number; below 0 where they make up no package URL
    private static int component(Coordinates of, boolean exact, Sink out) {
        try {
            Purl purl = Purl.of("maven", of.group(), of.name(), of.version(), Map.of(), null);
            return exact ? out.component(0, purl, Scope.RUNTIME) : out.minimum(0, purl, Scope.RUNTIME);
        } catch (BadPurl e) {
            out.problem(0, "coordinates that are none: " + e.getMessage());
            return -1;
        }
    }

    private static @Nullable Integer byName(
            @Nullable JarName called,
            JavaManifest manifest,
            ScanPath path,
            ArchiveFiles inside,
            boolean alone,
            Sink out) {
        String name = called != null ? called.name() : manifest.name();
        String version = called != null ? called.version() : manifest.version();
        if (name != null && version != null) {
            String known = KnownGroups.of(name, inside.names());
            String group = known != null ? known : manifest.group(name);
            if (group != null) {
                return component(new Coordinates(group, name, version), known != null, out);
            }
        }
        if (alone && inside.names().stream().anyMatch(each -> each.endsWith(".class"))) {
            out.notCovered(0, name == null ? path.fileName() : name, version, "does not tell which package it is");
        }
        return null;
    }
}
