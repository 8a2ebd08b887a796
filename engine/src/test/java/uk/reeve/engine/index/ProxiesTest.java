package uk.reeve.engine.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {

    private static String chosen(Map<String, String> environment, String uri) throws IOException {
        return new Proxies(null, environment).select(URI.create(uri)).getFirst().toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://osv.example/x | '' | HTTP @ proxy.example/<unresolved>:3128",
                "http://osv.example/x | '' | HTTP @ plain.example/<unresolved>:80",
                "https://osv.example/x | other.example, osv.example | DIRECT",
                "https://a.osv.example/x | .osv.example | DIRECT",
                "https://a.osv.example/x | *.osv.example | DIRECT",
                "https://notosv.example/x | osv.example | HTTP @ proxy.example/<unresolved>:3128",
                "https://osv.example:8443/x | osv.example:443 | HTTP @ proxy.example/<unresolved>:3128",
                "https://osv.example/x | osv.example:443 | DIRECT",
                "https://osv.example/x | * | DIRECT",
                "http://127.0.0.1:8080/x | '' | DIRECT",
            })
    void the_environment_chooses(String uri, String direct, String expected) throws IOException {
        Map<String, String> environment =
                Map.of("HTTPS_PROXY", "http://proxy.example:3128", "http_proxy", "plain.example", "NO_PROXY", direct);
        assertThat(chosen(environment, uri)).isEqualTo(expected);
    }

    @Test
    void a_proxy_that_is_told_goes_before_the_environment() throws IOException {
        Proxies proxies = new Proxies(URI.create("http://told.example:8080"), Map.of("NO_PROXY", "*"));
        assertThat(proxies.select(URI.create("https://osv.example")).toString()).contains("told.example");
    }

    @Test
    void a_proxy_of_another_kind_is_refused_without_showing_its_password() {
        assertThatThrownBy(() -> chosen(Map.of("HTTPS_PROXY", "socks5://me:secret@p:1"), "https://osv.example"))
                .hasMessage("HTTPS_PROXY in the environment is no address like http://proxy.example:3128");
        assertThatThrownBy(() -> Feeds.standard().through(URI.create("socks5://me:secret@p:1"), null))
                .hasMessage("the proxy socks5://p:1 cannot be used: only http://HOST:PORT is supported");
    }

    @Test
    void an_address_of_another_scheme_is_refused() {
        assertThatThrownBy(() -> Feeds.standard().from(URI.create("file:///etc"), null, null))
                .hasMessage("the address of the advisories is no http or https address: it has no host");
        assertThatThrownBy(() -> Feeds.standard().of(java.util.List.of("../x")))
                .hasMessage("\"../x\" is no ecosystem of OSV; npm or \"Red Hat\" is one");
    }
}
