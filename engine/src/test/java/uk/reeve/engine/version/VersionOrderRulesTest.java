package uk.reeve.engine.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.reeve.engine.Shared;

/// The rules that surprise, one line each; they hold without the real tools' tables.
class VersionOrderRulesTest {

    @ParameterizedTest
    @CsvSource({
        "NPM, 1.0.0-rc.1, <, 1.0.0",
        "NPM, v1.0.0+a, =, 1.0.0+b",
        "NPM, 1.0, invalid-left, 1.0.0",
        "NPM, 9007199254740992.0.0, invalid-left, 1.0.0",
        "NPM, 1.0.0-9007199254740992, =, 1.0.0-9007199254740993",
        "CRATES_IO, 1.0.0+1, <, 1.0.0+01",
        "CRATES_IO, 1.0.0, <, 1.0.0+1",
        "CRATES_IO, v1.0.0, invalid-left, 1.0.0",
        "GO, v1, =, 1.0.0",
        "GO, v1.2.0-rc1, <, 1.2",
        "GO, v1-rc1, invalid-left, 1.0.0",
        "GO, 99999999999999999999.0.0, <, 100000000000000000000.0.0",
        "GITHUB_ACTIONS, v4.1.0, >, 4.0.9",
        "GITHUB_ACTIONS, v4, invalid-left, 4.0.0",
        "PUB, 1.0.0+1, >, 1.0.0",
        "PUB, 1.0.0-0x1F, =, 1.0.0-31",
        "PYPI, 1.0.dev1, <, 1.0a1",
        "PYPI, 1.0.post1.dev2, <, 1.0-1",
        "PYPI, 1.0+abc, <, 1.0+1",
        "PYPI, 0.0.1.post3764011091, >, 0.0.1.post3764011090",
        "PYPI, 2019-09-12, invalid-left, 1.0",
        "RUBYGEMS, 1.0.0.a, =, 1.a",
        "RUBYGEMS, 1.0.0.1, <, 1.0.1",
        "RUBYGEMS, 1.0.0.a, <, 1",
        "RUBYGEMS, 1.0-1, =, 1.0.pre.1",
        "PACKAGIST, v1.2-b3, =, 1.2.0.0-beta3",
        "PACKAGIST, 1.0-p1, >, 1.0",
        "PACKAGIST, 1.x-dev, <, 1.9999999.9999999.9999999",
        "PACKAGIST, dev-main, <, 0.0.1",
        "PACKAGIST, dev-main, none, dev-other",
        "NUGET, 1.0.0-BETA, =, 1.0-beta",
        "NUGET, 1.0.0.1-alpha, >, 1.0.0",
        "NUGET, 1.0.0.0.0, invalid-left, 1.0",
    })
    void orders(Ecosystem ecosystem, String left, String relation, String right) {
        assertThat(Judged.answer(ecosystem.order(), left, right)).isEqualTo(relation);
        assertThat(Judged.fault(ecosystem.order(), left, right)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1.0.0",
        "v2, 2.0.0",
        "1.0-beta, 1.0.0-beta",
        "2021.03.17, 2021.3.17",
        "0.0.0-00, 0.0.0-00",
        "1.2.3.4, 1.2.3.4",
        "1..2, 1..2",
        "unknown, unknown",
        "1.0rc1, 1.0rc1",
    })
    void a_bound_is_padded_to_three_numbers_or_left_alone(String bound, String repaired) {
        assertThat(Ecosystem.BITNAMI.order().bound(bound)).isEqualTo(repaired);
    }

    @Test
    void every_bound_that_is_refused_for_its_shape_is_repaired() throws BadVersion {
        for (String[] row : Shared.tsv("conformance/versions-real/rejected-by-own-tool.tsv.gz")) {
            Ecosystem ecosystem = Ecosystem.ofOsv(row[0]);
            boolean number = Digits.isDigit(row[1].charAt(0));
            if (number && ecosystem != null && ecosystem.order() instanceof SemVerOrder order) {
                assertThat(order.key(order.bound(row[1])).exact()).as(row[1]).isTrue();
            }
        }
    }

    @Test
    void a_branch_has_no_exact_key() throws BadVersion {
        assertThat(Orders.COMPOSER.key("dev-main").exact()).isFalse();
        assertThat(Orders.COMPOSER.key("1.x-dev").exact()).isTrue();
    }

    @Test
    void a_refusal_quotes_the_version_and_says_where() {
        assertThatThrownBy(() -> Orders.NPM.compare("1.0", "1.0.0"))
                .isInstanceOf(BadVersion.class)
                .hasMessage("\"1.0\" is no version here: expected \".\" where it ends (character 4)");
        assertThatThrownBy(() -> Orders.PEP440.key("1.0-stable"))
                .hasMessageContaining("\"1.0-stable\"")
                .hasMessageContaining("\"-\" stands (character 4)");
    }

    @Test
    void composer_normalises_as_its_own_tests_say() throws BadVersion {
        for (String[] row : Shared.tsv("conformance/versions/packagist-normalise.tsv")) {
            assertThat(ComposerVersion.normalise(row[0])).as(row[0]).isEqualTo(row[1]);
        }
    }
}
