package uk.reeve.engine.vex;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.reeve.engine.Shared;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;

/// Real documents and the standards' own examples.
class VexDataTest {

    /// What is refused in each archive is no VEX: feeds, metadata, schemas, indexes, test results, and two files that
    /// are broken on purpose.
    @ParameterizedTest
    @CsvSource({
        "data/vex/vex-examples.zip, 73, 158, 1688, 10",
        "data/csaf/cisa-csaf-2024.zip, 348, 1805, 8555, 1",
        "data/csaf/redhat-csaf-vex-via-trustify.zip, 45, 157, 12742, 0",
        "data/csaf/oasis-csaf-examples-and-validator-tests.zip, 189, 184, 790, 28",
        "conformance/csaf/oasis-csaf-more-validator-tests.zip, 962, 43, 81, 84",
        "conformance/csaf/secvisogram-tests.zip, 59, 0, 0, 0",
        "conformance/csaf/gocsaf-provider-testdata.zip, 5, 10, 10, 16"
    })
    void every_document_is_read_or_refused_in_one_sentence(
            String archive, int documents, int statements, int products, int refused) throws IOException {
        int[] count = new int[4];
        for (Map.Entry<String, byte[]> file :
                files(archive, n -> n.endsWith(".json")).entrySet()) {
            try {
                VexDocument document = read(file.getValue());
                count[0]++;
                count[1] += document.statements().size();
                for (Statement statement : document.statements()) {
                    count[2] += statement.products().size();
                }
            } catch (Unreadable e) {
                count[3]++;
                assertThat(e.getMessage()).as(file.getKey()).isNotBlank().doesNotContain("\n");
                assertThat(isVex(file.getKey(), file.getValue()))
                        .as(file.getKey() + " " + e.getMessage())
                        .isFalse();
            }
        }
        System.out.printf(
                "vex: %s %d documents, %d statements, %d products, %d refused%n",
                archive, count[0], count[1], count[2], count[3]);
        assertThat(count).containsExactly(documents, statements, products, refused);
    }

    private static boolean isVex(String name, byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        boolean brokenOnPurpose = name.contains("trailing-garbage") || name.endsWith("invalid.json");
        return !brokenOnPurpose
                && !text.contains("\"$schema\": \"https://json-schema.org")
                && (text.contains("\"csaf_version\": \"2") || text.contains("\"@context\": \"https://openvex"));
    }

    @Test
    void openvex_cases_are_read_and_the_bad_ones_give_a_sentence() throws IOException, Unreadable {
        Node root;
        try (InputStream in = Files.newInputStream(Shared.path("conformance/openvex/cases.json"))) {
            root = JsonInput.read(in);
        }
        int good = 0;
        int bad = 0;
        for (Node test : root.items("cases")) {
            boolean valid = test.isTrue("schemaValid") && test.isTrue("specValid");
            String name = test.text("name");
            String sentence;
            try {
                VexDocument document = read(json(test.get("document")).getBytes(StandardCharsets.UTF_8));
                sentence = document.warnings().isEmpty()
                        ? ""
                        : document.warnings().getFirst().message();
            } catch (Unreadable e) {
                sentence = e.getMessage();
                assertThat(valid).as(name).isFalse();
            }
            if (!valid) {
                bad++;
                assertThat(sentence).as(name).isNotBlank().doesNotContain("\n");
            } else {
                good++;
                assertThat(sentence.isEmpty()).as(name).isEqualTo(!"no products in the statement".equals(name));
            }
        }
        System.out.printf("vex: OpenVEX cases, %d good read, %d bad told%n", good, bad);
        assertThat(good + bad).isEqualTo(30);
    }

    /// The specification keeps the same vulnerability in both encodings (before 1.6 the vector in XML has a misprint).
    @ParameterizedTest
    @CsvSource({
        "conformance/cyclonedx/spec-fixtures-1.6-1.7.zip, 1.6",
        "conformance/cyclonedx/spec-fixtures-1.6-1.7.zip, 1.7"
    })
    void cyclonedx_in_xml_says_what_it_says_in_json(String archive, String version) throws IOException, Unreadable {
        Map<String, byte[]> files = files(archive, n -> n.contains("valid-vulnerability-" + version + "."));
        List<VexDocument> documents = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (!file.getKey().contains("invalid") && !file.getKey().endsWith("textproto")) {
                documents.add(read(file.getValue()));
            }
        }
        assertThat(documents).hasSize(2);
        assertThat(documents.getFirst().statements()).isNotEmpty();
        assertThat(documents.getFirst().statements())
                .usingRecursiveComparison()
                .ignoringFields("line")
                .isEqualTo(documents.getLast().statements());
    }

    static VexDocument read(byte[] bytes) throws IOException, Unreadable {
        return VexDocument.read(new ByteArrayInputStream(bytes));
    }

    private static Map<String, byte[]> files(String archive, Predicate<String> wanted) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(Shared.path(archive));
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (wanted.test(entry.getName())) {
                    files.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
        return files;
    }

    private static String json(Node node) {
        StringBuilder out = new StringBuilder();
        switch (node) {
            case Node.Text text -> out.append('"').append(text.value()).append('"');
            case Node.Items items -> {
                items.values()
                        .forEach(v -> out.append(out.isEmpty() ? "[" : ",").append(json(v)));
                out.append(out.isEmpty() ? "[]" : "]");
            }
            case Node.Fields fields -> {
                fields.values().forEach((k, v) -> out.append(out.isEmpty() ? "{\"" : ",\"")
                        .append(k)
                        .append("\":")
                        .append(json(v)));
                out.append(out.isEmpty() ? "{}" : "}");
            }
            case Node.Num _, Node.Bool _, Node.Nothing _ -> out.append(node.text());
        }
        return out.toString();
    }
}
