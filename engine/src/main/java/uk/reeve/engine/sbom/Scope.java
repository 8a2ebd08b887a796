package uk.reeve.engine.sbom;

/// What a component is for. What the input does not say is [#RUNTIME].
public enum Scope {
    RUNTIME,
    OPTIONAL,
    BUNDLED,
    BUILD,
    DEVELOPMENT,
    TEST;

    /// Whether the component is left out of what is shipped: shown below the rest, counted apart, dropped by
    /// `--no-dev`.
    public boolean isDevelopment() {
        return switch (this) {
            case RUNTIME, OPTIONAL, BUNDLED -> false;
            case BUILD, DEVELOPMENT, TEST -> true;
        };
    }
}
