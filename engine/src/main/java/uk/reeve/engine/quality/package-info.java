/// How good an SBOM is: what it says of what others ask for, and a score. Start reading at [Score] and
/// [MinimumElements].
@NullMarked
package uk.reeve.engine.quality;

import org.jspecify.annotations.NullMarked;
