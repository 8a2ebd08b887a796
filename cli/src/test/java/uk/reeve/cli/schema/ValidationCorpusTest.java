package uk.reeve.cli.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import uk.reeve.engine.Shared;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.SbomReader;

/// Every example of CycloneDX's specification: the invalid ones, and by `-Dtrials=true` the valid ones too.
class ValidationCorpusTest {

    /// More than one user of a model: 1.5 and 1.6 allow one in XML, as they were published; 1.7 allows all.
    private static final Set<String> MENDED_LATER =
            Set.of("valid-machine-learning-1.5.xml", "valid-machine-learning-1.6.xml");

    @Test
    void the_reason_of_each_invalid_example_is_named_and_none_of_a_valid_one() throws Exception {
        Map<String, byte[]> documents = new LinkedHashMap<>();
        unzip("data/sboms/broken/broken.zip", "cyclonedx-spec-invalid/.*invalid-.*", documents);
        int broken = documents.size();
        if (Boolean.getBoolean("trials")) {
            unzip("conformance/cyclonedx/spec-fixtures-1.6-1.7.zip", ".*[/_]valid-.*", documents);
            unzip("data/sboms/cyclonedx-spec-fixtures.zip", ".*[/_]valid-.*", documents);
        }
        int named = 0;
        int refused = 0;
        int valid = 0;
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, byte[]> document : documents.entrySet()) {
            String name = document.getKey().replaceFirst(".*(?:/|__)_?", "");
            Validation validation = validate(document.getValue(), name.endsWith(".json"));
            boolean good = name.startsWith("valid-");
            if (validation instanceof Validation.Invalid && !good) {
                named++;
            } else if (!good && !isRead(document.getValue())) {
                refused++;
            } else if (validation instanceof Validation.Valid && good) {
                valid++;
            } else if (!MENDED_LATER.contains(name)) {
                wrong.add(name + " " + validation);
            }
        }
        System.out.println("invalid examples: " + broken + ", reason of the schema named " + named
                + ", refused by the reader " + refused + "; valid ones: " + valid);
        assertThat(wrong).isEmpty();
        assertThat(named + refused).isEqualTo(broken);
        assertThat(broken).isEqualTo(239);
    }

    private static boolean isRead(byte[] document) throws IOException {
        try {
            SbomReader.read(new ByteArrayInputStream(document));
            return true;
        } catch (Unreadable e) {
            return false;
        }
    }

    private static Validation validate(byte[] document, boolean json) throws Exception {
        return json
                ? Validation.ofJson(JsonInput.read(new ByteArrayInputStream(document)), document)
                : Validation.ofXml(document);
    }

    private static void unzip(String zip, String form, Map<String, byte[]> to) throws IOException {
        Path file = Shared.path(zip);
        try (ZipFile open = new ZipFile(file.toFile())) {
            for (ZipEntry entry : open.stream().toList()) {
                String name = entry.getName();
                if (name.matches(form) && (name.endsWith(".json") || name.endsWith(".xml"))) {
                    to.put(name, open.getInputStream(entry).readAllBytes());
                }
            }
        }
    }
}
