/// What a council runs: its own, by row security.
@NullMarked
package uk.reeve.register.estate;

import org.jspecify.annotations.NullMarked;
