package uk.reeve.scanner.malice.content;

/// Something in an archive's form that tools read in different ways.
///
/// @param entry as it is named there
/// @param what in words
public record Oddity(Kind kind, String entry, String what) {

    public enum Kind {
        /// A name or link that leads out of where it is unpacked.
        ESCAPES,
        /// One name twice, with other content.
        DUPLICATE,
        /// The directory at the end and the header before the file tell different names.
        DISAGREES,
        /// Bytes after the end.
        TRAILING
    }
}
