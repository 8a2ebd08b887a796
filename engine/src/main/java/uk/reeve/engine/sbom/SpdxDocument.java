package uk.reeve.engine.sbom;

import static uk.reeve.engine.sbom.SpdxWarnings.quote;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;

/// An SPDX 2 document while it is read: the rules that JSON, YAML, tag-value and RDF/XML share.
///
/// Source: SPDX 2.3, clauses 6 to 11; 2.1 and 2.2 where they differ.
final class SpdxDocument {

    static final String READ = "SPDX 2.1 to 2.3 and 3.0 are read";

    final SpdxWarnings warnings = new SpdxWarnings();
    final SpdxGraph graph = new SpdxGraph(warnings);

    private final String encoding;
    private final List<String> tools = new ArrayList<>();
    private final List<String> authors = new ArrayList<>();
    private @Nullable String specVersion;
    private @Nullable String namespace;
    private @Nullable String created;

    SpdxDocument(String encoding) {
        this.encoding = encoding;
        graph.other("SPDXRef-DOCUMENT");
    }

    /// @param text `SPDX-2.3`; slips like `2.3` and `spdx 2.3` are mended
    void version(String text, int line) throws Unreadable {
        String plain = text.strip();
        int digit = 0;
        while (digit < plain.length() && !Character.isDigit(plain.charAt(digit))) {
            digit++;
        }
        String number = plain.substring(digit);
        boolean known = number.equals("2.1")
                || number.equals("2.2")
                || number.equals("2.3")
                || number.startsWith("2.1.")
                || number.startsWith("2.2.")
                || number.startsWith("2.3.");
        String prefix = plain.substring(0, digit).toLowerCase(Locale.ROOT).strip();
        boolean slip = prefix.isEmpty() || prefix.equals("spdx") || prefix.equals("spdx-") || prefix.equals("spdx-v");
        if (!known || !slip || number.length() > 8) {
            throw new Unreadable(
                    line, "says it is version " + quote(text) + ", and " + READ + "; export it in one of these");
        }
        if (!plain.startsWith("SPDX-")) {
            warnings.add(line, "the version is written " + quote(text) + "; it should be \"SPDX-" + number + "\"");
        }
        specVersion = number;
    }

    boolean hasVersion() {
        return specVersion != null;
    }

    void namespace(@Nullable String text, int line) {
        namespace = text == null ? null : warnings.clean(text.strip(), line);
    }

    void created(@Nullable String text) {
        created = SpdxPackage.told(text);
    }

    /// @param text `Tool: …`, `Organization: …` or `Person: …`
    void creator(String text, int line) {
        String plain = warnings.clean(text.strip(), line);
        if (plain.regionMatches(true, 0, "Tool:", 0, 5)) {
            tools.add(plain.substring(5).strip());
            return;
        }
        int colon = plain.indexOf(':');
        String author = SpdxPackage.told(plain.substring(colon + 1));
        if (author != null) {
            authors.add(author);
        }
    }

    /// @param type in the spelling of SPDX 2 (`DEPENDS_ON`), in any case
    void relationship(@Nullable String from, @Nullable String type, @Nullable String to, int line) {
        if (from == null || type == null || to == null || from.isBlank() || to.isBlank()) {
            warnings.add(
                    line,
                    "the relation " + quote(from) + " " + quote(type) + " " + quote(to)
                            + " is not complete; it was left out");
            return;
        }
        String a = from.strip();
        String b = to.strip();
        switch (type.strip().toUpperCase(Locale.ROOT)) {
            case "DESCRIBES" -> graph.describes(a, b, line);
            case "DESCRIBED_BY" -> graph.describes(b, a, line);
            case "DESCRIBE" -> {
                warnings.add(line, "\"DESCRIBE\" is no relation; it was read as \"DESCRIBES\"");
                graph.describes(a, b, line);
            }
            case "DEPENDS_ON", "HAS_PREREQUISITE", "DYNAMIC_LINK", "STATIC_LINK" ->
                graph.depends(a, b, Scope.RUNTIME, line);
            case "DEPENDENCY_OF", "RUNTIME_DEPENDENCY_OF", "PROVIDED_DEPENDENCY_OF", "PREREQUISITE_FOR" ->
                graph.depends(b, a, Scope.RUNTIME, line);
            case "OPTIONAL_DEPENDENCY_OF" -> graph.depends(b, a, Scope.OPTIONAL, line);
            case "BUILD_DEPENDENCY_OF", "BUILD_TOOL_OF" -> graph.depends(b, a, Scope.BUILD, line);
            case "DEV_DEPENDENCY_OF", "DEV_TOOL_OF" -> graph.depends(b, a, Scope.DEVELOPMENT, line);
            case "TEST_DEPENDENCY_OF", "TEST_TOOL_OF" -> graph.depends(b, a, Scope.TEST, line);
            case "CONTAINS" -> graph.contains(a, b, null, line);
            case "CONTAINED_BY", "PACKAGE_OF" -> graph.contains(b, a, null, line);
            case "OPTIONAL_COMPONENT_OF" -> graph.contains(b, a, Scope.OPTIONAL, line);
            case "AMENDS",
                    "ANCESTOR_OF",
                    "COPY_OF",
                    "DATA_FILE_OF",
                    "DEPENDENCY_MANIFEST_OF",
                    "DESCENDANT_OF",
                    "DISTRIBUTION_ARTIFACT",
                    "DOCUMENTATION_OF",
                    "EXAMPLE_OF",
                    "EXPANDED_FROM_ARCHIVE",
                    "FILE_ADDED",
                    "FILE_DELETED",
                    "FILE_MODIFIED",
                    "GENERATED_FROM",
                    "GENERATES",
                    "METAFILE_OF",
                    "OTHER",
                    "PATCH_APPLIED",
                    "PATCH_FOR",
                    "REQUIREMENT_DESCRIPTION_FOR",
                    "SPECIFICATION_FOR",
                    "TEST_CASE_OF",
                    "TEST_OF",
                    "VARIANT_OF" -> {}
            default -> warnings.add(line, quote(type) + " is no relation of SPDX 2; it was left out, correct the word");
        }
    }

    /// What was read, once all of it was.
    Sbom sbom() throws Unreadable {
        if (specVersion == null) {
            if (graph.isEmpty() && graph.files() == 0) {
                throw new Unreadable(1, "tells no SPDX version and holds no package; it is no SPDX document");
            }
            warnings.add(1, "the document does not tell its SPDX version; it was read as 2.3");
        }
        graph.warnOfNothing();
        SpdxGraph.Resolved resolved = graph.resolve(null);
        return new Sbom(
                "SPDX",
                specVersion == null ? "2.3" : specVersion,
                encoding,
                namespace,
                created,
                tools,
                authors,
                List.of(),
                resolved.root(),
                resolved.components(),
                resolved.dependencies(),
                List.of(),
                List.of(),
                warnings.list());
    }
}
