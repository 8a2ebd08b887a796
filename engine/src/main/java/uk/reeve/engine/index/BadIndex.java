package uk.reeve.engine.index;

import java.io.IOException;

/// A file that is no advisory index of ours, an older or newer format, or damaged. The message is for a person.
public final class BadIndex extends IOException {

    public BadIndex(String message) {
        super(message);
    }
}
