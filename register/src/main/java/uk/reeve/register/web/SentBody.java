package uk.reeve.register.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/// A request whose body was read to its end before anything else is done, so that nothing is held while it comes.
public class SentBody extends HttpServletRequestWrapper {

    private final byte[] body;

    protected SentBody(HttpServletRequest request, byte[] body) {
        super(request);
        this.body = body;
    }

    /// @return empty where it is longer
    static Optional<SentBody> of(HttpServletRequest request, int most) throws IOException {
        byte[] body = request.getInputStream().readNBytes(most + 1);
        return body.length > most ? Optional.empty() : Optional.of(new SentBody(request, body));
    }

    protected byte[] body() {
        return body;
    }

    @Override
    public ServletInputStream getInputStream() {
        ByteArrayInputStream bytes = new ByteArrayInputStream(body);
        return new ServletInputStream() {
            @Override
            public int read() {
                return bytes.read();
            }

            @Override
            public int read(byte[] into, int from, int length) {
                return bytes.read(into, from, length);
            }

            @Override
            public boolean isFinished() {
                return bytes.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new IllegalStateException("the call is not asynchronous"); // as the Servlet API says
            }
        };
    }
}
