package uk.reeve.cli.schema;

/// Where a document is not what its schema asks for.
///
/// @param line 1-based; 0 where none is known
/// @param path `components[3].licenses[0]`, in XML `component@type`; empty where none is known
/// @param reason the schema's: what was asked for, and what stands there
public record Flaw(int line, String path, String reason) {

    /// The text, cut where it is longer than `most` characters.
    static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }
}
