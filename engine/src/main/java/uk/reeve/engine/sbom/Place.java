package uk.reeve.engine.sbom;

/// Where something was seen.
///
/// @param file relative to what was scanned, with `/`; inside an archive `outer.jar!inner/file`
/// @param line 1-based; 0 where no line can be named
public record Place(String file, int line) {

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
