package uk.reeve.engine.index;

import java.io.IOException;

/// Something that could not be fetched. The message is for a person and holds no credentials.
final class NotFetched extends IOException {

    /// What it means for what comes next.
    enum Kind {
        /// The server says that it is not there.
        ABSENT,
        /// The server or what it sent is of no use; asking again at once would not help.
        REFUSED,
        /// Nobody answered, or the connection broke: asking again may help.
        NETWORK,
        /// The server is busy: asking again may help.
        BUSY
    }

    private final Kind kind;

    NotFetched(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    NotFetched(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    boolean again() {
        return kind == Kind.NETWORK || kind == Kind.BUSY;
    }

    String text() {
        String message = getMessage();
        return message == null ? "could not be fetched" : message;
    }
}
