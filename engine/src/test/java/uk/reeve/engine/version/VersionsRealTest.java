package uk.reeve.engine.version;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every order against the answers of its ecosystem's own tool, and against the upstream projects' fixtures.
class VersionsRealTest {

    /// The number is how many rows are answered otherwise than the table says.
    @TestFactory
    List<DynamicTest> orders_as_the_own_tool_does() {
        return List.of(
                Judged.test("versions-real/npm.tsv.gz", Orders.NPM, 0),
                Judged.test("versions-real/crates.io.tsv.gz", Orders.CRATES, 0),
                Judged.test("versions-real/go.tsv.gz", Orders.GO, 0),
                Judged.test("versions-real/bitnami.tsv.gz", Orders.NPM, 0),
                Judged.test("versions-real/pypi.tsv.gz", Orders.PEP440, 0),
                Judged.test("versions-real/rubygems.tsv.gz", Orders.RUBYGEMS, 0),
                Judged.test("versions-real/packagist.tsv.gz", Orders.COMPOSER, 0),
                Judged.test("versions-real/drupal.tsv.gz", Orders.COMPOSER, 0),
                Judged.test("versions-real/nuget.tsv.gz", Orders.NUGET, 0));
    }

    @TestFactory
    List<DynamicTest> orders_as_the_upstream_fixtures_say() {
        return List.of(
                Judged.test("versions/npm.tsv", Orders.NPM, 0),
                Judged.test("versions/crates.io.tsv", Orders.CRATES, 0),
                Judged.test("versions/go.tsv", Orders.GO, 0),
                Judged.test("versions/semver.tsv", Orders.SEMVER, 1),
                Judged.test("versions/pub.tsv", Orders.PUB, 32),
                Judged.test("versions/pypi.tsv", Orders.PEP440, 0),
                Judged.test("versions/rubygems.tsv", Orders.RUBYGEMS, 0),
                Judged.test("versions/packagist.tsv", Orders.COMPOSER, 0),
                Judged.test("versions/nuget.tsv", Orders.NUGET, 0));
    }
}
