package uk.reeve.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.contrastsecurity.sarif.ReportingDescriptor;
import com.contrastsecurity.sarif.Result;
import com.contrastsecurity.sarif.Run;
import com.contrastsecurity.sarif.SarifSchema210;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Dependency;
import org.cyclonedx.model.vulnerability.Vulnerability;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.spdx.jacksonstore.MultiFormatStore;
import org.spdx.library.LicenseInfoFactory;
import org.spdx.library.SpdxModelFactory;
import org.spdx.library.model.v2.SpdxDocument;
import org.spdx.storage.simple.InMemSpdxStore;

/// What is written is read by programs of others: CycloneDX's own library, SPDX's own library, and a reader of SARIF.
class OtherReadersTest {

    private static final Report EVERYTHING = Given.everything()
            .depending("pkg:npm/jsdom@16.0.0", "pkg:npm/request@2.88.2")
            .report();

    @BeforeAll
    static void noNetwork() {
        System.setProperty("org.spdx.useJARLicenseInfoOnly", "true");
    }

    @Test
    void cyclonedx_own_library_finds_nothing_wrong_and_every_reference_resolves() throws Exception {
        String text = Given.written(EVERYTHING, "cyclonedx", Look.PLAIN);
        // Its JsonParser is this mapper, and a validator of schemas older than the one here: it is the schema that
        // counts.
        assertThat(Schemas.cyclonedx(text)).isEmpty();
        Bom bom = new ObjectMapper().readValue(text, Bom.class);
        Set<String> refs = new HashSet<>();
        for (Component component : bom.getComponents()) {
            assertThat(refs.add(component.getBomRef()))
                    .as(component.getBomRef())
                    .isTrue();
        }
        assertThat(refs)
                .contains("pkg:npm/braces@2.3.2")
                .hasSize(EVERYTHING.rows().size());
        List<String> ids = new ArrayList<>();
        for (Vulnerability flaw : bom.getVulnerabilities()) {
            ids.add(flaw.getId());
            assertThat(flaw.getAffects()).isNotEmpty().allSatisfy(affect -> assertThat(refs)
                    .contains(affect.getRef()));
        }
        assertThat(ids)
                .containsExactlyInAnyOrder(
                        "CVE-2021-23424",
                        "CVE-2024-4068",
                        "CVE-2024-9999",
                        "MAL-2025-1",
                        "CVE-2023-28155",
                        "CVE-2022-25883",
                        "CVE-2023-45853");
        assertThat(bom.getDependencies()).isNotEmpty();
        for (Dependency dependency : bom.getDependencies()) {
            assertThat(refs).contains(dependency.getRef());
            assertThat(dependency.getDependencies())
                    .allSatisfy(to -> assertThat(refs).contains(to.getRef()));
        }
    }

    @Test
    void a_reader_of_sarif_finds_rules_results_and_places() throws IOException {
        SarifSchema210 sarif =
                new ObjectMapper().readValue(Given.written(EVERYTHING, "sarif", Look.PLAIN), SarifSchema210.class);
        assertThat(sarif.getVersion()).isEqualTo(SarifSchema210.Version._2_1_0);
        Run run = sarif.getRuns().getFirst();
        List<String> rules = run.getTool().getDriver().getRules().stream()
                .map(ReportingDescriptor::getId)
                .toList();
        assertThat(rules).contains("CVE-2024-4068", "MAL-2025-1").doesNotHaveDuplicates();
        assertThat(run.getResults()).hasSize(7);
        for (Result result : run.getResults()) {
            assertThat(rules.get(result.getRuleIndex())).isEqualTo(result.getRuleId());
            assertThat(result.getMessage().getText()).contains(result.getRuleId());
            assertThat(result.getLocations()).singleElement().satisfies(location -> {
                assertThat(location.getPhysicalLocation().getArtifactLocation().getUri())
                        .isEqualTo("web/package-lock.json");
                assertThat(location.getPhysicalLocation().getRegion().getStartLine())
                        .isEqualTo(7);
            });
        }
        assertThat(level(run, "CVE-2024-4068")).isEqualTo(Result.Level.ERROR);
        assertThat(level(run, "CVE-2022-25883")).as("merely possible").isEqualTo(Result.Level.NOTE);
    }

    private static Result.Level level(Run run, String id) {
        return run.getResults().stream()
                .filter(result -> id.equals(result.getRuleId()))
                .findFirst()
                .orElseThrow()
                .getLevel();
    }

    @Test
    void spdx_own_library_finds_nothing_wrong() throws Exception {
        SpdxDocument document = spdx(EVERYTHING);
        assertThat(document.verify()).isEmpty();
        assertThat(document.getSpecVersion()).isEqualTo("SPDX-2.3");
        assertThat(document.getDocumentDescribes()).hasSize(EVERYTHING.rows().size());
        assertThat(document.getDocumentUri()).matches("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-.*");
        assertThat(document.getComment()).hasValueSatisfying(comment -> assertThat(comment)
                .contains("Not looked at (unlocked): web/package.json:4: express has no locked version"));
    }

    @Test
    void every_id_of_the_spdx_list_is_written_as_an_id_and_all_else_as_a_reference_or_a_name() throws Exception {
        List<String> ids = LicenseInfoFactory.getSpdxListedLicenseIds();
        Given given = new Given();
        for (String id : ids) {
            given.licensed("pkg:generic/l-" + given.outcomes().size() + "@1", id);
        }
        assertThat(ids).hasSizeGreaterThan(600);
        SpdxDocument listed = spdx(given.report());
        assertThat(listed.verify()).allMatch(problem -> problem.contains(" is deprecated. ")); // as told, so written
        assertThat(listed.getExtractedLicenseInfos()).isEmpty();
        Report others = new Given()
                .licensed("pkg:generic/a@1", "Apache License, Version 2.0")
                .licensed("pkg:generic/b@1", "Oak-1.0", "mit")
                .licensed("pkg:generic/c@1", "GPL-2.0-only WITH Classpath-exception-2.0 OR LicenseRef-Oak")
                .licensed("pkg:generic/d@1", "Apache License, Version 2.0", "ISC")
                .report();
        SpdxDocument document = spdx(others);
        assertThat(document.verify()).isEmpty();
        assertThat(document.getExtractedLicenseInfos()).hasSize(3);
        String cyclonedx = Given.written(others, "cyclonedx", Look.PLAIN);
        assertThat(Schemas.cyclonedx(cyclonedx)).isEmpty();
        assertThat(cyclonedx)
                .contains("{\"license\":{\"name\":\"Apache License, Version 2.0\"}},{\"license\":{\"id\":\"ISC\"}}")
                .contains("{\"expression\":\"GPL-2.0-only WITH Classpath-exception-2.0 OR LicenseRef-Oak\"}");
        String all = Given.written(given.report(), "cyclonedx", Look.PLAIN);
        assertThat(Schemas.cyclonedx(all)).isEmpty();
        assertThat(all.split("\"license\":\\{\"id\":", -1)).hasSize(ids.size() + 1);
    }

    static SpdxDocument spdx(Report report) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SbomReport.write(report, "spdx", out);
        SpdxModelFactory.init();
        MultiFormatStore store = new MultiFormatStore(new InMemSpdxStore(), MultiFormatStore.Format.JSON);
        return store.deSerialize(new ByteArrayInputStream(out.toByteArray()), false);
    }
}
