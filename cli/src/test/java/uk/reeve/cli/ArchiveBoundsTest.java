package uk.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import uk.reeve.scanner.archive.Bounds;

class ArchiveBoundsTest {

    private static Bounds of(String... words) throws Refused {
        return ArchiveBounds.of(Arguments.read(new ScanCommand(), words, 0));
    }

    @Test
    void what_is_not_told_stays_and_sizes_have_units() throws Refused {
        assertThat(of()).isEqualTo(Bounds.DEFAULT);
        assertThat(of("--max-depth", "3", "--max-bytes", "2g", "--max-files", "500"))
                .isEqualTo(new Bounds(3, 2L << 30, 500));
        assertThat(of("--max-bytes", "1000").bytes()).isEqualTo(1000);
    }

    @Test
    void what_is_no_bound_is_refused_with_an_example() {
        for (String size : new String[] {"0", "-1", "", "G", "9999999999T", "1.5G"}) {
            assertThatThrownBy(() -> of("--max-bytes=" + size))
                    .hasMessage("--max-bytes takes no \"" + size + "\"; write a size: 500M, 64G");
        }
        assertThatThrownBy(() -> of("--max-depth=201"))
                .hasMessage("--max-depth takes no \"201\"; write a number from 1 to 200");
        assertThatThrownBy(() -> of("--max-files=5k"))
                .hasMessage("--max-files takes no \"5k\"; write a number: 5000000");
    }
}
