/// Reads JSON, YAML, TOML, XML and lines that an enemy may have written: everything is bounded, and what cannot be read
/// is one sentence with its line.
@NullMarked
package uk.reeve.engine.input;

import org.jspecify.annotations.NullMarked;
