package uk.reeve.engine.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import uk.reeve.engine.Shared;

/// The orders against what the ecosystems' own tools say of real versions, and against upstream's fixtures.
class DistributionOrdersTest {

    private record Subject(String file, VersionOrder order, int knownDifferent) {}

    @TestFactory
    Stream<DynamicTest> agrees_with_the_tool_itself_on_real_versions() {
        return Stream.of(
                        new Subject("maven", Orders.MAVEN, 0),
                        new Subject("debian", Orders.DEBIAN, 0),
                        new Subject("rpm", Orders.RPM, 0),
                        new Subject("alpine", Orders.ALPINE, 0))
                .map(s -> DynamicTest.dynamicTest(
                        s.file, () -> judge(s, "versions-real/" + s.file + ".tsv.gz", Set.of())));
    }

    @TestFactory
    Stream<DynamicTest> agrees_with_upstream_fixtures_where_the_tool_does() {
        return Stream.of(
                        new Subject("maven", Orders.MAVEN, 0),
                        new Subject("debian", Orders.DEBIAN, 0),
                        new Subject("rpm", Orders.RPM, 0),
                        new Subject("alpine", Orders.ALPINE, 0),
                        new Subject("cran", Orders.CRAN, 0),
                        new Subject("hackage", Orders.HACKAGE, 0),
                        new Subject("conan", Orders.CONAN, 0))
                .map(s -> DynamicTest.dynamicTest(
                        s.file, () -> judge(s, "versions/" + s.file + ".tsv", disagreements(s.file))));
    }

    /// Not only the judges' pairs: neighbours in the order of the keys, and pairs drawn at random.
    @TestFactory
    Stream<DynamicTest> exact_keys_sort_any_two_versions_as_the_comparer_does() {
        return Stream.of(
                        new Subject("maven", Orders.MAVEN, 0),
                        new Subject("debian", Orders.DEBIAN, 0),
                        new Subject("rpm", Orders.RPM, 0),
                        new Subject("alpine", Orders.ALPINE, 0))
                .map(s -> DynamicTest.dynamicTest(s.file, () -> checkAnyTwo(s)));
    }

    private static void checkAnyTwo(Subject subject) throws BadVersion {
        Map<String, VersionKey> keys = new HashMap<>();
        for (String file : List.of("versions-real/" + subject.file + ".tsv.gz", "versions/" + subject.file + ".tsv")) {
            for (String[] row : Shared.tsv("conformance/" + file)) {
                for (String version : List.of(row[0], row[2])) {
                    if (!isBad(subject.order, version) && !isInexact(subject.order, version)) {
                        keys.put(version, subject.order.key(version));
                    }
                }
            }
        }
        List<String> versions = new ArrayList<>(keys.keySet());
        versions.sort((a, b) -> VersionKey.compare(keys.get(a), keys.get(b)));
        Random random = new Random(20261124);
        for (int i = 0; i < 200_000; i++) {
            int at = i < versions.size() - 1 ? i : random.nextInt(versions.size());
            int other = i < versions.size() - 1 ? i + 1 : random.nextInt(versions.size());
            String left = versions.get(at);
            String right = versions.get(other);
            assertThat(Integer.signum(subject.order.compare(left, right)))
                    .as("%s, %s", left, right)
                    .isEqualTo(Integer.signum(VersionKey.compare(keys.get(left), keys.get(right))));
        }
        System.out.printf("%s: any two of %d versions with exact keys, tried 200000%n", subject.file, versions.size());
    }

    /// Texts made of what versions are made of, most of them close to each other.
    @TestFactory
    Stream<DynamicTest> exact_keys_sort_random_texts_as_the_comparer_does() {
        return Stream.of(
                        "maven", "deb", "rpm", "apk", "cran", "hackage", "conan", "alpm", "gentoo", "openssl", "intdot")
                .map(scheme -> DynamicTest.dynamicTest(scheme, () -> checkRandom(scheme)));
    }

    private static void checkRandom(String scheme) {
        VersionOrder order = VersSchemes.order(scheme);
        assertThat(order).isNotNull();
        String[] pieces = {
            "0",
            "00",
            "1",
            "10",
            "9",
            "000000000000",
            ".",
            ".",
            "-",
            "-",
            "_",
            "~",
            "^",
            "+",
            ":",
            "a",
            "b1",
            "m",
            "rc",
            "sp",
            "r",
            "-r1",
            "_p",
            "_alpha",
            "final",
            "ga",
            "x",
            "Z",
            "é",
            "٣",
            "\u0000"
        };
        Random random = new Random(scheme.hashCode());
        for (int i = 0; i < 20_000; i++) {
            String left = text(pieces, random);
            String right = random.nextInt(4) == 0 ? text(pieces, random) : near(left, pieces, random);
            checkMirror(order, left, right, relation(order, left, right));
        }
    }

    private static String text(String[] pieces, Random random) {
        StringBuilder text = new StringBuilder(random.nextInt(5) == 0 ? "" : "1");
        for (int i = random.nextInt(7); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private static String near(String text, String[] pieces, Random random) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(2));
        return text.substring(0, at) + pieces[random.nextInt(pieces.length)] + text.substring(end);
    }

    /// Rows on which the real tool answers otherwise than the fixture, as `left TAB right`.
    private static Set<String> disagreements(String ecosystem) {
        Set<String> rows = new HashSet<>();
        for (String[] row : Shared.tsv("conformance/versions/disagreements.tsv")) {
            if (row[0].equals(ecosystem)) {
                rows.add(row[1] + "\t" + row[3]);
            }
        }
        return rows;
    }

    private static void judge(Subject subject, String file, Set<String> left) {
        List<String> different = new ArrayList<>();
        Set<String> versions = new HashSet<>();
        int tried = 0;
        int inexact = 0;
        for (String[] row : Shared.tsv("conformance/" + file)) {
            if (left.contains(row[0] + "\t" + row[2]) || row[1].contains("~")) {
                continue; // `~` is apk's prefix match, no relation of an order
            }
            tried++;
            String said = relation(subject.order, row[0], row[2]);
            if (!said.equals(row[1].equals("warn") ? said : row[1])) {
                different.add(row[0] + " " + row[1] + " " + row[2] + ", said " + said);
            }
            checkMirror(subject.order, row[0], row[2], said);
            versions.add(row[0]);
            versions.add(row[2]);
        }
        for (String version : versions) {
            inexact += isInexact(subject.order, version) ? 1 : 0;
        }
        System.out.printf(
                "%s: tried %d, equal %d, known different %d; inexact keys %d of %d%n",
                file, tried, tried - different.size(), different.size(), inexact, versions.size());
        assertThat(different).hasSize(subject.knownDifferent);
    }

    private static boolean isInexact(VersionOrder order, String version) {
        try {
            return !order.key(version).exact();
        } catch (BadVersion e) {
            return false;
        }
    }

    private static String relation(VersionOrder order, String left, String right) {
        boolean leftBad = isBad(order, left);
        boolean rightBad = isBad(order, right);
        if (leftBad || rightBad) {
            return leftBad && rightBad ? "invalid-both" : leftBad ? "invalid-left" : "invalid-right";
        }
        try {
            int result = order.compare(left, right);
            return result < 0 ? "<" : result > 0 ? ">" : "=";
        } catch (BadVersion e) {
            return "refused by compare, not by key";
        }
    }

    private static boolean isBad(VersionOrder order, String version) {
        try {
            order.key(version);
            return false;
        } catch (BadVersion e) {
            assertThat(e.getMessage()).startsWith("\"").doesNotEndWith(".");
            return true;
        }
    }

    private static void checkMirror(VersionOrder order, String left, String right, String said) {
        if (said.startsWith("invalid")) {
            return;
        }
        try {
            int result = Integer.signum(order.compare(left, right));
            assertThat(Integer.signum(order.compare(right, left)))
                    .as("%s, %s", right, left)
                    .isEqualTo(-result);
            VersionKey l = order.key(left);
            VersionKey r = order.key(right);
            if (l.exact() && r.exact()) {
                assertThat(Integer.signum(VersionKey.compare(l, r)))
                        .as("keys of %s, %s", left, right)
                        .isEqualTo(result);
            }
        } catch (BadVersion e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_circle_of_maven_versions_is_reproduced_and_never_wholly_exact() throws BadVersion {
        for (String[] row : Shared.tsv("conformance/versions-real/intransitive.tsv.gz")) {
            String a = row[2];
            String b = row[3];
            String c = row[4];
            assertThat(List.of(
                            relation(Orders.MAVEN, a, b), relation(Orders.MAVEN, b, c), relation(Orders.MAVEN, a, c)))
                    .as("%s, %s, %s", a, b, c)
                    .containsExactly(row[5], row[6], row[7]);
            assertThat(Orders.MAVEN.key(a).exact()
                            && Orders.MAVEN.key(b).exact()
                            && Orders.MAVEN.key(c).exact())
                    .as("%s, %s, %s", a, b, c)
                    .isFalse();
        }
    }
}
