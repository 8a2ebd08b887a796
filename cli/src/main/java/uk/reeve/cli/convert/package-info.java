/// One SBOM of another, or of several, with what was lost or disagreed on the way. Start reading at [Conversion] and
/// [Merge].
@NullMarked
package uk.reeve.cli.convert;

import org.jspecify.annotations.NullMarked;
