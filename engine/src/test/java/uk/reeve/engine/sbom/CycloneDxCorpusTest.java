package uk.reeve.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Node;
import uk.reeve.engine.Shared;
import uk.reeve.engine.input.Unreadable;

/// Real documents, and those that others keep as broken.
class CycloneDxCorpusTest {

    /// Flaws that lie in a part that is not met, because nothing of it is read into the model: software ids (SWID),
    /// pedigree, services, the document's own licence and distribution, citations, the text of a licence. Whether a
    /// licence's id is on SPDX's list of today is not asked either.
    private static final List<String> NOT_MET = List.of(
            "invalid-component-swid-",
            "invalid-issue-type-",
            "invalid-patch-type-",
            "invalid-service-data-",
            "invalid-metadata-license-",
            "invalid-metadata-distribution-",
            "invalid-citations-",
            "invalid-license-encoding-",
            "invalid-license-id-1");

    @Test
    void every_cyclonedx_document_is_read_with_the_number_of_components_that_the_index_tells() throws Exception {
        int read = 0;
        int clean = 0;
        int inIndex = 0;
        int components = 0;
        Map<String, Integer> kinds = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (String[] row : index()) {
            if (row[0].equals("broken") || !row[2].startsWith("CycloneDX")) {
                continue;
            }
            try {
                Sbom sbom = SbomReader.read(new ByteArrayInputStream(bytes(row[0], row[1])));
                read++;
                clean += sbom.warnings().isEmpty() ? 1 : 0;
                components += sbom.components().size();
                for (Problem warning : sbom.warnings()) {
                    kinds.merge(kind(warning.message()), 1, Integer::sum);
                    verbose(row[1] + ":" + warning.line() + " " + warning.message());
                }
                boolean xml = sbom.encoding().equals("XML");
                int top = xml ? sbom.components().size() : top(sbom);
                // Of XML the index counts every <component>, those of a pedigree or a tool too.
                int expected = xml ? elements(bytes(row[0], row[1])) : Integer.parseInt(row[4]);
                inIndex += top == Integer.parseInt(row[4]) ? 1 : 0;
                if (top != expected || !row[2].endsWith(sbom.encoding()) || !row[3].equals(sbom.specVersion())) {
                    wrong.add(row[1] + " index " + row[2] + " " + row[3] + " " + row[4] + ", read " + sbom.encoding()
                            + " " + sbom.specVersion() + " " + top);
                }
            } catch (Unreadable e) {
                wrong.add(e.at(row[1]));
            }
        }
        System.out.println("CycloneDX documents read: " + read + ", without warning: " + clean + ", components: "
                + components + ", number as in the index: " + inIndex);
        kinds.forEach((k, n) -> System.out.println("  " + n + " x " + k));
        assertThat(wrong).isEmpty();
        assertThat(read).isEqualTo(555);
    }

    @Test
    void the_first_4_kb_of_every_real_document_look_like_an_sbom() throws Exception {
        int all = 0;
        List<String> missed = new ArrayList<>();
        for (String[] row : index()) {
            if (row[0].equals("broken")) {
                continue;
            }
            byte[] bytes = bytes(row[0], row[1]);
            String head = new String(bytes, 0, Math.min(bytes.length, 4096), StandardCharsets.UTF_8);
            all++;
            if (!SbomReader.looksLikeSbom(head)) {
                missed.add(row[2] + " " + row[1]);
            }
        }
        System.out.println("look like an SBOM: " + (all - missed.size()) + " of " + all + ", not " + missed);
        assertThat(missed).isEmpty();
    }

    @Test
    void every_real_document_is_read_by_the_reader_of_its_format() throws Exception {
        Map<String, Integer> read = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (String[] row : index()) {
            if (row[0].equals("broken")) {
                continue;
            }
            try {
                Sbom sbom = SbomReader.read(new ByteArrayInputStream(bytes(row[0], row[1])));
                read.merge(sbom.format() + " " + sbom.encoding(), 1, Integer::sum);
            } catch (Unreadable e) {
                wrong.add(e.at(row[1]));
            }
        }
        System.out.println("read by content: " + read + ", not read " + wrong);
        assertThat(wrong).hasSize(3); // an ontology, JSON in UTF-16, a template whose version is a word
    }

    @Test
    void a_broken_document_is_refused_or_read_with_a_warning() throws Exception {
        int refused = 0;
        int warned = 0;
        List<String> silent = new ArrayList<>();
        for (String[] row : index()) {
            if (!row[0].equals("broken") || row[2].startsWith("SPDX")) {
                continue;
            }
            try {
                Sbom sbom = SbomReader.read(new ByteArrayInputStream(bytes("broken/broken", row[1])));
                if (sbom.warnings().isEmpty()) {
                    silent.add(row[1].substring(row[1].lastIndexOf("__") + 2));
                } else {
                    warned++;
                    verbose(row[1] + " " + sbom.warnings());
                }
            } catch (Unreadable e) {
                refused++;
                verbose(e.at(row[1]));
            }
        }
        System.out.println(
                "broken: refused " + refused + ", read with a warning " + warned + ", silent " + silent.size());
        silent.removeIf(name -> NOT_MET.stream().anyMatch(name::startsWith));
        assertThat(silent).isEmpty();
    }

    /// The components of an XML document, counted by another reader.
    private static int elements(byte[] xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Node root = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml))
                .getDocumentElement();
        return elements(root, root.getNamespaceURI());
    }

    private static int elements(Node parent, String namespace) {
        int count = 0;
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            String name = node.getLocalName();
            if (name != null
                    && namespace.equals(node.getNamespaceURI())
                    && (name.equals("metadata") || name.equals("components") || name.equals("component"))) {
                count += (name.equals("component") ? 1 : 0) + elements(node, namespace);
            }
        }
        return count;
    }

    @Test
    void the_specification_s_own_examples_of_1_6_and_1_7_are_read() throws Exception {
        int valid = 0;
        int warned = 0;
        int refused = 0;
        List<String> wrong = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        Path file = Shared.path("conformance/cyclonedx/spec-fixtures-1.6-1.7.zip");
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                if (!name.endsWith(".json") && !name.endsWith(".xml")) {
                    continue;
                }
                boolean good = name.startsWith("valid-");
                try {
                    Sbom sbom = SbomReader.read(zip.getInputStream(entry));
                    valid += good ? 1 : 0;
                    warned += !good && !sbom.warnings().isEmpty() ? 1 : 0;
                    for (Problem warning : sbom.warnings()) {
                        // Some examples give a component the package URL of another, which no schema sees.
                        if (good && !warning.message().contains("is not that of its package URL")) {
                            wrong.add(name + " " + warning);
                        }
                    }
                    if (!good && sbom.warnings().isEmpty()) {
                        silent.add(name);
                    }
                } catch (Unreadable e) {
                    refused++;
                    if (good) {
                        wrong.add(e.at(name));
                    }
                }
            }
        }
        System.out.println("specification 1.6 and 1.7: valid read " + valid + ", invalid refused " + refused
                + ", invalid with a warning " + warned + ", silent " + silent.size());
        silent.removeIf(name -> NOT_MET.stream().anyMatch(name::startsWith));
        assertThat(silent).isEmpty();
        assertThat(wrong).isEmpty();
    }

    private static int top(Sbom sbom) {
        int top = 0;
        for (Component component : sbom.components()) {
            if (component.parent() == null && !component.ref().equals(sbom.root())) {
                top++;
            }
        }
        return top;
    }

    private static String kind(String message) {
        return message.replaceAll("\"[^\"]*\"", "…").replaceAll("\\d+", "N");
    }

    private static void verbose(String line) {
        if (Boolean.getBoolean("reeve.verbose")) {
            System.out.println(line);
        }
    }

    private static List<String[]> index() throws IOException {
        List<String[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(Shared.path("data/sboms/INDEX.csv"), StandardCharsets.UTF_8)) {
            String[] row = fields(line);
            if (!row[0].equals("set")) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static String[] fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields.toArray(new String[0]);
    }

    private static final Map<String, ZipFile> OPEN = new LinkedHashMap<>();

    private static byte[] bytes(String set, String path) throws IOException {
        Path file = Shared.path("data/sboms/" + set + ".zip");
        ZipFile zip = OPEN.get(set);
        if (zip == null) {
            zip = new ZipFile(file.toFile());
            OPEN.put(set, zip);
        }
        return zip.getInputStream(zip.getEntry(path)).readAllBytes();
    }
}
