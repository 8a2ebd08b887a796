package uk.reeve.scanner;

import java.nio.file.Path;

/// One thing that the person named, or the folder of a named file.
///
/// @param base the folder
/// @param context what extractors see before a path below `base`: it tells them that `base` itself is `node_modules`
/// @param shown what the person sees before it
record Root(Path base, String context, String shown) {

    /// A folder that is walked.
    static Root folder(Path path, boolean alone) {
        Path absolute = path.toAbsolutePath().normalize();
        String name = name(absolute);
        String parent = absolute.getParent() == null ? "" : name(absolute.getParent());
        boolean installed = Folders.isInstallRoot(absolute, name, parent);
        String context = !installed ? "" : parent.equals("vendor") ? "vendor/" + name + "/" : name + "/";
        String given = alone ? "" : slashes(path.normalize());
        return new Root(absolute, context, given.isEmpty() ? "" : given.endsWith("/") ? given : given + "/");
    }

    /// The folder of a file that was named. The extractors see the whole path: `var/lib/dpkg/status` has a plain name.
    static Root ofFile(Path path, boolean alone) {
        Path absolute = path.toAbsolutePath().normalize();
        Path parent = absolute.getParent() == null ? absolute : absolute.getParent();
        String context = slashes(parent);
        String given = slashes(path.normalize());
        return new Root(
                parent,
                (context.startsWith("/") ? context.substring(1) : context) + "/",
                alone ? "" : given.substring(0, given.lastIndexOf('/') + 1));
    }

    static String name(Path path) {
        return path.getFileName() == null ? "" : path.getFileName().toString();
    }

    private static String slashes(Path path) {
        return path.toString().replace('\\', '/');
    }
}
