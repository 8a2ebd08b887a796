package uk.reeve.engine.purl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PurlTest {

    private final List<String> warnings = new ArrayList<>();

    @Test
    void qualifiers_are_sorted_and_empty_ones_dropped() throws BadPurl {
        assertThat(Purl.parse("pkg:deb/debian/curl@7.50.3-1?distro=jessie&arch=i386&x="))
                .hasToString("pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie");
    }

    @Test
    void a_colon_stays_as_it_is() throws BadPurl {
        assertThat(Purl.of("alpm", "arch", "containers-common", "1:0.47.4-4"))
                .hasToString("pkg:alpm/arch/containers-common@1:0.47.4-4");
    }

    @Test
    void what_it_prints_it_reads() throws BadPurl {
        Purl odd = Purl.of("generic", "a b/ü", "50%#?@&=", "1+2@3", Map.of("k", "a&b=c?d#e"), "p q/😀");

        assertThat(Purl.parse(odd.toString())).isEqualTo(odd);
        assertThat(odd)
                .hasToString(
                        "pkg:generic/a%20b/%C3%BC/50%25%23%3F%40%26%3D@1%2B2%403?k=a%26b%3Dc%3Fd%23e#p%20q/%F0%9F%98%80");
    }

    @Test
    void a_go_module_keeps_its_case_and_may_be_given_whole() throws BadPurl {
        assertThat(Purl.of("golang", null, "github.com/Masterminds/semver/v3", "v3.2.0"))
                .isEqualTo(Purl.parse("pkg:golang/github.com/Masterminds/semver/v3@v3.2.0"))
                .extracting(Purl::namespace, Purl::name)
                .containsExactly("github.com/Masterminds/semver", "v3");
    }

    @Test
    void the_go_standard_library_has_no_namespace() throws BadPurl {
        assertThat(Purl.parse("pkg:golang/stdlib@1.22.1").namespace()).isNull();
    }

    @Test
    void an_npm_scope_may_stand_unencoded() throws BadPurl {
        assertThat(Purl.parse("pkg:npm/@babel/core@7.0.0")).hasToString("pkg:npm/%40babel/core@7.0.0");
        assertThat(Purl.parse("pkg:npm/@babel/core")).hasToString("pkg:npm/%40babel/core");
        assertThat(Purl.parse("pkg:npm/%40babel%2Fcore@7")).hasToString("pkg:npm/%40babel/core@7");
    }

    @Test
    void pypi_names_keep_their_dots() throws BadPurl {
        assertThat(Purl.parse("pkg:pypi/Zope.Interface_x@1.0RC1")).hasToString("pkg:pypi/zope.interface-x@1.0rc1");
    }

    @Test
    void a_version_encoded_into_the_name_is_mended() throws BadPurl {
        assertThat(lenient("pkg:golang/github.com/a/x%40v1.2.3")).hasToString("pkg:golang/github.com/a/x@v1.2.3");
        assertThat(warnings).containsExactly("its name holds the version, @v1.2.3; read as name and version");
    }

    @Test
    void a_second_question_mark_begins_a_qualifier() throws BadPurl {
        assertThat(lenient("pkg:deb/ubuntu/curl?arch=src?distro=jammy"))
                .hasToString("pkg:deb/ubuntu/curl?arch=src&distro=jammy");
        assertThat(warnings).hasSize(1);
    }

    @Test
    void an_ampersand_may_begin_the_qualifiers() throws BadPurl {
        assertThat(lenient("pkg:rpm/suse/curl&distro=SUSE%20Linux%20Micro"))
                .hasToString("pkg:rpm/suse/curl?distro=SUSE%20Linux%20Micro");
        assertThat(warnings).hasSize(1);
    }

    @Test
    void packages_of_alpine_as_older_makers_write_them_are_mended() throws BadPurl {
        assertThat(lenient("pkg:alpine/musl@1.2.3-r4?arch=x86_64"))
                .hasToString("pkg:apk/alpine/musl@1.2.3-r4?arch=x86_64");
        assertThat(warnings).containsExactly("\"alpine\" is no type of package; read as pkg:apk/alpine");
        assertThat(Purl.parse("pkg:alpine/musl@1").type()).isEqualTo("alpine");
    }

    @Test
    void a_missing_namespace_is_kept_missing_with_a_warning() throws BadPurl {
        assertThat(lenient("pkg:maven/lonely@1")).hasToString("pkg:maven/lonely@1");
        assertThat(warnings).containsExactly("packages of type maven have a namespace, and it has none");
    }

    @Test
    void a_broken_escape_is_kept_as_it_is_with_a_warning() throws BadPurl {
        assertThat(lenient("pkg:generic/100%/x%FF@1").name()).isEqualTo("x%FF");
        assertThat(warnings).hasSize(2);
    }

    @Test
    void what_the_strict_reader_takes_the_lenient_reads_alike_and_silently() throws BadPurl {
        for (String text : List.of(
                "pkg:npm/%40a/b@1?vcs_url=git%2Bhttps:%2F%2Fx%2Fy#z",
                "pkg:brew/postgresql%4012", "pkg:pypi/ekuiper@0.0.1.post3764011091")) {
            assertThat(lenient(text)).isEqualTo(Purl.parse(text));
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void the_query_of_an_address_does_not_become_qualifiers() throws BadPurl {
        for (String address : List.of("https://x/y", "https%3A%2F%2Fx%2Fy", "x/y")) {
            Purl purl = lenient("pkg:npm/a@1?arch=x86&repository_url=" + address + "?token=abc&key=def#sub");
            assertThat(purl.qualifiers()).containsOnlyKeys("arch", "repository_url");
            assertThat(purl.toString()).doesNotContain("abc", "def").endsWith("y#sub");
        }
    }

    @Test
    void the_strict_reader_says_which_rule_is_broken() {
        assertThatThrownBy(() -> Purl.parse("npm/x@1")).hasMessage("\"npm/x@1\" does not begin with \"pkg:\"");
        assertThatThrownBy(() -> Purl.parse("pkg:npm"))
                .hasMessage("\"pkg:npm\" has no name; a package URL is pkg:type/namespace/name@version");
        assertThatThrownBy(() -> Purl.parse("pkg:deb/ubuntu/curl?arch=src?distro=jammy"))
                .hasMessageContaining("has a second \"?\" where");
        assertThatThrownBy(() -> Purl.parse("pkg:npm/x?a=1&a=2")).hasMessageContaining("stands twice");
        assertThatThrownBy(() -> Purl.parse("pkg:npm/" + "x".repeat(5_000))).isInstanceOf(BadPurl.class);
    }

    private Purl lenient(String text) throws BadPurl {
        return Purl.lenient(text, warnings::add);
    }
}
