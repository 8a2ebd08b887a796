package uk.reeve.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.reeve.engine.sbom.SpdxFixtures.in;
import static uk.reeve.engine.sbom.SpdxFixtures.messages;

import java.util.List;
import org.junit.jupiter.api.Test;

class Spdx3Test {

    @Test
    void vex_elements_are_claims() throws Exception {
        Sbom sbom = graph("""
                {"type": "software_Package", "spdxId": "urn:a", "name": "oak"},
                {"type": "software_Package", "spdxId": "urn:b", "name": "elm"},
                {"type": "security_Vulnerability", "spdxId": "urn:v", "externalIdentifier": [
                  {"externalIdentifierType": "securityOther", "identifier": "EX-1"},
                  {"externalIdentifierType": "cve", "identifier": "CVE-2020-0001"}]},
                {"type": "security_VexNotAffectedVulnAssessmentRelationship", "from": "urn:v", "to": ["urn:a"],
                 "relationshipType": "doesNotAffect", "security_justificationType": "componentNotPresent",
                 "security_impactStatement": "left out of the build"},
                {"type": "security_VexFixedVulnAssessmentRelationship", "from": "urn:w", "to": "urn:b"},
                {"type": "security_CvssV3VulnAssessmentRelationship", "from": "urn:v", "to": "urn:b", "security_score": 9},
                {"type": "Relationship", "from": "urn:a", "to": ["urn:v", "urn:w"],
                 "relationshipType": "hasAssociatedVulnerability"}
                """);
        assertThat(sbom.vulnerabilities())
                .containsExactly(
                        new Sbom.Claim(
                                "CVE-2020-0001",
                                List.of("EX-1"),
                                "not_affected",
                                "componentNotPresent",
                                "left out of the build",
                                List.of("urn:a")),
                        new Sbom.Claim("urn:w", List.of(), "resolved", null, null, List.of("urn:b")),
                        new Sbom.Claim("urn:w", List.of(), null, null, null, List.of("urn:a")));
    }

    @Test
    void a_single_element_needs_no_graph_and_elements_may_stand_within_others() throws Exception {
        Sbom sbom = Spdx3.read(in("""
                {"@context": "https://spdx.org/rdf/3.0.0/spdx-context.jsonld",
                 "type": "Relationship", "spdxId": "urn:r", "relationshipType": "dependsOn",
                 "from": {"type": "software_Package", "spdxId": "urn:a", "name": "oak"},
                 "to": [{"type": "software_Package", "spdxId": "urn:b", "name": "elm"}]}
                """));
        assertThat(sbom.specVersion()).isEqualTo("3.0.0");
        assertThat(sbom.dependencies()).containsEntry("urn:a", List.of("urn:b"));
        assertThat(sbom.warnings()).isEmpty();
    }

    @Test
    void licences_are_elements_that_may_be_joined() throws Exception {
        Sbom sbom = graph("""
                {"type": "software_Package", "spdxId": "urn:a", "name": "oak"},
                {"type": "expandedlicensing_DisjunctiveLicenseSet", "spdxId": "urn:set",
                 "expandedlicensing_member": ["https://spdx.org/licenses/MIT", "urn:own"]},
                {"type": "expandedlicensing_CustomLicense", "spdxId": "urn:own", "name": "Oak Licence"},
                {"type": "Relationship", "from": "urn:a", "to": ["urn:set"], "relationshipType": "hasConcludedLicense"},
                {"type": "Relationship", "from": "urn:a", "to": ["https://spdx.org/rdf/3.0.1/terms/Licensing/NoAssertion"],
                 "relationshipType": "hasDeclaredLicense"}
                """);
        assertThat(sbom.components().getFirst().licences()).containsExactly("(MIT OR Oak Licence)");
    }

    @Test
    void what_is_wrong_is_told_and_the_rest_kept() throws Exception {
        Sbom sbom = graph("""
                {"type": "software_Package", "name": "oak"},
                {"spdxId": "urn:x"},
                7,
                {"type": "Relationship", "to": ["urn:a"]},
                {"type": "software_Package", "spdxId": "urn:b", "name": "elm", "software_packageUrl": "elm"}
                """);
        assertThat(sbom.components()).hasSize(2);
        assertThat(messages(sbom))
                .containsExactly(
                        "3: the package \"oak\" has no id; no relation can name it, the rest of it counts",
                        "4: the element \"urn:x\" has no \"type\"; it was left out",
                        "6: a relation lacks \"from\" or \"relationshipType\"; it was left out",
                        "7: \"elm\" does not begin with \"pkg:\"; the package is kept without it, correct the package URL");
    }

    @Test
    void a_circle_of_boms_has_no_root() throws Exception {
        Sbom sbom = graph("""
                {"type": "SpdxDocument", "spdxId": "urn:d", "rootElement": ["urn:s"]},
                {"type": "software_Sbom", "spdxId": "urn:s", "rootElement": ["urn:d"]},
                {"type": "software_Package", "spdxId": "urn:a", "name": "oak"}
                """);
        assertThat(sbom.root()).isNull();
    }

    private static Sbom graph(String elements) throws Exception {
        return Spdx3.read(in("{\"@context\": \"https://spdx.org/rdf/3.0.1/spdx-context.jsonld\",\n\"@graph\": [\n"
                + elements + "]}"));
    }
}
