package uk.reeve.engine.match;

/// How sure it is that a record means this component.
public enum Confidence {
    /// The package is named by the record and its version is the one installed.
    EXACT,
    /// Known by name or CPE alone, by a manifest's minimum, or compared across series: shown apart, never counted.
    POSSIBLE
}
