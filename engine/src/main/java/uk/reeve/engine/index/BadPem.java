package uk.reeve.engine.index;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A PEM file that holds not what was asked for: the file, what is wrong and what to do, never what is in it.
public final class BadPem extends IOException {

    BadPem(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
