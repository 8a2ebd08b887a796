package uk.reeve.register;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/// A real SMTP server that keeps what it is sent.
final class MailSink {

    static final GreenMail SERVER = start();

    private MailSink() {}

    private static GreenMail start() {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        return server;
    }

    static int port() {
        return SERVER.getSmtp().getPort();
    }

    /// The part of a link that stands in the newest mail to an address, which is waited for.
    ///
    /// @param path a pattern, as `/join/[A-Za-z0-9_-]+`
    static String link(String address, String path) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> found(address, path), link -> !link.isEmpty());
    }

    private static String found(String address, String path) throws Exception {
        String link = "";
        for (MimeMessage message : SERVER.getReceivedMessages()) {
            Matcher matcher = Pattern.compile(path).matcher(String.valueOf(message.getContent()));
            if (message.getAllRecipients()[0].toString().equals(address) && matcher.find()) {
                link = matcher.group();
            }
        }
        return link;
    }
}
