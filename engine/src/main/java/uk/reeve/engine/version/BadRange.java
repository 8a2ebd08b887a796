package uk.reeve.engine.version;

/// A text that is no range of versions. The message quotes it, and says which rule it breaks.
public final class BadRange extends Exception {

    public BadRange(String range, String reason) {
        super("\"" + (range.length() > 80 ? range.substring(0, 80) + "…" : range) + "\" " + reason);
    }
}
