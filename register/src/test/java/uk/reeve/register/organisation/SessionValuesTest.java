package uk.reeve.register.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.web.servlet.FlashMap;
import tools.jackson.databind.json.JsonMapper;

class SessionValuesTest {

    private final SessionValues values = new SessionValues(new JsonMapper());

    @Test
    void what_is_on_the_list_comes_back_as_it_was() {
        assertThat(back("plain: é")).isEqualTo("plain: é");
        assertThat(((CsrfToken) back(new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", "tok"))).getToken())
                .isEqualTo("tok");
        Instant at = Instant.ofEpochMilli(1_764_354_000_123L);
        for (UUID organisation : new UUID[] {UUID.randomUUID(), null}) {
            var context = new SecurityContextImpl(new Entered(UUID.randomUUID(), organisation, at));
            assertThat(back(context)).isEqualTo(context);
        }
        FlashMap map = new FlashMap();
        map.setTargetRequestPath("/systems");
        map.addTargetRequestParam("q", "x");
        map.setExpirationTime(5);
        map.put("done", "3 systems \"added\"");
        assertThat(back(new ArrayList<>(List.of(map)))).isEqualTo(List.of(map));
    }

    @Test
    void anything_else_is_neither_written_nor_read() throws Exception {
        assertThatThrownBy(() -> values.write(new ArrayList<>(List.of(new Object()))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> values.write(
                        new SecurityContextImpl(new UsernamePasswordAuthenticationToken("somebody", "secret"))))
                .isInstanceOf(IllegalArgumentException.class);
        ByteArrayOutputStream java = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(java)) {
            out.writeObject(new ArrayList<>(List.of("anything")));
        }
        assertThat(values.read(java.toByteArray())).isNull();
        assertThat(values.read(new byte[0])).isNull();
    }

    private Object back(Object value) {
        return values.read(values.write(value));
    }
}
