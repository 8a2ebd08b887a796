package uk.reeve.scanner.archive;

import java.io.EOFException;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What of an image could not be read. The rest is.
public final class Troubles {

    private final Consumer<String> out;
    private boolean any;

    /// @param out takes a sentence without the file's name
    public Troubles(Consumer<String> out) {
        this.out = out;
    }

    boolean any() {
        return any;
    }

    /// @param layer null where it is of the whole image
    void tell(@Nullable Layer layer, String message) {
        any = true;
        out.accept(layer == null ? message : layer.title() + " " + message);
    }

    void tell(Layer layer, IOException e) {
        tell(
                layer,
                e instanceof EOFException
                        ? "stops in the middle; save or copy the image again"
                        : "cannot be read to its end: "
                                + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
    }
}
