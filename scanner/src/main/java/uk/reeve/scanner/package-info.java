/// Walks files and finds the components in them. Start reading at [Scan].
@NullMarked
package uk.reeve.scanner;

import org.jspecify.annotations.NullMarked;
