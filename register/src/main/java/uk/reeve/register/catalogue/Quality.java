package uk.reeve.register.catalogue;

import java.time.Instant;
import java.util.List;
import uk.reeve.engine.quality.Score;
import uk.reeve.engine.sbom.Sbom;

/// How good an SBOM is, line by line, as it was when it was taken: the scanner's score (DOMAIN 8).
final class Quality {

    /// @param check in words
    /// @param points of 100 that it brings
    /// @param of at most
    /// @param note what was seen
    record Line(String check, int points, int of, String note) {}

    private Quality() {}

    static List<Line> of(Sbom sbom, Instant now) {
        return Score.of(sbom, now).parts().stream()
                .map(part -> new Line(part.check(), part.points(), part.of(), part.seen()))
                .toList();
    }
}
