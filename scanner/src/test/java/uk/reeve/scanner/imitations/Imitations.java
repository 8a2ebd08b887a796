package uk.reeve.scanner.imitations;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import uk.reeve.scanner.imitations.Imitation.Section;

/// Makes archives of the [Imitation]s below `imitations/`, each as its ecosystem packs it, and the same bytes each
/// time. As a program: `Imitations FOLDER-OF-TEXTS FOLDER-OF-ARCHIVES` writes each below its ecosystem's folder,
/// named as its text.
final class Imitations {

    private static final long TIME = 1_700_000_000_000L;

    /// One entry of an archive: a file, or a link where `target` is not empty.
    private record Entry(String path, byte[] bytes, String target) {}

    private Imitations() {}

    public static void main(String[] arguments) throws IOException {
        Path texts = Path.of(arguments[0]);
        for (Path text : texts(texts)) {
            Imitation imitation = Imitation.read(text);
            Path folder = Path.of(arguments[1], imitation.ecosystem());
            Files.createDirectories(folder);
            String name = imitation.name().replaceFirst(".*:|^@", "") + "-" + imitation.version();
            Files.write(
                    folder.resolve(name.replaceAll("[^A-Za-z0-9._]+", "-") + ending(imitation)), archive(imitation));
        }
    }

    /// All texts, sorted.
    static List<Path> texts(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    static String ending(Imitation imitation) {
        return switch (imitation.ecosystem()) {
            case "npm" -> ".tgz";
            case "pypi" -> imitation.of("as").equals("wheel") ? "-py3-none-any.whl" : ".tar.gz";
            case "rubygems" -> ".gem";
            case "nuget" -> ".nupkg";
            case "maven" -> ".jar";
            case "crates" -> ".crate";
            case "debian" -> "_all.deb";
            case "composer", "go", "github" -> ".zip";
            default -> throw new IllegalArgumentException("no such ecosystem: " + imitation.ecosystem());
        };
    }

    static byte[] archive(Imitation imitation) throws IOException {
        String name = imitation.name();
        String version = imitation.version();
        String last = name.substring(name.lastIndexOf('/') + 1);
        byte[] archive =
                switch (imitation.ecosystem()) {
                    case "npm" -> tgz(entries(imitation, "package/"));
                    case "pypi" -> imitation.of("as").equals("wheel") ? wheel(imitation) : sdist(imitation);
                    case "rubygems" -> gem(imitation);
                    case "nuget" -> nupkg(imitation);
                    case "maven" -> jar(imitation);
                    case "crates" -> {
                        List<Entry> files = entries(imitation, name + "-" + version + "/");
                        add(files, name + "-" + version + "/Cargo.toml", """
                                [package]
                                name = "%s"
                                version = "%s"
                                edition = "2021"
                                license = "MIT"
                                """.formatted(name, version));
                        yield tgz(files);
                    }
                    case "composer", "github" -> zip(entries(imitation, last + "-" + version + "/"));
                    case "go" -> {
                        List<Entry> files = entries(imitation, name + "@" + version + "/");
                        add(files, name + "@" + version + "/go.mod", "module " + name + "\n\ngo 1.21\n");
                        yield zip(files);
                    }
                    case "debian" -> deb(imitation);
                    default -> throw new IllegalArgumentException("no such ecosystem: " + imitation.ecosystem());
                };
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(archive);
        for (Section section : imitation.sections()) {
            if (section.kind().equals("trailing")) {
                whole.writeBytes(Markup.expand(section.text()));
            }
        }
        return whole.toByteArray();
    }

    private static List<Entry> entries(Imitation imitation, String prefix) throws IOException {
        List<Entry> entries = new ArrayList<>();
        Compiled compiled = new Compiled();
        for (Section section : imitation.sections()) {
            String path = prefix + new String(Markup.expand(section.path()), StandardCharsets.UTF_8);
            switch (section.kind()) {
                case "" -> entries.add(new Entry(path, Markup.expand(section.text()), ""));
                case "link" -> {
                    String[] ends = path.split(" -> ");
                    entries.add(new Entry(ends[0], new byte[0], ends[1]));
                }
                case "compile" -> compiled.add(section.path(), bytes(section), true);
                case "beside" -> compiled.add(section.path(), bytes(section), false);
                default -> {} // trailing bytes follow the archive
            }
        }
        compiled.classes().forEach((path, bytes) -> entries.add(new Entry(prefix + path, bytes, "")));
        return entries;
    }

    private static String bytes(Section section) throws IOException {
        return new String(Markup.expand(section.text()), StandardCharsets.UTF_8);
    }

    private static void add(List<Entry> entries, String path, String text) {
        if (entries.stream().noneMatch(entry -> entry.path().equals(path))) {
            entries.addFirst(new Entry(path, text.getBytes(StandardCharsets.UTF_8), ""));
        }
    }

    private static String metadata(Imitation imitation) {
        return "Metadata-Version: 2.1\nName: %s\nVersion: %s\nSummary: %s\n"
                .formatted(imitation.name(), imitation.version(), "Small helpers");
    }

    private static byte[] sdist(Imitation imitation) throws IOException {
        String prefix = imitation.name() + "-" + imitation.version() + "/";
        List<Entry> files = entries(imitation, prefix);
        add(files, prefix + "PKG-INFO", metadata(imitation));
        return tgz(files);
    }

    private static byte[] wheel(Imitation imitation) throws IOException {
        String info = imitation.name().replace('-', '_') + "-" + imitation.version() + ".dist-info/";
        List<Entry> files = entries(imitation, "");
        StringBuilder record = new StringBuilder();
        files.forEach(file -> record.append(file.path()).append(",,\n"));
        add(files, info + "METADATA", metadata(imitation));
        add(
                files,
                info + "WHEEL",
                "Wheel-Version: 1.0\nGenerator: bdist_wheel\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        add(files, info + "RECORD", record.append(info).append("RECORD,,\n").toString());
        return zip(files);
    }

    private static byte[] gem(Imitation imitation) throws IOException {
        List<Entry> files = entries(imitation, "");
        add(files, "metadata", """
                --- !ruby/object:Gem::Specification
                name: %s
                version: !ruby/object:Gem::Version
                  version: %s
                platform: ruby
                authors:
                - Example
                bindir: bin
                extensions: %s
                summary: Small helpers
                require_paths:
                - lib
                """.formatted(imitation.name(), imitation.version(), extensions(files)));
        byte[] specification = files.stream()
                .filter(entry -> entry.path().equals("metadata"))
                .findFirst()
                .orElseThrow()
                .bytes();
        byte[] data = tgz(
                files.stream().filter(entry -> !entry.path().equals("metadata")).toList());
        return tar(List.of(new Entry("metadata.gz", gzip(specification), ""), new Entry("data.tar.gz", data, "")));
    }

    private static String extensions(List<Entry> files) {
        String listed = files.stream()
                .filter(file ->
                        file.path().endsWith("extconf.rb") || file.path().endsWith("/Rakefile"))
                .map(file -> "\n- " + file.path())
                .reduce("", String::concat);
        return listed.isEmpty() ? "[]" : listed;
    }

    private static byte[] nupkg(Imitation imitation) throws IOException {
        List<Entry> files = entries(imitation, "");
        add(files, imitation.name() + ".nuspec", """
                <?xml version="1.0" encoding="utf-8"?>
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
                  <metadata>
                    <id>%s</id>
                    <version>%s</version>
                    <authors>Example</authors>
                    <description>Small helpers</description>
                  </metadata>
                </package>
                """.formatted(imitation.name(), imitation.version()));
        add(files, "[Content_Types].xml", """
                <?xml version="1.0" encoding="utf-8"?>
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
                <Default Extension="nuspec" ContentType="application/octet" /></Types>
                """);
        return zip(files);
    }

    /// The name is `group:artifact`.
    private static byte[] jar(Imitation imitation) throws IOException {
        String[] name = imitation.name().split(":");
        List<Entry> files = entries(imitation, "");
        add(files, "META-INF/maven/%s/%s/pom.properties".formatted(name[0], name[1]), """
                groupId=%s
                artifactId=%s
                version=%s
                """.formatted(
                        name[0], name[1], imitation.version()));
        add(files, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nCreated-By: Maven JAR Plugin 3.4.1\r\n\r\n");
        return zip(files);
    }

    /// Paths below `DEBIAN/` are the control archive.
    private static byte[] deb(Imitation imitation) throws IOException {
        List<Entry> files = entries(imitation, "./");
        add(files, "./DEBIAN/control", """
                Package: %s
                Version: %s
                Architecture: all
                Maintainer: Example <maintainer@packages.example>
                Description: small helpers
                """.formatted(imitation.name(), imitation.version()));
        Predicate<Entry> control = entry -> entry.path().startsWith("./DEBIAN/");
        List<Entry> members = List.of(
                new Entry("debian-binary", "2.0\n".getBytes(StandardCharsets.UTF_8), ""),
                new Entry(
                        "control.tar.gz",
                        tgz(files.stream()
                                .filter(control)
                                .map(entry ->
                                        new Entry(entry.path().replace("DEBIAN/", ""), entry.bytes(), entry.target()))
                                .toList()),
                        ""),
                new Entry(
                        "data.tar.gz",
                        tgz(files.stream().filter(control.negate()).toList()),
                        ""));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArArchiveOutputStream ar = new ArArchiveOutputStream(bytes)) {
            for (Entry member : members) {
                ar.putArchiveEntry(
                        new ArArchiveEntry(member.path(), member.bytes().length, 0, 0, 0100644, TIME / 1000));
                ar.write(member.bytes());
                ar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(List<Entry> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            for (Entry file : files) {
                ZipArchiveEntry entry = new ZipArchiveEntry(file.path());
                entry.setTime(TIME);
                zip.putArchiveEntry(entry);
                zip.write(file.bytes());
                zip.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] tgz(List<Entry> files) throws IOException {
        return gzip(tar(files));
    }

    private static byte[] tar(List<Entry> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Entry file : files) {
                boolean link = !file.target().isEmpty();
                TarArchiveEntry entry = link
                        ? new TarArchiveEntry(file.path(), TarConstants.LF_SYMLINK, true)
                        : new TarArchiveEntry(file.path(), true);
                if (link) {
                    entry.setLinkName(file.target());
                }
                entry.setSize(file.bytes().length);
                entry.setModTime(TIME);
                entry.setMode(runs(file) ? 0100755 : 0100644);
                tar.putArchiveEntry(entry);
                tar.write(file.bytes());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static boolean runs(Entry file) {
        return file.bytes().length > 2 && file.bytes()[0] == '#' && file.bytes()[1] == '!';
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
