package uk.reeve.register.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.UUID;

/// A mail whose Message-ID is the same each time it is tried, so that one that comes twice is seen to be one.
public final class IdentifiedMessage extends MimeMessage {

    private final UUID id;

    public IdentifiedMessage(Session session, UUID id) {
        super(session);
        this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", "<" + id + "@reeve>");
    }
}
