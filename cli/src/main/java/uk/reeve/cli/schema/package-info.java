/// Whether an SBOM is what the schema of its own format and version asks for. Start reading at [Validation].
@NullMarked
package uk.reeve.cli.schema;

import org.jspecify.annotations.NullMarked;
