package uk.reeve.engine.vex;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Scope;
import uk.reeve.engine.vex.Vex.Answer;

class VexTest {

    private static final String CVE = "CVE-2026-0001";
    private static final String SERIAL = "urn:uuid:11111111-2222-4333-8444-555555555555";

    private final Component a = component("a", "pkg:npm/package-a@1.0.0");
    private final Component b = component("b", "pkg:npm/package-b@1.0.0");
    private final Component app = component("app", "pkg:generic/case-track@8.1");

    @Test
    void not_affected_for_one_package_does_not_silence_another() throws Exception {
        Vex vex = openVex(notAffected("pkg:npm/package-a@1.0.0"));

        assertThat(silenced(vex, a)).isTrue();
        assertThat(vex.answer(b, List.of(app), null, List.of(CVE))).isNull();
    }

    @Test
    void a_component_within_a_product_is_silenced_in_that_product_only() throws Exception {
        Vex vex = openVex("""
                {"vulnerability": {"name": "CVE-2026-0001"}, "status": "not_affected",
                 "justification": "vulnerable_code_not_in_execute_path",
                 "products": [{"@id": "pkg:generic/case-track@8.1",
                               "subcomponents": [{"@id": "pkg:npm/package-a"}]}]}""");

        assertThat(silenced(vex, a, app)).isTrue();
        assertThat(vex.answer(b, List.of(app), null, List.of(CVE))).isNull();
        assertThat(vex.answer(a, List.of(), null, List.of(CVE))).isNull();
        assertThat(vex.answer(a, List.of(component("app", "pkg:generic/case-track@8.2")), null, List.of(CVE)))
                .isNull();
    }

    @Test
    void a_word_on_the_whole_product_holds_for_what_is_in_it() throws Exception {
        Vex vex = openVex(notAffected("pkg:generic/case-track@8.1"));

        assertThat(silenced(vex, a, app)).isTrue();
        assertThat(vex.answer(a, List.of(b), null, List.of(CVE))).isNull();
    }

    @Test
    void a_package_url_without_version_covers_every_version_and_one_with_a_version_only_that() throws Exception {
        assertThat(silenced(openVex(notAffected("pkg:npm/package-a")), a)).isTrue();
        assertThat(openVex(notAffected("pkg:npm/package-a@2.0.0")).answer(a, List.of(), null, List.of(CVE)))
                .isNull();
    }

    @Test
    void a_qualifier_that_one_side_does_not_tell_covers_any() throws Exception {
        Component curl = component("c", "pkg:deb/debian/curl@7.88.1-10?arch=amd64&distro=debian-12");

        assertThat(silenced(openVex(notAffected("pkg:deb/debian/curl@7.88.1-10")), curl))
                .isTrue();
        assertThat(silenced(openVex(notAffected("pkg:deb/debian/curl@7.88.1-10?arch=amd64&upstream=x")), curl))
                .isTrue();
        assertThat(openVex(notAffected("pkg:deb/debian/curl@7.88.1-10?arch=arm64"))
                        .answer(curl, List.of(), null, List.of(CVE)))
                .isNull();
    }

    @Test
    void names_match_as_their_ecosystem_matches_them() throws Exception {
        assertThat(silenced(
                        openVex(notAffected("pkg:golang/github.com/masterminds/semver@1.5.0")),
                        component("c", "pkg:golang/github.com/Masterminds/semver@v1.5.0")))
                .isTrue();
        assertThat(silenced(
                        openVex(notAffected("pkg:pypi/zope-interface@5")), component("c", "pkg:pypi/zope.interface@5")))
                .isTrue();
    }

    @Test
    void any_id_of_the_alias_group_matches() throws Exception {
        Vex vex = openVex("""
                {"vulnerability": {"name": "GHSA-aaaa-bbbb-cccc", "aliases": ["CVE-2026-0001"]},
                 "status": "not_affected", "impact_statement": "not shipped",
                 "products": [{"@id": "pkg:npm/package-a"}]}""");

        assertThat(vex.answer(a, List.of(), null, List.of("X-1", "cve-2026-0001")))
                .isNotNull();
        assertThat(vex.answer(a, List.of(), null, List.of("CVE-2026-0002"))).isNull();
    }

    @Test
    void fixed_speaks_only_where_a_release_is_named() throws Exception {
        String fixed = "{\"vulnerability\": {\"name\": \"CVE-2026-0001\"}, \"status\": \"fixed\", \"products\": [%s]}";

        assertThat(silenced(openVex(fixed.formatted("{\"@id\": \"pkg:npm/package-a@1.0.0\"}")), a))
                .isTrue();
        assertThat(openVex(fixed.formatted("{\"@id\": \"pkg:npm/package-a\"}"))
                        .answer(a, List.of(), null, List.of(CVE)))
                .isNull();
    }

    @Test
    void of_one_author_the_latest_counts() throws Exception {
        String early = at("2026-01-01T00:00:00Z", "under_investigation");
        String late = at("2026-02-01T00:00:00Z", "not_affected");

        assertThat(silenced(openVex(early, late), a)).isTrue();
        assertThat(silenced(openVex(late, early), a)).isTrue();
        assertThat(silenced(openVex(at("2026-03-01T00:00:00Z", "affected"), late), a))
                .isFalse();
    }

    @Test
    void two_words_of_one_time_that_disagree_silence_nothing() throws Exception {
        String time = "2026-01-01T00:00:00Z";

        assertThat(silenced(openVex(at(time, "affected"), at(time, "not_affected")), a))
                .isFalse();
        assertThat(silenced(openVex(at(time, "not_affected"), at(time, "affected")), a))
                .isFalse();
    }

    @Test
    void of_two_authors_the_worse_counts_and_the_other_is_told() throws Exception {
        Vex vex = new Vex(List.of(
                document("One Ltd", at("2026-02-01T00:00:00Z", "not_affected")),
                document("Two Ltd", at("2026-01-01T00:00:00Z", "affected"))));

        Answer answer = vex.answer(a, List.of(), null, List.of(CVE));

        assertThat(answer).isNotNull();
        assertThat(answer.silences()).isFalse();
        assertThat(answer.statement().source().author()).isEqualTo("Two Ltd");
        assertThat(answer.others()).extracting(s -> s.source().author()).containsExactly("One Ltd");
    }

    @Test
    void a_guard_outside_the_product_leaves_it_affected() throws Exception {
        for (String guard : List.of("protected_at_perimeter", "protected_by_mitigating_control")) {
            Statement statement = cycloneDx(
                            "\"state\": \"not_affected\", \"justification\": \"" + guard
                                    + "\", \"detail\": \"WAF rule 7\"",
                            "pkg:npm/package-a@1.0.0")
                    .statements()
                    .getFirst();

            assertThat(statement.status()).isEqualTo(Status.AFFECTED);
            assertThat(statement.justificationTold()).isEqualTo(guard);
            assertThat(statement.action()).isEqualTo(guard.replace('_', ' ') + ": WAF rule 7");
        }
    }

    @Test
    void a_bom_link_means_one_inventory() throws Exception {
        Vex vex = new Vex(List.of(cycloneDx(
                "\"state\": \"not_affected\", \"justification\": \"code_not_reachable\"",
                "urn:cdx:11111111-2222-4333-8444-555555555555/1#a")));

        assertThat(vex.answer(a, List.of(), SERIAL, List.of(CVE))).isNotNull();
        assertThat(vex.answer(b, List.of(), SERIAL, List.of(CVE))).isNull();
        assertThat(vex.answer(a, List.of(), "urn:uuid:99999999-2222-4333-8444-555555555555", List.of(CVE)))
                .isNull();
        assertThat(vex.answer(a, List.of(), null, List.of(CVE))).isNull();
    }

    @Test
    void cyclonedx_components_are_meant_within_the_described_product() throws Exception {
        VexDocument document = read("""
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                 "metadata": {"timestamp": "2026-01-01T00:00:00Z",
                   "component": {"type": "application", "bom-ref": "r", "name": "Case Track", "version": "8.1"}},
                 "components": [{"type": "library", "bom-ref": "x", "name": "package-a", "purl": "pkg:npm/package-a@1.0.0"}],
                 "vulnerabilities": [{"id": "CVE-2026-0001",
                   "analysis": {"state": "not_affected", "justification": "code_not_reachable"},
                   "affects": [{"ref": "x"}]}]}""");
        Vex vex = new Vex(List.of(document));
        Component caseTrack = named("Case Track", "8.1");

        assertThat(silenced(vex, a, caseTrack)).isTrue();
        assertThat(vex.answer(a, List.of(named("Case Track", "8.2")), null, List.of(CVE)))
                .isNull();
        assertThat(vex.answer(a, List.of(), null, List.of(CVE))).isNull();
        assertThat(vex.answer(b, List.of(caseTrack), null, List.of(CVE))).isNull();
    }

    @Test
    void cyclonedx_versions_bound_what_is_meant() throws Exception {
        VexDocument document = read("""
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                 "components": [{"type": "application", "bom-ref": "p", "name": "Case Track"}],
                 "vulnerabilities": [
                  {"id": "CVE-2026-0001", "analysis": {"state": "not_affected", "justification": "code_not_present"},
                   "affects": [{"ref": "p", "versions": [{"range": "vers:generic/>=2.7|<=2.8", "status": "unaffected"},
                                                         {"version": "4.2", "status": "unaffected"}]}]},
                  {"id": "CVE-2026-0001", "analysis": {"state": "exploitable"},
                   "affects": [{"ref": "p", "versions": [{"range": "vers:generic/>=2.9|<=4.1", "status": "affected"},
                                                         {"version": "4.2", "status": "unaffected"}]}]}]}""");
        Vex vex = new Vex(List.of(document));

        assertThat(silenced(vex, named("Case Track", "2.7.5"))).isTrue();
        assertThat(silenced(vex, named("Case Track", "4.2"))).isTrue();
        assertThat(silenced(vex, named("Case Track", "3.0"))).isFalse();
        assertThat(vex.answer(named("Case Track", "5.0"), List.of(), null, List.of(CVE)))
                .isNull();
    }

    @Test
    void csaf_relationships_groups_and_flags_are_followed() throws Exception {
        Vex vex = new Vex(List.of(read(csaf("final"))));
        Component system = named("Case OS", "9");

        assertThat(silenced(vex, a, system)).isTrue();
        assertThat(vex.answer(a, List.of(), null, List.of(CVE))).isNull();
        assertThat(vex.answer(b, List.of(system), null, List.of(CVE)))
                .isNotNull()
                .satisfies(answer -> {
                    assertThat(answer.silences()).isFalse();
                    assertThat(answer.statement().action())
                            .isEqualTo("vendor fix: Update to 1.0.1. (https://example.org/fix)");
                });
    }

    @Test
    void a_draft_silences_nothing() throws Exception {
        VexDocument draft = read(csaf("draft"));

        assertThat(draft.warnings()).hasSize(1);
        assertThat(new Vex(List.of(draft)).answer(a, List.of(named("Case OS", "9")), null, List.of(CVE)))
                .isNull();
    }

    /// Whatever else would escape is a fault.
    @Test
    void a_damaged_document_is_read_or_refused() throws Exception {
        Random random = new Random(7);
        byte[] good = csaf("final").getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] bad = Arrays.copyOf(good, i % 3 == 0 ? random.nextInt(good.length) : good.length);
            for (int j = 0; j < 3 && bad.length > 0; j++) {
                bad[random.nextInt(bad.length)] = (byte) "{}[]\":,0x ".charAt(random.nextInt(10));
            }
            try {
                VexDataTest.read(bad);
            } catch (Unreadable e) {
                refused++;
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(refused).isPositive();
    }

    private static String csaf(String status) {
        return """
                {"document": {"category": "csaf_vex", "csaf_version": "2.0", "title": "t",
                  "publisher": {"category": "vendor", "name": "Case Ltd", "namespace": "https://example.org"},
                  "tracking": {"id": "C-1", "version": "1", "status": "%s",
                               "current_release_date": "2026-01-01T00:00:00Z"}},
                 "product_tree": {
                  "branches": [{"category": "vendor", "name": "Case Ltd", "branches": [
                    {"category": "product_name", "name": "Case OS", "branches": [
                      {"category": "product_version", "name": "9", "product": {"name": "Case OS 9", "product_id": "OS"}}]}]}],
                  "full_product_names": [
                    {"product_id": "A", "name": "a", "product_identification_helper": {"purl": "pkg:npm/package-a@1.0.0"}},
                    {"product_id": "B", "name": "b", "product_identification_helper": {"purl": "pkg:npm/package-b@1.0.0"}}],
                  "relationships": [
                    {"category": "default_component_of", "product_reference": "A", "relates_to_product_reference": "OS",
                     "full_product_name": {"product_id": "OS:A", "name": "a of Case OS"}},
                    {"category": "default_component_of", "product_reference": "B", "relates_to_product_reference": "OS",
                     "full_product_name": {"product_id": "OS:B", "name": "b of Case OS"}}],
                  "product_groups": [{"group_id": "G", "product_ids": ["OS:A", "OS"]}]},
                 "vulnerabilities": [{"cve": "CVE-2026-0001",
                  "product_status": {"known_not_affected": ["OS:A"], "known_affected": ["OS:B"]},
                  "flags": [{"label": "component_not_present", "group_ids": ["G"]}],
                  "remediations": [{"category": "vendor_fix", "details": "Update to 1.0.1.",
                                    "url": "https://example.org/fix", "product_ids": ["OS:B"]}]}]}""".formatted(status);
    }

    private static boolean silenced(Vex vex, Component component, Component... around) {
        Answer answer = vex.answer(component, List.of(around), null, List.of(CVE));
        assertThat(answer).as("nothing is said of " + component.name()).isNotNull();
        return answer.silences();
    }

    private static String notAffected(String purl) {
        return "{\"vulnerability\": {\"name\": \"CVE-2026-0001\"}, \"status\": \"not_affected\", "
                + "\"justification\": \"vulnerable_code_not_present\", \"products\": [{\"@id\": \"" + purl + "\"}]}";
    }

    private static String at(String time, String status) {
        return "{\"vulnerability\": {\"name\": \"CVE-2026-0001\"}, \"timestamp\": \"" + time + "\", \"status\": \""
                + status
                + "\", \"impact_statement\": \"x\", \"action_statement\": \"y\", "
                + "\"products\": [{\"@id\": \"pkg:npm/package-a\"}]}";
    }

    private static Vex openVex(String... statements) throws IOException, Unreadable {
        return new Vex(List.of(document("Case Ltd", statements)));
    }

    private static VexDocument document(String author, String... statements) throws IOException, Unreadable {
        return read(
                "{\"@context\": \"https://openvex.dev/ns/v0.2.0\", \"@id\": \"https://example.org/" + author.length()
                        + author.charAt(0) + "\", \"author\": \"" + author
                        + "\", \"timestamp\": \"2026-01-01T00:00:00Z\", \"version\": 1, \"statements\": ["
                        + String.join(",", statements) + "]}");
    }

    private static VexDocument cycloneDx(String analysis, String ref) throws IOException, Unreadable {
        return read("{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\", \"version\": 1, \"vulnerabilities\": "
                + "[{\"id\": \"CVE-2026-0001\", \"analysis\": {" + analysis + "}, \"affects\": [{\"ref\": \"" + ref
                + "\"}]}]}");
    }

    private static VexDocument read(String json) throws IOException, Unreadable {
        return VexDataTest.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Component component(String ref, String purl) {
        try {
            Purl parsed = Purl.parse(purl);
            return component(ref, parsed, parsed.name(), parsed.version());
        } catch (BadPurl e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Component named(String name, String version) {
        return component("named", null, name, version);
    }

    private static Component component(String ref, @Nullable Purl purl, String name, @Nullable String version) {
        return new Component(
                ref,
                purl,
                null,
                name,
                version,
                "library",
                Scope.RUNTIME,
                true,
                null,
                List.of(),
                Map.of(),
                List.of(),
                Map.of(),
                null,
                null);
    }
}
