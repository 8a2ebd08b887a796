package uk.reeve.engine.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {

    @ParameterizedTest
    @CsvSource({
        "https://u:secret@example.org/a, https://example.org/a",
        "git+https://u:secret@example.org/a?token=secret#abc, git+https://example.org/a#abc",
        "https://secret@example.org, https://example.org",
        "https://u:p@ss@example.org/a@1, https://example.org/a@1",
        "https://example.org/@scope/a, https://example.org/@scope/a",
        "git@example.org:a/b, git@example.org:a/b",
        "https://example.org/a?checksum=1, https://example.org/a",
        "registry+https://, registry+https://",
    })
    void names_passwords_and_tokens_are_left_out(String told, String shown) {
        assertThat(Credentials.without(told)).isEqualTo(shown);
    }

    @Test
    void a_sentence_keeps_its_addresses_without_names() {
        assertThat(Credentials.withoutNames("a \"x?u=https://u:secret@h&v=git+https://t@i/x\" b@c"))
                .isEqualTo("a \"x?u=https://h&v=git+https://i/x\" b@c");
    }
}
