package uk.reeve.register.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlowBodiesTest {

    private static final ApplicationBufferHandler NOBODY = new ApplicationBufferHandler() {
        @Override
        public void setByteBuffer(ByteBuffer buffer) {}

        @Override
        public ByteBuffer getByteBuffer() {
            return ByteBuffer.allocate(0);
        }

        @Override
        public void expand(int size) {}
    };

    private Duration now = Duration.ZERO;
    private boolean left;

    /// A body of so many bytes a second, read for so long.
    ///
    /// @return after how many seconds it was ended; -1 where it was not
    private long ended(int bytes, Duration lasts) throws IOException {
        SlowBodies.Timed body = new SlowBodies.Timed(new Steady(bytes), () -> now.toNanos(), () -> left = true);
        while (now.compareTo(lasts) < 0) {
            now = now.plusSeconds(1);
            try {
                body.doRead(NOBODY);
            } catch (SocketTimeoutException e) {
                return now.toSeconds();
            }
        }
        return -1;
    }

    @ParameterizedTest
    @CsvSource({"1, 61", "900, 601", "1000, 3601", "60000, 3601"})
    void a_body_is_ended_that_is_slower_than_anybody_waits_for(int bytes, long after) throws IOException {
        assertThat(ended(bytes, Duration.ofHours(2))).isEqualTo(after);
        assertThat(left).isTrue();
    }

    @Test
    void one_that_is_done_within_the_hour_is_taken() throws IOException {
        assertThat(ended(1_000, Duration.ofMinutes(59))).isEqualTo(-1);
        assertThat(left).isFalse();
    }

    private record Steady(int bytes) implements InputBuffer {

        @Override
        public int doRead(ApplicationBufferHandler into) {
            return bytes;
        }

        @Override
        public int available() {
            return 0;
        }
    }
}
