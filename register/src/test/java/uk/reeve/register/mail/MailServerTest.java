package uk.reeve.register.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against a real server that speaks TLS and asks who is there.
class MailServerTest {

    private GreenMail plain;
    private GreenMail secure;

    @BeforeEach
    void start() {
        plain = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        secure = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        plain.start();
        secure.start();
        plain.setUser("register", "hush");
    }

    @AfterEach
    void stop() {
        plain.stop();
        secure.stop();
    }

    @Test
    void a_server_that_wants_a_password_gets_it() throws Exception {
        send(new MailServer("127.0.0.1", plain.getSmtp().getPort(), "none", "register", "hush", "reeve@reeve.example"));
        assertThat(plain.getReceivedMessages()).hasSize(1);
        assertThatThrownBy(() -> send(new MailServer(
                        "127.0.0.1", plain.getSmtp().getPort(), "none", "register", "wrong", "reeve@reeve.example")))
                .isInstanceOf(MessagingException.class);
    }

    @Test
    void tls_that_is_demanded_is_not_forgone_and_a_certificate_that_is_not_good_is_refused() {
        assertThatThrownBy(() -> send(new MailServer(
                        "127.0.0.1", plain.getSmtp().getPort(), "starttls", "", "", "reeve@reeve.example")))
                .hasMessageContaining("STARTTLS is required");
        assertThatThrownBy(() -> send(
                        new MailServer("127.0.0.1", secure.getSmtps().getPort(), "tls", "", "", "reeve@reeve.example")))
                .hasStackTraceContaining("certification path"); // the test server signed its own
        assertThat(plain.getReceivedMessages()).isEmpty();
        assertThat(secure.getReceivedMessages()).isEmpty();
    }

    /// Bytes come fast, or one every now and then, so that no read ever waits for long.
    @ParameterizedTest
    @CsvSource({"4096, 0", "1, 100"})
    void a_reply_without_end_is_given_up(int bytes, int pause) throws Exception {
        try (ServerSocket endless = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket one = endless.accept()) {
                    while (true) {
                        one.getOutputStream().write("2".repeat(bytes).getBytes(StandardCharsets.US_ASCII));
                        Thread.sleep(pause);
                    }
                } catch (IOException | InterruptedException _) {
                    // given up
                }
            });
            try (Socket socket = new EndingReplies(100_000, Duration.ofSeconds(1))
                    .createSocket("127.0.0.1", endless.getLocalPort())) {
                assertThatThrownBy(() -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()))
                        .hasMessage("its reply has no end");
            }
            MailServer server = new MailServer("127.0.0.1", endless.getLocalPort(), "none", "", "", "a@b.example");
            assertThat(Objects.requireNonNull(server.session()).getProperties().get("mail.smtp.socketFactory"))
                    .isInstanceOf(EndingReplies.class);
        }
    }

    @Test
    void without_a_host_there_is_none_and_a_wrong_word_is_told() {
        assertThat(new MailServer("", 25, "", "", "", "a@b.example").session()).isNull();
        assertThatThrownBy(() -> new MailServer("h", 25, "ssl", "", "", "a@b.example"))
                .hasMessage("reeve.mail.tls must be starttls, tls or none.");
    }

    private static void send(MailServer server) throws MessagingException {
        Session session = Objects.requireNonNull(server.session());
        MimeMessage message = new MimeMessage(session);
        message.setFrom(server.from());
        message.setRecipients(Message.RecipientType.TO, "someone@council.example");
        message.setSubject("Hello");
        message.setText("Hello");
        Transport.send(message);
    }
}
