package uk.reeve.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.reeve.engine.sbom.SpdxFixtures.in;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.reeve.engine.Shared;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.purl.Purl;

class SpdxWriterTest {

    private static final SpdxWriter.Head HEAD =
            new SpdxWriter.Head("bin-rota", "https://example.org/n", "2026-02-03T04:05:06Z", "reeve-0.1", "");

    @Test
    void what_was_written_reads_back_equal() throws Exception {
        Sbom sbom = SpdxJson.read(in(SpdxFixtures.JSON));
        Sbom again = read(write(sbom.root(), sbom.components(), sbom.dependencies()));
        assertThat(again.warnings()).isEmpty();
        assertThat(again.components()).isEqualTo(sbom.components());
        assertThat(again.dependencies()).isEqualTo(sbom.dependencies());
        assertThat(again.root()).isEqualTo(sbom.root());
        assertThat(again.serial()).isEqualTo("https://example.org/n");
        assertThat(again.timestamp()).isEqualTo("2026-02-03T04:05:06Z");
        assertThat(again.tools()).containsExactly("reeve-0.1");
    }

    @Test
    void the_same_arguments_give_the_same_bytes_and_no_system_line_end() throws Exception {
        String first = write(null, awkward(), Map.of());
        assertThat(write(null, awkward(), Map.of())).isEqualTo(first);
        assertThat(first).endsWith("}\n").doesNotContain("\r");
    }

    @Test
    void a_namespace_that_is_not_given_is_made_of_the_content() throws Exception {
        String first = write(new SpdxWriter.Head("a", null, "2026-02-03T04:05:06Z", "reeve-0.1", ""), awkward());
        String later = write(new SpdxWriter.Head("a", null, "2026-02-03T04:05:07Z", "reeve-0.1", ""), awkward());
        String fewer = write(
                new SpdxWriter.Head("a", null, "2026-02-03T04:05:06Z", "reeve-0.1", ""),
                awkward().subList(0, 1));
        List<String> serials =
                List.of(read(first).serial(), read(later).serial(), read(fewer).serial());
        assertThat(serials)
                .doesNotHaveDuplicates()
                .allMatch(urn ->
                        urn.matches("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
        assertThat(write(new SpdxWriter.Head("a", null, "2026-02-03T04:05:06Z", "reeve-0.1", ""), awkward()))
                .isEqualTo(first);
    }

    private static String write(SpdxWriter.Head head, List<Component> components) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SpdxWriter.write(out, head, null, components, Map.of());
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void awkward_components_become_a_document_that_holds_together() throws Exception {
        String text = write(null, awkward(), Map.of("pkg:npm/oak@1", List.of("weird ref/ü", "nowhere")));
        Node document = JsonInput.read(in(text));
        assertThat(document.text("spdxVersion")).isEqualTo("SPDX-2.3");
        List<String> ids = document.items("packages").stream()
                .map(p -> String.valueOf(p.text("SPDXID")))
                .toList();
        assertThat(ids)
                .containsExactly(
                        "SPDXRef-pkg-npm-oak-1", "SPDXRef-weird-ref--", "SPDXRef-weird-ref---2", "SPDXRef-plain")
                .allMatch(id -> id.matches("SPDXRef-[a-zA-Z0-9.-]+"));
        for (Node relation : document.items("relationships")) {
            assertThat(ids).containsAnyOf(relation.text("spdxElementId"), relation.text("relatedSpdxElement"));
        }
        assertThat(document.items("hasExtractedLicensingInfos")).hasSize(1);
        assertThat(document.items("packages").getFirst().text("licenseDeclared"))
                .isEqualTo("(MIT OR Apache-2.0) AND LicenseRef-1");
        assertThat(document.items("packages")
                        .getFirst()
                        .items("annotations")
                        .getFirst()
                        .text("comment"))
                .isEqualTo("seen in web/package-lock.json:12");
        Sbom again = read(text);
        assertThat(again.components()).hasSize(4);
        assertThat(again.components().get(1).scope()).isEqualTo(Scope.TEST);
        assertThat(again.components().get(2).scope()).isEqualTo(Scope.DEVELOPMENT);
        assertThat(again.warnings()).isEmpty();
    }

    @Test
    void the_schema_of_spdx_2_3_holds() throws Exception {
        String schemaText = Files.readString(Shared.path("conformance/spdx/spdx-2.3-schema.json"));
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(schemaText);
        Sbom sbom = SpdxJson.read(in(SpdxFixtures.JSON));
        for (String text : List.of(
                write(sbom.root(), sbom.components(), sbom.dependencies()),
                write(null, awkward(), Map.of()),
                write(null, List.of(), Map.of()))) {
            assertThat(schema.validate(text, InputFormat.JSON)).isEmpty();
        }
        assertThat(schema.validate("{}", InputFormat.JSON)).isNotEmpty();
    }

    private static List<Component> awkward() throws Exception {
        Component oak = Component.of(
                "pkg:npm/oak@1",
                Purl.parse("pkg:npm/oak@1"),
                Scope.RUNTIME,
                true,
                new Place("web/package-lock.json", 12));
        return List.of(
                new Component(
                        oak.ref(),
                        oak.purl(),
                        null,
                        oak.name(),
                        oak.version(),
                        "device-driver",
                        Scope.BUNDLED,
                        true,
                        "Example Works",
                        List.of("MIT OR Apache-2.0", "Oak Licence, see the tree"),
                        Map.of("SHA-256", "ab".repeat(32)),
                        List.of("cpe:/a:example:oak:1"),
                        Map.of(),
                        oak.place(),
                        null),
                plain("weird ref/ü", "half \ud800 a pair", Scope.TEST, null),
                plain("weird ref/é", "elm", Scope.DEVELOPMENT, null),
                plain("SPDXRef-plain", "ash", Scope.RUNTIME, "weird ref/é"));
    }

    private static Component plain(String ref, String name, Scope scope, @Nullable String parent) {
        return new Component(
                ref,
                null,
                null,
                name,
                null,
                "operating-system",
                scope,
                true,
                null,
                List.of(),
                Map.of("NO-SUCH", "00"),
                List.of(),
                Map.of(),
                null,
                parent);
    }

    private static String write(
            @Nullable String root, List<Component> components, Map<String, List<String>> dependencies)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SpdxWriter.write(out, HEAD, root, components, dependencies);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Sbom read(String text) throws Exception {
        return SpdxJson.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
