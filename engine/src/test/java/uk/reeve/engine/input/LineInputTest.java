package uk.reeve.engine.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineInputTest {

    private static List<String> lines(byte[] bytes) throws IOException, Unreadable {
        LineInput in = new LineInput(new ByteArrayInputStream(bytes));
        List<String> lines = new ArrayList<>();
        for (String line = in.next(); line != null; line = in.next()) {
            lines.add(line);
            assertThat(in.number()).isEqualTo(lines.size());
        }
        assertThat(in.next()).isNull();
        return lines;
    }

    private static List<String> lines(String text) throws IOException, Unreadable {
        return lines(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_line_ends_with_a_line_feed_or_the_file() throws Exception {
        assertThat(lines("")).isEmpty();
        assertThat(lines("a")).containsExactly("a");
        assertThat(lines("a\n")).containsExactly("a");
        assertThat(lines("a\n\nb\r\n\r\n")).containsExactly("a", "", "b", "");
        assertThat(lines("\n")).containsExactly("");
    }

    @Test
    void a_byte_order_mark_is_dropped_and_broken_bytes_are_replaced() throws Exception {
        assertThat(lines("\uFEFFa\n\uFEFFb")).containsExactly("a", "\uFEFFb");
        assertThat(lines(new byte[] {'a', (byte) 0xff, '\n', 'b'})).containsExactly("a\uFFFD", "b");
    }

    @Test
    void lines_across_chunks_stay_whole() throws Exception {
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < 9_000; i++) {
            wanted.add("é".repeat(i % 40) + i);
        }
        wanted.add("x".repeat(300_000));
        wanted.add("end");

        assertThat(lines(String.join("\n", wanted))).isEqualTo(wanted);
    }

    @Test
    void a_line_has_at_most_its_limit() throws Exception {
        String most = "é".repeat(Limits.LINE_CHARS);
        assertThat(lines("a\n" + most + "\nb")).hasSize(3);
        assertThatThrownBy(() -> lines("a\n" + most + "x\nb"))
                .isInstanceOfSatisfying(
                        Unreadable.class, e -> assertThat(e.line()).isEqualTo(2));
        assertThatThrownBy(() -> lines("x".repeat(5 * Limits.LINE_CHARS))).isInstanceOf(Unreadable.class);
    }
}
