package uk.reeve.register.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/// Ends a request whose body comes so slowly that it would hold its connection and its file for years. The container's
/// own limit is on silence alone, and a byte a second is none.
@Component
final class SlowBodies implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        server.addEngineValves(new Watch());
    }

    private static final class Watch extends ValveBase {

        Watch() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            org.apache.coyote.Request underneath = request.getCoyoteRequest();
            InputBuffer whole = underneath.getInputBuffer();
            underneath.setInputBuffer(new Timed(
                    whole, System::nanoTime, () -> underneath.action(ActionCode.DISABLE_SWALLOW_INPUT, null)));
            try {
                getNext().invoke(request, response);
            } finally {
                underneath.setInputBuffer(whole); // it is used again
            }
        }
    }

    /// A body that may be slow for a minute, and must bring 1,000 bytes for each second from then on; within an hour.
    static final class Timed implements InputBuffer {

        private static final Duration PATIENCE = Duration.ofMinutes(1);
        private static final Duration LONGEST = Duration.ofHours(1);
        private static final long A_SECOND = 1_000;

        private final InputBuffer whole;
        private final LongSupplier nanos;
        private final Runnable leaveTheRest;
        private final long began;
        private long bytes;

        Timed(InputBuffer whole, LongSupplier nanos, Runnable leaveTheRest) {
            this.whole = whole;
            this.nanos = nanos;
            this.leaveTheRest = leaveTheRest;
            this.began = nanos.getAsLong();
        }

        @Override
        public int doRead(ApplicationBufferHandler into) throws IOException {
            int read = whole.doRead(into);
            bytes += Math.max(0, read);
            Duration since = Duration.ofNanos(nanos.getAsLong() - began);
            boolean slow =
                    since.compareTo(PATIENCE) > 0 && bytes < (since.toSeconds() - PATIENCE.toSeconds()) * A_SECOND;
            if (read >= 0 && (slow || since.compareTo(LONGEST) > 0)) {
                leaveTheRest.run();
                throw new SocketTimeoutException("the body comes too slowly");
            }
            return read;
        }

        @Override
        public int available() {
            return whole.available();
        }
    }
}
