package uk.reeve.engine.purl;

/// A text that is no package URL. The message quotes it, and says which rule it breaks.
public final class BadPurl extends Exception {

    public BadPurl(String purl, String reason) {
        super("\"" + (purl.length() > 200 ? purl.substring(0, 200) + "…" : purl) + "\" " + reason);
    }
}
