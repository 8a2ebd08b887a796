package uk.reeve.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.reeve.engine.input.Unreadable;

class CycloneDxXmlTest {

    private static Sbom read(String xml) throws IOException, Unreadable {
        return SbomReader.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static Sbom bom(String inner) throws IOException, Unreadable {
        return read("<bom xmlns='http://cyclonedx.org/schema/bom/1.6' version='1'>" + inner + "</bom>");
    }

    private static List<String> messages(Sbom sbom) {
        return sbom.warnings().stream().map(Problem::message).toList();
    }

    @Test
    void everything_that_the_model_has_a_place_for_is_read() throws Exception {
        Sbom sbom = bom("""
                <metadata><timestamp>2026-03-01T10:00:00Z</timestamp>
                  <lifecycles><lifecycle><phase>build</phase></lifecycle></lifecycles>
                  <tools><tool><vendor>v</vendor><name>maker</name><version>3</version></tool></tools>
                  <authors><author><name>Ann</name></author></authors>
                  <component type="application" bom-ref="app"><name>app</name></component></metadata>
                <components><component type="library" bom-ref="x">
                  <supplier><name>Shop Ltd</name></supplier>
                  <group>org.example</group><name>x</name><version>1.0</version><scope>excluded</scope>
                  <hashes><hash alg="SHA-1">e6b1000b94e835ffd37f4c6dcbdad43f4b48a02a</hash></hashes>
                  <licenses><license><id>MIT</id></license></licenses>
                  <cpe>cpe:2.3:a:example:x:1.0:*:*:*:*:*:*:*</cpe>
                  <purl>pkg:maven/org.example/x@1.0?type=jar&amp;classifier=y</purl>
                  <components><component type="file" bom-ref="in"><name>in.txt</name></component></components>
                  <evidence><occurrences><occurrence><location>lib/x.jar</location><line>7</line></occurrence>
                  </occurrences></evidence>
                  <properties><property name="syft:distro:id">debian</property></properties>
                </component></components>
                <dependencies><dependency ref="app"><dependency ref="x"/></dependency><dependency ref="x"/></dependencies>
                <vulnerabilities><vulnerability><id>CVE-2024-0001</id>
                  <references><reference><id>GHSA-aaaa-bbbb-cccc</id></reference></references>
                  <analysis><state>in_triage</state></analysis>
                  <affects><target><ref>x</ref></target></affects></vulnerability></vulnerabilities>
                """);

        assertThat(messages(sbom)).isEmpty();
        assertThat(sbom.specVersion()).isEqualTo("1.6");
        assertThat(sbom.tools()).containsExactly("maker 3");
        assertThat(sbom.authors()).containsExactly("Ann");
        assertThat(sbom.lifecycles()).containsExactly("build");
        assertThat(sbom.components()).extracting(Component::ref).containsExactly("app", "x", "in");
        Component x = sbom.components().get(1);
        assertThat(x.purl()).hasToString("pkg:maven/org.example/x@1.0?classifier=y&type=jar");
        assertThat(x.supplier()).isEqualTo("Shop Ltd");
        assertThat(x.scope()).isEqualTo(Scope.DEVELOPMENT);
        assertThat(x.hashes()).containsOnlyKeys("SHA-1");
        assertThat(x.licences()).containsExactly("MIT");
        assertThat(x.cpes()).hasSize(1);
        assertThat(x.place()).isEqualTo(new Place("lib/x.jar", 7));
        assertThat(x.properties()).isEqualTo(Map.of("syft:distro:id", "debian"));
        assertThat(sbom.components().get(2).parent()).isEqualTo("x");
        assertThat(sbom.dependencies()).isEqualTo(Map.of("app", List.of("x"), "x", List.of()));
        assertThat(sbom.vulnerabilities())
                .containsExactly(new Sbom.Claim(
                        "CVE-2024-0001", List.of("GHSA-aaaa-bbbb-cccc"), "in_triage", null, null, List.of("x")));
    }

    @Test
    void the_dependency_graph_of_1_1_is_read() throws Exception {
        Sbom sbom = read("""
                <bom xmlns="http://cyclonedx.org/schema/bom/1.1"
                     xmlns:dg="http://cyclonedx.org/schema/ext/dependency-graph/1.0">
                  <components>
                    <component type="library" bom-ref="a"><name>a</name><version>1</version></component>
                    <component type="library" bom-ref="b"><name>b</name><version>1</version></component>
                  </components>
                  <dg:dependencies><dg:dependency ref="a"><dg:dependency ref="b"/></dg:dependency></dg:dependencies>
                </bom>
                """);

        assertThat(messages(sbom)).isEmpty();
        assertThat(sbom.dependencies()).isEqualTo(Map.of("a", List.of("b")));
    }

    @Test
    void elements_of_others_are_passed_over() throws Exception {
        Sbom sbom = bom("""
                <o:thing xmlns:o="urn:other"><components><component/></components></o:thing>
                <components><o:component xmlns:o="urn:other"/>
                <component type="library" o:type="x" xmlns:o="urn:other"><o:name>no</o:name><name>x</name></component>
                </components>
                """);

        assertThat(messages(sbom)).isEmpty();
        assertThat(sbom.components()).extracting(Component::name).containsExactly("x");
    }

    @Test
    void what_stands_in_the_wrong_place_is_left_out_with_a_warning() throws Exception {
        Sbom sbom =
                bom("<components>text<licence/><component type='library'><name>x<b/></name></component></components>");

        assertThat(sbom.components()).extracting(Component::name).containsExactly("x");
        assertThat(messages(sbom)).hasSize(3);
    }

    @Test
    void text_in_pieces_is_one_text() throws Exception {
        Sbom sbom = bom("<components><component type='library'><name>a<![CDATA[&]]>b<!-- c -->&lt;d</name></component>"
                + "</components>");

        assertThat(sbom.components()).extracting(Component::name).containsExactly("a&b<d");
    }

    @Test
    void a_second_document_gives_a_warning() throws Exception {
        Sbom sbom = read("<bom xmlns='http://cyclonedx.org/schema/bom/1.6'/>\n<bom/>");

        assertThat(messages(sbom)).hasSize(1);
        assertThat(messages(sbom).getFirst()).startsWith("goes on after its end");
    }

    @Test
    void a_version_that_does_not_exist_is_refused_with_those_that_are_read() {
        assertThatThrownBy(() -> read("<bom xmlns='http://cyclonedx.org/schema/bom/1.99'/>"))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("1.0 to 1.7");
    }
}
