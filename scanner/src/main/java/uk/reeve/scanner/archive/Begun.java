package uk.reeve.scanner.archive;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

/// A stream whose beginning may be looked at before it is read.
final class Begun {

    private final InputStream rest;
    private byte[] head = new byte[0];
    private boolean looked;

    Begun(InputStream rest) {
        this.rest = rest;
    }

    String head() throws IOException {
        if (!looked) {
            looked = true;
            head = rest.readNBytes(Archives.HEAD_BYTES);
        }
        return new String(head, StandardCharsets.ISO_8859_1);
    }

    InputStream whole() {
        return new SequenceInputStream(new ByteArrayInputStream(head), new FilterInputStream(rest) {
            @Override
            public void close() {
                // the next entry is yet to come
            }
        });
    }
}
