/// Files within files: opens an archive and hands out what is in it, within limits. Knows nothing of packages. Start at
/// [uk.reeve.scanner.archive.Archives].
@NullMarked
package uk.reeve.scanner.archive;

import org.jspecify.annotations.NullMarked;
