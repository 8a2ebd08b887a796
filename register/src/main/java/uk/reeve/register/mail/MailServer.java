package uk.reeve.register.mail;

import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// The mail server that `reeve.mail.*` names. TLS is used where the server offers it; `reeve.mail.tls` demands it, by
/// `starttls` or, from the first byte, `tls`; `none` forgoes it. The server's certificate must be good for its name.
@Component
public class MailServer {

    private final @Nullable Session session;
    private final String from;

    public MailServer(
            @Value("${reeve.mail.host:}") String host,
            @Value("${reeve.mail.port:25}") int port,
            @Value("${reeve.mail.tls:}") String tls,
            @Value("${reeve.mail.user:}") String user,
            @Value("${reeve.mail.password:}") String password,
            @Value("${reeve.mail.from:reeve@localhost}") String from) {
        this.from = from;
        this.session = host.isEmpty() ? null : session(host, port, tls, user, password);
    }

    private static Session session(String host, int port, String tls, String user, String password) {
        Properties how = new Properties();
        how.put("mail.smtp.host", host);
        how.put("mail.smtp.port", Integer.toString(port));
        how.put("mail.smtp.connectiontimeout", "10000");
        how.put("mail.smtp.timeout", "20000");
        how.put("mail.smtp.writetimeout", "20000");
        how.put("mail.smtp.ssl.checkserveridentity", "true");
        switch (tls) {
            case "" -> how.put("mail.smtp.starttls.enable", "true");
            case "starttls" -> {
                how.put("mail.smtp.starttls.enable", "true");
                how.put("mail.smtp.starttls.required", "true");
            }
            case "tls" -> how.put("mail.smtp.ssl.enable", "true");
            case "none" -> {}
            default -> throw new IllegalArgumentException("reeve.mail.tls must be starttls, tls or none.");
        }
        if (user.isEmpty()) {
            return Session.getInstance(how);
        }
        how.put("mail.smtp.auth", "true");
        PasswordAuthentication who = new PasswordAuthentication(user, password);
        return Session.getInstance(how, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return who;
            }
        });
    }

    /// To send by; null where no server is named, and no mail leaves.
    public @Nullable Session session() {
        return session;
    }

    /// The sender's address.
    public String from() {
        return from;
    }
}
