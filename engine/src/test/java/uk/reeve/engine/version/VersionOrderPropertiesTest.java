package uk.reeve.engine.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every text, sensible or not: nothing but [BadVersion] is thrown, comparers are antisymmetric, and
/// exact keys say what the comparer says.
class VersionOrderPropertiesTest {

    private static final int ROUNDS = 10_000;
    private static final String[] SEEDS = {
        "1.0.0",
        "v1.2.3-beta.2+build.01",
        "0.0.1.post3764011091",
        "1!2.0a1.dev3+local.7",
        "2021.03.17",
        "dev-main",
        "1.x-dev",
        "20100102-203040-p1",
        "1.0.0.pre.1",
        "1.0.0-9007199254740993.a",
        "1.0.0-0x1F.-5",
        "1.0.0.0-RC1",
        "0.0.0-20220314234659-1baeb1ce4c0b",
        "18446744073709551616.1.0",
        "1.0.0-2147483648",
        "1.0-1",
        "",
        "v",
        "0",
    };
    private static final String[] PIECES = {
        ".",
        "-",
        "+",
        "_",
        ":",
        "!",
        "@",
        " ",
        "0",
        "00",
        "1",
        "9",
        "10",
        "x",
        "v",
        "a",
        "rc",
        "RC",
        "pre",
        "dev",
        "post",
        "beta",
        "alpha",
        "stable",
        "patch",
        ".0",
        ".0.0",
        "-dev",
        "@dev",
        " as ",
        "99999999999999999999",
        "9223372036854775807",
        "é",
        "\u0660",
        "\uD83D",
        "\u0000",
        "\uFEFF",
        "\u00A0",
        "\u017F",
        "dev-",
        "+b",
    };

    static List<Arguments> orders() {
        return List.of(
                Arguments.of("npm", Orders.NPM),
                Arguments.of("crates.io", Orders.CRATES),
                Arguments.of("Go", Orders.GO),
                Arguments.of("Hex", Orders.HEX),
                Arguments.of("tags", Orders.SEMVER),
                Arguments.of("Pub", Orders.PUB),
                Arguments.of("PyPI", Orders.PEP440),
                Arguments.of("RubyGems", Orders.RUBYGEMS),
                Arguments.of("Composer", Orders.COMPOSER),
                Arguments.of("NuGet", Orders.NUGET));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("orders")
    void keys_agree_with_the_comparer_whatever_the_text(String name, VersionOrder order) {
        Random random = new Random(20261124);
        for (int i = 0; i < ROUNDS; i++) {
            String left = mutant(random, SEEDS[random.nextInt(SEEDS.length)]);
            String right =
                    random.nextInt(3) > 0 ? mutant(random, left) : mutant(random, SEEDS[random.nextInt(SEEDS.length)]);
            assertThat(Judged.fault(order, left, right))
                    .as("%s: \"%s\" with \"%s\"", name, left, right)
                    .isNull();
            order.bound(left); // repairs or leaves alone, never throws
        }
    }

    /// Sorted by the comparer, then read by key: a comparer that is not transitive shows here.
    @ParameterizedTest(name = "{0}")
    @MethodSource("orders")
    void versions_sorted_by_key_are_sorted_by_the_comparer(String name, VersionOrder order) throws BadVersion {
        Random random = new Random(7);
        List<String> versions = new ArrayList<>();
        while (versions.size() < 120) {
            String version = mutant(random, SEEDS[random.nextInt(SEEDS.length)]);
            if (hasExactKey(order, version)) {
                versions.add(version);
            }
        }
        versions.sort((a, b) -> VersionKey.compare(key(order, a), key(order, b)));
        for (int i = 0; i < versions.size(); i++) {
            for (int j = i; j < versions.size(); j++) {
                assertThat(order.compare(versions.get(i), versions.get(j)))
                        .as("%s: \"%s\" with \"%s\"", name, versions.get(i), versions.get(j))
                        .isLessThanOrEqualTo(0);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("orders")
    void a_text_of_any_length_is_compared_or_refused(String name, VersionOrder order) {
        for (String unit : List.of("1", "1.", "a", ".0", "1a", "-", "1.0.0-a.", "0", "1-", ".x")) {
            for (int length : new int[] {200, 1023, 1025, 100_000}) {
                String text = ("1.0.0-0." + unit.repeat(length)).substring(0, length);
                String bare = unit.repeat(length).substring(0, length);
                assertThat(Judged.fault(order, text, "1.0.0"))
                        .as("%s: %s", name, unit)
                        .isNull();
                assertThat(Judged.fault(order, bare, text))
                        .as("%s: %s", name, unit)
                        .isNull();
            }
        }
    }

    private static String mutant(Random random, String seed) {
        StringBuilder text = new StringBuilder(seed);
        for (int change = random.nextInt(4); change > 0; change--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(3)));
                case 1 ->
                    text.insert(at, (char) (random.nextInt(8) == 0 ? random.nextInt(65536) : random.nextInt(128)));
                default -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return text.toString();
    }

    private static boolean hasExactKey(VersionOrder order, String version) {
        try {
            return order.key(version).exact();
        } catch (BadVersion e) {
            return false;
        }
    }

    private static VersionKey key(VersionOrder order, String version) {
        try {
            return order.key(version);
        } catch (BadVersion e) {
            throw new AssertionError(Arrays.toString(version.toCharArray()), e);
        }
    }
}
