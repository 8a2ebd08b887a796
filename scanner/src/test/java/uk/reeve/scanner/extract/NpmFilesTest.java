package uk.reeve.scanner.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The files of npm, yarn, pnpm, bun and Deno, each read as its fixtures say.
class NpmFilesTest {

    @TestFactory
    Stream<DynamicTest> reads() {
        return Stream.of(
                        Fixtures.of(new PackageLock(), "package-lock"),
                        Fixtures.of(new HiddenPackageLock(), "hidden-package-lock"),
                        Fixtures.of(new NpmInstalled(), "npm-installed"),
                        Fixtures.of(new PackageJson(), "package-json"),
                        Fixtures.of(new YarnLock(), "yarn-lock"),
                        Fixtures.of(new PnpmLock(), "pnpm-lock"),
                        Fixtures.of(new BunLock(), "bun-lock"),
                        Fixtures.of(new BunLockBinary(), "bun-lock-binary"),
                        Fixtures.of(new DenoLock(), "deno-lock"))
                .flatMap(tests -> tests);
    }

    @ParameterizedTest
    @CsvSource({
        "node_modules/a/package.json, true",
        "web/node_modules/@scope/a/package.json, true",
        "node_modules/a/node_modules/b/package.json, true",
        "node_modules/.pnpm/a@1.0.0/node_modules/@scope/a/package.json, true",
        "node_modules/resolve/test/resolver/multirepo/package.json, false",
        "node_modules/a/test/node_modules/b/package.json, false",
        "node_modules/a/lib/package.json, false",
        "node_modules/@scope/package.json, false",
        "node_modules/.pnpm/a@1.0.0/package.json, false",
        "package.json, false",
        "my_node_modules/a/package.json, false"
    })
    void an_installed_package_lies_right_in_node_modules(String path, boolean expected) throws IOException {
        assertThat(new NpmInstalled().wants(new ScanPath(path), Head.NONE)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "packages/web, packages/*, true",
        "packages/web, ./packages/*/, true",
        "packages/web/test, packages/*, false",
        "packages/web/test, packages/**, true",
        "apps/a-web, apps/*-web, true",
        "web, web, true",
        "web, api, false"
    })
    void a_glob_names_the_members_of_a_workspace(String path, String glob, boolean expected) {
        assertThat(Workspaces.isMember(path, List.of(glob))).isEqualTo(expected);
    }

    @Test
    void a_member_may_be_taken_out_again() {
        assertThat(Workspaces.isMember("packages/web", List.of("packages/*", "!packages/web")))
                .isFalse();
    }

    @Test
    void many_stars_cost_little() {
        assertThat(Workspaces.isMember("a/b/c/d/e/f/g/h", List.of("**/".repeat(50_000) + "x")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/a/1.0.0, a, 1.0.0",
        "/@s/a/1.0.0, @s/a, 1.0.0",
        "/a/1.0.0_b@2.0.0+@c+d@1.0.0, a, 1.0.0",
        "/@s/a/1.0.0-rc.1_b@2.0.0, @s/a, 1.0.0-rc.1",
        "/a@1.0.0, a, 1.0.0",
        "/@s/a@1.0.0(b@2.0.0)(@c/d@1.0.0(e@1.0.0)), @s/a, 1.0.0",
        "a@1.0.0(b@2.0.0), a, 1.0.0",
        "@s/a@1.0.0, @s/a, 1.0.0"
    })
    void a_key_of_pnpm_has_name_and_version(String key, String name, String version) {
        assertThat(PnpmKey.split(key)).containsExactly(name, version);
    }
}
