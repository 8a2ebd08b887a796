package uk.reeve.scanner.archive;

/// One layer of an image.
///
/// @param number from 1, the lowest, up
/// @param digest of the layer as it lies in the file, else of what it unpacks to: `sha256:…`; empty where none is told
/// @param command that made it, as the image's history tells; empty where it does not
/// @param blob where it lies in the file
/// @param mediaType as told; empty where none is
public record Layer(int number, String digest, String command, String blob, String mediaType) {

    /// `layer 3 (sha256:1f2e3d4c5b6a)`.
    public String title() {
        int colon = digest.indexOf(':');
        int end = Math.min(digest.length(), colon + 13);
        return "layer " + number + (digest.isEmpty() ? "" : " (" + digest.substring(0, end) + ")");
    }
}
