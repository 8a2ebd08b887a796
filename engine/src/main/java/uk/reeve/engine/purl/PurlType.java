package uk.reeve.engine.purl;

/// The rules of the registered package URL types, as sets of flags. A type that is not registered has none.
///
/// Source: type definitions of the purl specification, August 2026. Two are not followed: Go modules without a
/// namespace exist (the standard library is `pkg:golang/stdlib`); `git` names are paths, as its tests have them.
final class PurlType {

    static final int NAMESPACE_REQUIRED = 1;
    static final int NAMESPACE_PROHIBITED = 1 << 1;
    static final int NAMESPACE_LOWER = 1 << 2;
    static final int NAME_LOWER = 1 << 3;
    static final int VERSION_LOWER = 1 << 4;
    static final int SUBPATH_LOWER = 1 << 5;
    /// The name may hold `/`, which is not encoded; the namespace is one segment.
    static final int NAME_IS_PATH = 1 << 6;
    /// A name given with `/` and no namespace holds its namespace.
    static final int NAME_SPLITS = 1 << 7;
    /// [PurlReader] has a rule of its own for it.
    static final int SPECIAL = 1 << 8;

    private PurlType() {}

    static boolean has(String type, int flag) {
        return (rules(type) & flag) != 0;
    }

    static int rules(String type) {
        return switch (type) {
            case "alpm", "apk", "deb" -> NAMESPACE_REQUIRED | NAMESPACE_LOWER | NAME_LOWER;
            case "bitbucket", "github", "composer" -> NAMESPACE_REQUIRED | NAMESPACE_LOWER | NAME_LOWER | NAME_SPLITS;
            case "bitnami" -> NAMESPACE_PROHIBITED | NAME_LOWER;
            case "brew" -> NAMESPACE_LOWER | NAME_LOWER | NAME_SPLITS;
            case "bazel", "cargo", "conda", "cran", "gem", "hackage", "nuget", "opam", "vcpkg" -> NAMESPACE_PROHIBITED;
            case "chrome-extension" -> NAMESPACE_PROHIBITED | NAME_LOWER | SPECIAL;
            case "cocoapods", "julia", "mlflow" -> NAMESPACE_PROHIBITED | SPECIAL;
            case "cpan", "swid" -> SPECIAL;
            case "git" -> NAMESPACE_REQUIRED | NAME_IS_PATH | SPECIAL;
            case "golang", "npm" -> NAME_SPLITS;
            case "hex", "luarocks" -> NAMESPACE_LOWER | NAME_LOWER;
            case "huggingface" -> NAMESPACE_REQUIRED | VERSION_LOWER | NAME_SPLITS;
            case "maven" -> NAMESPACE_REQUIRED;
            case "oci" -> NAMESPACE_PROHIBITED | NAME_LOWER | VERSION_LOWER;
            case "otp" -> NAMESPACE_PROHIBITED | NAME_LOWER | SUBPATH_LOWER;
            case "pub" -> NAMESPACE_PROHIBITED | NAME_LOWER | SPECIAL;
            case "pypi" -> NAMESPACE_PROHIBITED | NAME_LOWER | VERSION_LOWER | SPECIAL;
            case "qpkg", "rpm" -> NAMESPACE_REQUIRED | NAMESPACE_LOWER;
            case "swift" -> NAMESPACE_REQUIRED | NAME_SPLITS;
            case "vscode-extension" -> NAMESPACE_REQUIRED | NAMESPACE_LOWER | NAME_LOWER | VERSION_LOWER;
            case "yocto" -> NAMESPACE_LOWER;
            default -> 0;
        };
    }
}
