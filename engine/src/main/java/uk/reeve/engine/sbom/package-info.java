/// CycloneDX and SPDX, every version and encoding, read as a stream into one model, and written back. Start reading at
/// [Component].
@NullMarked
package uk.reeve.engine.sbom;

import org.jspecify.annotations.NullMarked;
