/// Package URLs (ECMA-427): parsed, normalised and printed by the rules of their types. Start reading at [Purl].
@NullMarked
package uk.reeve.engine.purl;

import org.jspecify.annotations.NullMarked;
