package uk.reeve.engine.version;

/// A text that its ecosystem's order cannot take. The message quotes it, and says which rule it breaks.
public final class BadVersion extends Exception {

    public BadVersion(String version, String reason) {
        super("\"" + (version.length() > 80 ? version.substring(0, 80) + "…" : version) + "\" " + reason);
    }
}
