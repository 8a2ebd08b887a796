package uk.reeve.register.organisation;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/// Mail to one person about their own account.
@Component
class Post {

    private static final Logger LOG = LoggerFactory.getLogger(Post.class);

    private final @Nullable JavaMailSenderImpl mail;
    private final String from;
    private final String address;

    Post(
            @Value("${reeve.mail.host:}") String host,
            @Value("${reeve.mail.port:25}") int port,
            @Value("${reeve.mail.from:reeve@localhost}") String from,
            @Value("${reeve.address:http://localhost:8080}") String address) {
        this.from = from;
        this.address = address;
        this.mail = host.isEmpty() ? null : new JavaMailSenderImpl();
        if (mail != null) {
            mail.setHost(host);
            mail.setPort(port);
            Properties limits = mail.getJavaMailProperties();
            limits.put("mail.smtp.connectiontimeout", "10000");
            limits.put("mail.smtp.timeout", "20000");
            limits.put("mail.smtp.writetimeout", "20000");
        }
    }

    /// Whether this register sends mail at all.
    boolean there() {
        return mail != null;
    }

    /// Where people reach this register, without a slash at the end.
    String address() {
        return address;
    }

    /// Tried once; the log tells of a failure, without what was to be sent.
    void send(String to, String subject, String text) {
        if (mail == null) {
            return;
        }
        try {
            MimeMessage message = mail.createMimeMessage();
            MimeMessageHelper helper = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
            helper.setFrom(from);
            helper.setTo(to);
            helper.setSubject(subject);
            helper.setText(text);
            message.setHeader("Auto-Submitted", "auto-generated");
            mail.send(message);
        } catch (MailException | MessagingException e) {
            LOG.warn("a mail about an account was not sent: {}", e.getMessage());
        }
    }
}
