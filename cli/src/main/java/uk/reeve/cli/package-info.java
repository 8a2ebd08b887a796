/// The `reeve` command: parses, calls one thing, prints.
@NullMarked
package uk.reeve.cli;

import org.jspecify.annotations.NullMarked;
