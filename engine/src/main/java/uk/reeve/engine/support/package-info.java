/// Until when the makers of products support their releases, and which component is of which release.
@NullMarked
package uk.reeve.engine.support;

import org.jspecify.annotations.NullMarked;
