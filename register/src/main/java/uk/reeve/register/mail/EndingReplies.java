package uk.reeve.register.mail;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.SocketFactory;
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
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    int read = in.read();
                    come(1);
                    return read;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    int read = in.read(into, offset, length);
                    come(read);
                    return read;
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(int one) throws IOException {
                    sent();
                    out.write(one);
                }

                @Override
                public void write(byte[] from, int offset, int length) throws IOException {
                    sent();
                    out.write(from, offset, length);
                }

                private void sent() {
                    left = bytes;
                    since = System.nanoTime();
                }
            };
        }
    }
}
