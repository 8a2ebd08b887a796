/// One small class per kind of file. Start reading at [Extractor]; [Extractors] lists them all.
@NullMarked
package uk.reeve.scanner.extract;

import org.jspecify.annotations.NullMarked;
