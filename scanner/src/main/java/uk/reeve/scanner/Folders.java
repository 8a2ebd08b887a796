package uk.reeve.scanner;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// What the name of a folder says about what is in it.
final class Folders {

    private static final Pattern INSTALL_ROOT =
            Pattern.compile("/(node_modules|site-packages|dist-packages|vendor/composer|vendor/bundle)/");

    private Folders() {}

    /// Version control and caches: what lies there is neither built nor shipped.
    static boolean isPassedBy(String name) {
        return switch (name) {
            case ".git", ".hg", ".svn", ".bzr" -> true;
            case ".gradle", ".m2", ".ivy2", ".cache", ".npm", ".pnpm-store", ".terraform" -> true;
            case "__pycache__", ".tox", ".nox", ".mypy_cache", ".pytest_cache", ".ruff_cache" -> true;
            default -> false;
        };
    }

    /// What a kernel shows as files below the root of a host.
    static boolean isOfTheKernel(String name) {
        return switch (name) {
            case "proc", "sys", "dev" -> true;
            default -> false;
        };
    }

    /// Whether package managers install into the folder: what is installed counts there, lock files do not. A folder
    /// that is merely called `vendor` is like any other.
    static boolean isInstallRoot(Path folder, String name, String parent) {
        return switch (name) {
            case "node_modules", "site-packages", "dist-packages" -> true;
            case "composer", "bundle" -> parent.equals("vendor");
            case "vendor" -> isFile(folder.resolve("modules.txt")) || isFile(folder.resolve("composer/installed.json"));
            default -> false;
        };
    }

    /// The same of a path within an archive.
    static boolean isBelowInstallRoot(String path) {
        return INSTALL_ROOT.matcher("/" + path).find();
    }

    private static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }
}
