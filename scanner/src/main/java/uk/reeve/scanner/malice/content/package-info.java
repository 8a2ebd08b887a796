/// A package that is to be judged, as it lies in an archive or folder: its files within limits, what its manifest says,
/// and which of its code runs by itself. Judges nothing. Start at [uk.reeve.scanner.malice.content.CheckedPackage].
@NullMarked
package uk.reeve.scanner.malice.content;

import org.jspecify.annotations.NullMarked;
