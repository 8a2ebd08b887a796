package uk.reeve.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.reeve.engine.sbom.SpdxFixtures.in;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.reeve.engine.input.Unreadable;

class SpdxHostileTest {

    /// Whatever the bytes: an answer, or [Unreadable].
    @ParameterizedTest
    @ValueSource(strings = {"JSON", "tag-value", "YAML", "RDF/XML", "JSON-LD"})
    void damaged_documents_end_in_an_answer_or_a_sentence(String encoding) throws IOException {
        byte[] whole = SpdxFixtures.document(encoding).getBytes(StandardCharsets.UTF_8);
        int bytes = encoding.equals("RDF/XML") ? 128 : 256; // the JDK's reader prints bytes that are no UTF-8 to stderr
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = whole.clone();
            for (int j = 0; j <= i % 5; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(bytes);
                int from = random.nextInt(damaged.length - 40);
                System.arraycopy(damaged, random.nextInt(damaged.length - 40), damaged, from, random.nextInt(40));
            }
            try {
                assertThat(SpdxFixtures.read(encoding, new ByteArrayInputStream(damaged))
                                .format())
                        .isEqualTo("SPDX");
            } catch (Unreadable e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void deep_nesting_is_refused() {
        String element = "{\"type\": \"Relationship\", \"from\": ";
        assertThatThrownBy(() -> Spdx3.read(in(element.repeat(100_000)))).isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> SpdxJson.read(in("{\"packages\": " + "[".repeat(100_000))))
                .isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> SpdxRdf.read(in("<Package><relationship>".repeat(20_000))))
                .isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> SpdxYaml.read(in("packages: " + "[".repeat(20_000))))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void elements_within_elements_are_bounded_without_losing_the_outer_ones() throws Exception {
        String element = "{\"type\": \"Relationship\", \"relationshipType\": \"contains\", \"from\": ";
        Sbom sbom = Spdx3.read(in(element.repeat(200) + "\"urn:a\"" + "}".repeat(200)));
        assertThat(sbom.warnings()).isNotEmpty();
    }

    @Test
    void long_chains_and_circles_take_no_more_time_than_they_have_links() throws Exception {
        int n = 100_000;
        StringBuilder tags = new StringBuilder("SPDXVersion: SPDX-2.3\n");
        for (int i = 0; i < n; i++) {
            tags.append("PackageName: p\nSPDXID: SPDXRef-").append(i).append('\n');
            tags.append("Relationship: SPDXRef-")
                    .append(i)
                    .append(" CONTAINS SPDXRef-")
                    .append((i + 1) % n)
                    .append('\n');
        }
        long start = System.nanoTime();
        Sbom sbom = SpdxTagValue.read(in(tags.toString()));
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
        assertThat(sbom.components()).hasSize(n);
        assertThat(sbom.components().stream().filter(c -> c.parent() == null)).hasSize(1);
    }

    @Test
    void one_id_for_many_packages_takes_no_more_time_than_many_ids() throws Exception {
        String tags = "SPDXVersion: SPDX-2.3\n" + "PackageName: p\nSPDXID: SPDXRef-a\n".repeat(100_000);
        long start = System.nanoTime();
        assertThat(SpdxTagValue.read(in(tags)).components()).hasSize(100_000);
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }
}
