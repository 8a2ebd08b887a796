package uk.reeve.engine.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules in short, for a clone without the real data.
class DistributionOrderRulesTest {

    private static void rises(VersionOrder order, String line) throws BadVersion {
        List<String> versions = List.of(line.split(" < "));
        for (int i = 0; i < versions.size(); i++) {
            for (int j = 0; j < versions.size(); j++) {
                String left = versions.get(i);
                String right = versions.get(j);
                assertThat(Integer.signum(order.compare(left, right)))
                        .as("%s, %s", left, right)
                        .isEqualTo(Integer.compare(i, j));
                assertThat(Integer.signum(VersionKey.compare(order.key(left), order.key(right))))
                        .as("keys of %s, %s", left, right)
                        .isEqualTo(Integer.compare(i, j));
                assertThat(order.key(left).exact()).as(left).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2.0-alpha1 < 2.0-beta < 2.0-beta9 < 2.0-M1 < 2.0-RC1 < 2.0-SNAPSHOT < 2.0 < 2.0-sp1 < 2.0-redhat-1 < 2.0-1"
                        + " < 2.0.1-rc1 < 2.0.1 < 2.1 < 2.10",
                "1.0.0.RC1 < 1.0.0.Final < 1.0.0.Final-redhat-00001 < 1.0.1.Final",
                "31.1-android < 31.1-jre < 32.0.0-android"
            })
    void maven_rises(String line) throws BadVersion {
        rises(Orders.MAVEN, line);
    }

    @Test
    void a_maven_release_word_is_the_release() throws BadVersion {
        assertThat(Orders.MAVEN.compare("5.3.18.RELEASE", "5.3.18")).isZero();
        assertThat(Orders.MAVEN.key("5.3.18.RELEASE")).isEqualTo(Orders.MAVEN.key("5.3.18"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.1.redhat-00001", "1.0.0.RC.1", "1-0-rc1", "0", "1.final.2"})
    void a_maven_version_outside_the_safe_grammar_has_no_exact_key(String version) throws BadVersion {
        assertThat(Orders.MAVEN.key(version).exact()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0~rc1-1 < 1.0~rc1-2 < 1.0-1~deb12u1 < 1.0-1 < 1.0-1+deb12u1 < 1.0a-1 < 1.0+dfsg-1 < 1.0.1-1 < 1:0.5-1",
                "2.36-9 < 2.36-9+deb12u3 < 2.36-10"
            })
    void debian_rises(String line) throws BadVersion {
        rises(Orders.DEBIAN, line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|is empty, where a Debian version was expected",
                "1.0-|ends in a hyphen: a Debian revision must follow it",
                "x:1.0|has an epoch that is no number",
                "9999999999:1|has an epoch above 2147483647",
                "1.0 2|has a blank in it; a Debian version has none",
                "1:-1|has nothing where Debian's upstream version should be"
            })
    void debian_refuses(String version, String reason) {
        assertThatThrownBy(() -> Orders.DEBIAN.key(version)).hasMessage("\"" + version + "\" " + reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0~rc1 < 1.0 < 1.0-1.el9 < 1.0-2.el9 < 1.0^git1-1 < 1.0a-1 < 1.0.1-1 < 1:0.1-1",
                "7.76.1-23.el9 < 7.76.1-23.el9_2.4 < 7.76.1-26.el9"
            })
    void rpm_rises(String line) throws BadVersion {
        rises(Orders.RPM, line);
    }

    @Test
    void an_absent_rpm_epoch_is_zero() throws BadVersion {
        assertThat(Orders.RPM.compare("0:7.76.1-1", "7.76.1-1")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9.3_alpha1 < 9.3_rc1 < 9.3 < 9.3-r0 < 9.3-r2 < 9.3_p1 < 9.3_p2-r2 < 9.3a < 9.3.01 < 9.3.1 < 9.10",
            })
    void alpine_rises(String line) throws BadVersion {
        rises(Orders.ALPINE, line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "1.0-1", "1.0p1", "1.0_foo", "1..0"})
    void alpine_refuses(String version) {
        assertThatThrownBy(() -> Orders.ALPINE.key(version)).isInstanceOf(BadVersion.class);
        assertThatThrownBy(() -> Orders.ALPINE.compare("1.0", version)).isInstanceOf(BadVersion.class);
    }

    @Test
    void r_haskell_and_conan_rise() throws BadVersion {
        rises(Orders.CRAN, "0.1 < 0.1.0 < 0.1-1 < 0.10-0 < 1.0");
        rises(Orders.HACKAGE, "0.1 < 0.1.0 < 0.1.1 < 0.10");
        rises(Orders.CONAN, "1.0-alpha.3 < 1.0-alpha.22 < 1.0 < 1.0+b1 < 1.1 < 1.1.a < 1.2");
    }

    @Test
    void a_conan_number_and_a_word_that_begins_with_a_digit_have_no_exact_key() throws BadVersion {
        assertThat(Orders.CONAN.key("1.5a").exact()).isFalse();
    }

    @Test
    void a_text_longer_than_any_version_is_refused() {
        for (VersionOrder order : List.of(
                Orders.MAVEN, Orders.DEBIAN, Orders.RPM, Orders.ALPINE, Orders.CRAN, Orders.HACKAGE, Orders.CONAN)) {
            assertThatThrownBy(() -> order.key("1".repeat(1025)))
                    .hasMessageEndingWith("is longer than 1,024 characters: give the version alone");
        }
    }

    @Test
    void the_longest_version_keeps_its_key_below_4096_bytes() throws BadVersion {
        for (VersionOrder order : List.of(Orders.MAVEN, Orders.DEBIAN, Orders.RPM, Orders.CONAN)) {
            assertThat(order.key("1é".repeat(512)).bytes()).hasSizeLessThanOrEqualTo(4096);
            assertThat(order.key("a1".repeat(512)).bytes()).hasSizeLessThanOrEqualTo(4096);
            assertThat(order.compare("a1".repeat(512), "a1".repeat(511))).isNotZero();
        }
    }
}
