package uk.reeve.engine.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "vers:npm/>=1.0.0|<2.0.0; 1.5.0; YES",
                "vers:npm/>=1.0.0|<2.0.0; 2.0.0; NO",
                "vers:npm/>=1.0|<2.0; 1.0.0; YES",
                "vers:npm/>=1.0.0|<2.0.0; latest; UNKNOWN",
                "vers:deb/<1:2.36-9+deb12u3; 1:2.36-9; YES",
                "vers:maven/>=1.0|!=1.1|<2.0; 1.1.0; NO",
                "vers:maven/!=1.1; 1.2; YES",
                "vers:example/1.1; 1.1; YES",
                "vers:example/<1.1; 1.0; UNKNOWN",
                "vers:all/*; x; YES",
                "vers:none/*; x; NO"
            })
    void a_version_is_in_the_range_or_not_or_nobody_knows(String vers, String version, Affected expected)
            throws BadRange {
        assertThat(Vers.parse(vers).contains(version)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "npm/1.0.0; it must begin with vers:",
                "vers:npm; a slash must follow its type",
                "vers:npm/; it has no constraint",
                "vers:NPM/1.0.0; its type must be in lower case",
                "vers:npm/=1.0.0; equality is written without a sign",
                "vers:npm/>=; a version must follow >=",
                "vers:npm/1.0.0|*; an asterisk stands alone",
                "vers:npm/1.0.0|>=1.0.0; version 1.0.0 stands in it twice",
                "vers:npm/>1.0.0|>2.0.0; >2.0.0 says nothing after >1.0.0",
                "vers:npm/1.0.0|<2.0.0; <2.0.0 says nothing after 1.0.0",
                "vers:none/1.0.0; its type goes with * only"
            })
    void a_text_that_is_not_canonical_is_refused_with_its_rule(String text, String rule) {
        assertThatThrownBy(() -> Vers.parse(text)).hasMessage("\"" + text + "\" is no canonical vers: " + rule);
    }

    @Test
    void what_others_write_is_read_sorted_and_printed_canonically() throws BadRange {
        Vers vers = Vers.read(" VERS:npm/ <2.0.0 || >=1.0.0 |=3.0.0 ");
        assertThat(vers).hasToString("vers:npm/>=1.0.0|<2.0.0|3.0.0").isEqualTo(Vers.parse(vers.toString()));
    }

    @Test
    void a_sign_in_a_version_is_encoded_once() throws BadRange {
        Vers vers = Vers.parse("vers:lexicographic/a%7Cb%25c");
        assertThat(vers.constraints()).containsExactly(new Constraint(Constraint.Comparator.EQUAL, "a|b%c"));
        assertThat(vers).hasToString("vers:lexicographic/a%7Cb%25c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "npm; ^1.2.3; vers:npm/>=1.2.3|<2.0.0",
                "npm; >=1.0.0 <=5.0.0 || >=2.0.0 <=3.0.0 || >=4.0.0 <=8.0.0; vers:npm/>=1.0.0|<=8.0.0",
                "maven; (,1.0],[1.2,); vers:maven/<=1.0|>=1.2",
                "nuget; [1.0]; vers:nuget/1.0",
                "pypi; ~=1.4.2, !=1.4.5; vers:pypi/>=1.4.2|!=1.4.5|<1.5",
                "pypi; !=1.2.*; vers:pypi/<1.2.dev0|>=1.3.dev0",
                "gem; ~> 2.0.8; vers:gem/>=2.0.8|<2.1",
                "deb; << 1:1.0-1; vers:deb/<1:1.0-1",
                "golang; >=1.0.0,<1.0.0 || 2.0.0; vers:golang/2.0.0"
            })
    void a_native_range_becomes_constraints(String scheme, String range, String vers) throws BadRange {
        assertThat(Vers.fromNative(scheme, range)).hasToString(vers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "npm; >1.0.0 <1.0.0",
                "npm; 1.0.0 beta",
                "npm; ><1.0.0",
                "nuget; 1.*",
                "nuget; [1.0",
                "maven; [1.0)",
                "conan; ^x",
                "nginx; 1+",
                "pypi; ~=1",
                "deb; ~> 1.0",
                "cargo; ^1.0",
                "openssl; next",
                "unheard; 1.0"
            })
    void a_text_that_is_no_range_is_refused(String scheme, String range) {
        assertThatThrownBy(() -> Vers.fromNative(scheme, range)).isInstanceOf(BadRange.class);
    }

    @Test
    void a_range_of_any_length_is_read_or_refused_at_once() throws BadRange {
        assertThatThrownBy(() -> Vers.read("vers:npm/" + "1.0.0|".repeat(20_000)))
                .isInstanceOf(BadRange.class);
        assertThat(Vers.read("vers:npm/" + "1.0.0|".repeat(10_000)).contains("1.0.0"))
                .isEqualTo(Affected.YES);
        assertThatThrownBy(() -> Vers.fromNative("npm", "1 || ".repeat(20_000))).isInstanceOf(BadRange.class);
        StringBuilder falling = new StringBuilder("9");
        for (int i = 500; i > 0; i--) {
            falling.append("||").append(i);
        }
        assertThat(Vers.fromNative("npm", falling.toString()).contains("77.0.0"))
                .isEqualTo(Affected.YES);
    }
}
