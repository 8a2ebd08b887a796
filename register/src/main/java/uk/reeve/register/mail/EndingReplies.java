package uk.reeve.register.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.SocketFactory;
import org.apache.commons.io.input.ProxyInputStream;
import org.apache.commons.io.output.ProxyOutputStream;
import org.jspecify.annotations.Nullable;

/// Connections on which what comes without end, fast or slow, is given up: a server could hold the sender for ever
/// else, since a time limit of a socket counts from byte to byte.
final class EndingReplies extends SocketFactory {

    private final int bytes;
    private final Duration time;

    /// @param bytes that may come between two words of ours; a reply's line has 512 at most (RFC 5321 4.5.3.1.5), a
    ///     certificate with its chain some thousands
    EndingReplies(int bytes, Duration time) {
        this.bytes = bytes;
        this.time = time;
    }

    @Override
    public Socket createSocket() {
        return new Limited();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(from, fromPort));
    }

    private Socket connected(InetSocketAddress to, @Nullable InetSocketAddress from) throws IOException {
        Socket socket = createSocket();
        if (from != null) {
            socket.bind(from);
        }
        socket.connect(to);
        return socket;
    }

    private final class Limited extends Socket {

        private long left = bytes;
        private long since = System.nanoTime();

        private void come(int read) throws IOException {
            left -= Math.max(0, read);
            if (left < 0 || System.nanoTime() - since > time.toNanos()) {
                throw new IOException("its reply has no end");
            }
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new ProxyInputStream(super.getInputStream()) {
                @Override
                protected void afterRead(int read) throws IOException {
                    come(read);
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new ProxyOutputStream(super.getOutputStream()) {
                @Override
                protected void beforeWrite(int length) {
                    left = bytes;
                    since = System.nanoTime();
                }
            };
        }
    }
}
