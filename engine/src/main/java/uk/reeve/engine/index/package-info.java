/// The advisory index: one immutable, memory-mapped file. Start reading at [AdvisoryIndex].
@NullMarked
package uk.reeve.engine.index;

import org.jspecify.annotations.NullMarked;
