package uk.reeve.scanner.malice.content;

/// When the code in a file runs.
public enum Stage {
    /// By itself, while the package is installed or built.
    INSTALL,
    /// As soon as the package is used: its entry points.
    LOAD,
    /// When other code calls it.
    CALLED,
    /// Not where the package is installed: tests, examples, documentation.
    NEVER
}
