package uk.reeve.register;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

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
}
