package uk.reeve.scanner.extract;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The package managers' files, each read as its fixtures say.
class PackageFilesTest {

    @TestFactory
    Stream<DynamicTest> composer() {
        return all(
                Fixtures.of(new ComposerInstalled(), "composer-installed"),
                Fixtures.of(new ComposerJson(), "composer-json"),
                Fixtures.of(new ComposerLock(), "composer-lock"));
    }

    @TestFactory
    Stream<DynamicTest> ruby() {
        return all(
                Fixtures.of(new GemSpecification(), "gem-specification"),
                Fixtures.of(new Gemfile(), "gemfile"),
                Fixtures.of(new GemfileLock(), "gemfile-lock"));
    }

    @TestFactory
    Stream<DynamicTest> go() {
        return all(Fixtures.of(new GoMod(), "go-mod"), Fixtures.of(new GoSum(), "go-sum"));
    }

    @TestFactory
    Stream<DynamicTest> rust() {
        return Fixtures.of(new CargoLock(), "cargo-lock");
    }

    @SafeVarargs
    private static Stream<DynamicTest> all(Stream<DynamicTest>... kinds) {
        return Stream.of(kinds).flatMap(kind -> kind);
    }
}
