package uk.reeve.scanner.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.reeve.engine.sbom.Scope;

/// The files of pip, pipenv, Poetry, PDM and uv, each read as its fixtures say.
class PypiFilesTest {

    @TestFactory
    Stream<DynamicTest> reads() {
        return Stream.of(
                        Fixtures.of(new RequirementsTxt(), "requirements"),
                        Fixtures.of(new PipfileLock(), "pipfile-lock"),
                        Fixtures.of(new Pipfile(), "pipfile"),
                        Fixtures.of(new PoetryLock(), "poetry-lock"),
                        Fixtures.of(new PdmLock(), "pdm-lock"),
                        Fixtures.of(new UvLock(), "uv-lock"),
                        Fixtures.of(new PylockToml(), "pylock"),
                        Fixtures.of(new PyprojectToml(), "pyproject"),
                        Fixtures.of(new PythonInstalled(), "python-installed"))
                .flatMap(tests -> tests);
    }

    @ParameterizedTest
    @CsvSource({
        "requirements.txt, true",
        "api/requirements-dev.txt, true",
        "dev-requirements.txt, true",
        "requirements/base.txt, true",
        "constraints.txt, true",
        "requirements.in, false",
        "notes.txt, false",
        "my-requirements/base.txt, false"
    })
    void requirements_are_known_by_name_or_folder(String path, boolean expected) throws IOException {
        assertThat(new RequirementsTxt().wants(new ScanPath(path), Head.NONE)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "lib/site-packages/a-1.0.dist-info/METADATA, true",
        "package/a-1.0.dist-info/METADATA, true",
        "dist-packages/a.egg-info/PKG-INFO, true",
        "dist-packages/a-1.0.egg-info, true",
        "src/own.egg-info/PKG-INFO, false",
        "METADATA, false"
    })
    void an_egg_outside_site_packages_is_the_project_itself(String path, boolean expected) throws IOException {
        assertThat(new PythonInstalled().wants(new ScanPath(path), Head.NONE)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "requirements.txt, RUNTIME",
        "requirements-dev.txt, DEVELOPMENT",
        "requirements_for_test.txt, TEST",
        "requirements-devices.txt, RUNTIME",
        "develop, DEVELOPMENT",
        "main, RUNTIME"
    })
    void a_word_in_the_name_says_what_a_group_is_for(String name, Scope scope) {
        assertThat(Pypi.scope(name)).isEqualTo(scope);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'a==1.0', 1.0",
                "'a[x,y] == 1.0 ; python_version<\"3\"', 1.0",
                "'a (==1.0)', 1.0",
                "'a===1.0', 1.0",
                "'a>=1.0', -",
                "'a==1.*', -",
                "'a<2,==1.5', 1.5",
                "'a', -"
            })
    void only_an_equals_sign_pins(String text, String version) {
        Requirement requirement = Requirement.parse(text);
        assertThat(requirement).isNotNull();
        assertThat(requirement.pinned()).isEqualTo(version);
    }
}
