package uk.reeve.scanner;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import uk.reeve.engine.input.Unreadable;

/// Has bytes that may be read at any place.
interface Anywhere {

    /// Whoever asks for it closes it.
    SeekableByteChannel channel() throws IOException, Unreadable;
}
