package uk.reeve.register.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// The mail server that `reeve.mail.*` names. TLS is used where the server offers it; `reeve.mail.tls` demands it,
/// by `starttls` or, from the first byte, `tls`; `none` forgoes it. A user's password goes out by TLS only, but for
/// `none`. The server's certificate must be good for its name.
@Component
public class MailServer {

    private static final int LONGEST = 300;
    private static final int LONGEST_REPLY = 1 << 16;
    private static final Pattern LAST_WORD = Pattern.compile("5\\d\\d[ -]"); // at 400 it is asked again

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
        how.put("mail.smtp.socketFactory", new EndingReplies(LONGEST_REPLY, Duration.ofMinutes(1)));
        how.put("mail.smtp.socketFactory.fallback", "false");
        how.put("mail.smtp.ssl.checkserveridentity", "true");
        switch (tls) {
            case "" -> {
                how.put("mail.smtp.starttls.enable", "true");
                how.put("mail.smtp.starttls.required", String.valueOf(!user.isEmpty()));
            }
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

    /// Why a message did not go, in a sentence without its end, as the server or the connection to it says; no word
    /// of its content.
    public static String problem(MessagingException e) {
        Exception deepest = deepest(e);
        String whole = String.valueOf(deepest.getMessage());
        String said = whole.substring(0, Math.min(whole.length(), LONGEST))
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return switch (deepest) {
            case AuthenticationFailedException _ -> "The mail server refuses the register's user or password: " + said;
            case SSLException _
            when said.contains("PKIX") ->
                "The mail server's certificate is from an authority that this machine does not trust";
            case SSLException _
            when said.contains("subject alternative") || said.contains("No name matching") ->
                "The mail server's certificate is for another name than reeve.mail.host";
            case SSLException _ -> "The mail server and the register cannot agree on TLS: " + said;
            case IOException _ -> "The mail server does not answer: " + said;
            default -> said;
        };
    }

    /// Whether that was the server's last word (a reply of 5xx, RFC 5321 4.2.1), or no server would take such an
    /// address.
    public static boolean forGood(MessagingException e) {
        Exception deepest = deepest(e);
        return deepest instanceof AddressException
                || !(deepest instanceof AuthenticationFailedException)
                        && LAST_WORD
                                .matcher(String.valueOf(deepest.getMessage()))
                                .lookingAt();
    }

    private static Exception deepest(MessagingException e) {
        Exception deepest = e;
        while (deepest instanceof MessagingException one && one.getNextException() != null) {
            deepest = one.getNextException();
        }
        return deepest;
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
