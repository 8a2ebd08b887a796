package uk.reeve.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.json|bom.json|true",
                "*.json|a/bom.json|false",
                "**/*.json|a/b/bom.json|true",
                "a/**|a/b/c|true",
                "a?c|abc|true",
                "a?c|a/c|false",
                "[a-c]x|bx|true",
                "[!a-c]x|bx|false",
                "[!a]b|/b|false",
                "{web,api}/*.lock|api/yarn.lock|true",
                "{web,api}/*.lock|apis/yarn.lock|false",
                "{,a}b|b|true",
                "a{[,],}b|a,b|true",
                "\\*,}|*,}|true",
                "straße/?|straße/😀|true",
            })
    void a_pattern_matches_as_javas_does(String pattern, String path, boolean matches) {
        assertThat(new Glob(pattern).matches(path)).isEqualTo(matches);
        assertThat(java(pattern, path)).isEqualTo(matches);
    }

    @Test
    void random_patterns_match_as_javas_do() {
        Random random = new Random(7);
        int matched = 0;
        for (int i = 0; i < 20_000; i++) {
            String pattern = word(random, "aabb//***?{,}[!-]\\", 1 + random.nextInt(8));
            String path = word(random, "ab", 1) + word(random, "ab/", 3).replaceAll("/+", "/") + "b";
            Glob glob;
            try {
                glob = new Glob(pattern);
            } catch (IllegalArgumentException e) {
                continue;
            }
            try {
                boolean expected = java(pattern, path);
                matched += expected ? 1 : 0;
                assertThat(glob.matches(path)).as("%s on %s", pattern, path).isEqualTo(expected);
            } catch (IllegalArgumentException e) {
                assertThat(pattern).as("refused by Java alone").contains("[");
            }
        }
        assertThat(matched).isGreaterThan(200);
    }

    @Test
    void two_hundred_stars_take_no_time() {
        Glob glob = new Glob("*a".repeat(200) + "z");
        String path = "a".repeat(2_000);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertThat(glob.matches(path)).isFalse());
        assertThat(glob.matches(path + "z")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a[b|a [ has no ]",
                "[!]|there is nothing between [ and ]",
                "{a|a { has no }",
                "{a,{b}}|a { stands within another",
                "a\\|nothing follows the backslash at its end",
            })
    void a_broken_pattern_is_refused_with_its_fault(String pattern, String fault) {
        assertThatThrownBy(() -> new Glob(pattern)).hasMessage(fault);
    }

    private static boolean java(String pattern, String path) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(path));
    }

    private static String word(Random random, String letters, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }
}
