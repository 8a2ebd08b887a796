package uk.reeve.engine.match;

import org.jspecify.annotations.Nullable;
import uk.reeve.engine.index.AdvisoryIndex;
import uk.reeve.engine.sbom.Component;

/// Component and index to findings. Safe for many threads.
public final class Matcher {

    private final AdvisoryIndex index;

    public Matcher(AdvisoryIndex index) {
        this.index = index;
    }

    /// @param distribution OSV's word for the release that distribution packages without one belong to: `Debian:12`
    public Outcome match(Component component, @Nullable String distribution) {
        throw new IllegalStateException("no index " + index);
    }
}
