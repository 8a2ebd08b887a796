package uk.reeve.register.organisation;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import uk.reeve.register.mail.MailServer;

/// Mail to one person about their own account.
@Component
class Post {

    private static final Logger LOG = LoggerFactory.getLogger(Post.class);

    private final MailServer mail;
    private final String address;

    Post(MailServer mail, @Value("${reeve.address:http://localhost:8080}") String address) {
        this.mail = mail;
        this.address = address;
    }

    /// Whether this register sends mail at all.
    boolean there() {
        return mail.session() != null;
    }

    /// Where people reach this register, without a slash at the end.
    String address() {
        return address;
    }

    /// Tells somebody that what lets them in has changed, without what it is; on a thread of its own.
    ///
    /// @param what a sentence
    void changed(String to, String what) {
        Thread.startVirtualThread(
                () -> send(to, "Your way into the register has changed", """
                %s

                If that was you, there is nothing to do.

                If it was not, ask for a link at once, and tell an administrator of your organisation:
                %s/recovery
                """.formatted(what, address)));
    }

    /// Tried once; the log tells of a failure, without what was to be sent.
    void send(String to, String subject, String text) {
        Session session = mail.session();
        if (session == null) {
            return;
        }
        try {
            MimeMessage message = new MimeMessage(session);
            message.setFrom(mail.from());
            message.setRecipients(Message.RecipientType.TO, to);
            message.setSubject(subject, StandardCharsets.UTF_8.name());
            message.setText(text, StandardCharsets.UTF_8.name());
            message.setHeader("Auto-Submitted", "auto-generated");
            Transport.send(message);
        } catch (MessagingException e) {
            LOG.warn("a mail about an account was not sent: {}", e.getMessage());
        }
    }
}
