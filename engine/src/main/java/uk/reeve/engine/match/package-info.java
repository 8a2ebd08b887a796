/// Component and index to findings, each with its reason. Start reading at [Matcher].
@NullMarked
package uk.reeve.engine.match;

import org.jspecify.annotations.NullMarked;
