package uk.reeve.engine.sbom;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What [CycloneDxWriter] writes: an inventory, and what is known of its flaws.
///
/// @param serial `urn:uuid:…`; null for one that is made of the content
/// @param timestamp RFC 3339 with its zone: `2026-03-01T10:00:00Z`
/// @param tool that writes
/// @param root the component that the document describes; null where there is none
/// @param components in the order in which they are written; each `ref` is unique, and not the root's. One with a
///     `parent` is written inside it
/// @param dependencies `ref` to the refs it depends on, the root's too; components without an entry say nothing
/// @param places `ref` to all places where that component was seen; without an entry, its own
/// @param vulnerabilities in the order in which they are written
/// @param properties of the document as a whole: a name to its values, in this order
/// @param incomplete whether it is known that components are missing
public record Bom(
        @Nullable String serial,
        String timestamp,
        Tool tool,
        @Nullable Component root,
        List<Component> components,
        Map<String, List<String>> dependencies,
        Map<String, List<Place>> places,
        List<Vulnerability> vulnerabilities,
        Map<String, List<String>> properties,
        boolean incomplete) {

    /// One of which nothing is known to be missing.
    public Bom(
            @Nullable String serial,
            String timestamp,
            Tool tool,
            @Nullable Component root,
            List<Component> components,
            Map<String, List<String>> dependencies,
            Map<String, List<Place>> places,
            List<Vulnerability> vulnerabilities) {
        this(serial, timestamp, tool, root, components, dependencies, places, vulnerabilities, Map.of(), false);
    }

    /// The program that writes.
    public record Tool(String name, @Nullable String version) {}

    /// A flaw of components of this document.
    ///
    /// @param id as its source writes it
    /// @param source name of who gave the id; null where that is not told
    /// @param references other ids of the same flaw
    /// @param cwes numbers
    /// @param description null for none
    /// @param recommendation what to do; null for none
    /// @param published RFC 3339; null where it is not known
    /// @param updated RFC 3339; null where it is not known
    /// @param affects `ref`s of components
    /// @param analysis null where nobody has said anything
    /// @param properties name to value, in this order
    public record Vulnerability(
            String id,
            @Nullable String source,
            List<Reference> references,
            List<Rating> ratings,
            List<Integer> cwes,
            @Nullable String description,
            @Nullable String recommendation,
            @Nullable String published,
            @Nullable String updated,
            List<String> affects,
            @Nullable Analysis analysis,
            Map<String, String> properties) {}

    /// Another id of a flaw.
    ///
    /// @param source name of who gave it
    public record Reference(String id, String source) {}

    /// What one source says of how bad a flaw is.
    ///
    /// @param source null where it is not told
    /// @param score null where the source gives a word only
    /// @param severity `critical`, `high`, `medium`, `low`, `info`, `none`, `unknown`; null for none
    /// @param method `CVSSv2`, `CVSSv3`, `CVSSv31`, `CVSSv4`, `SSVC`, `other`; null for none
    /// @param vector null for none
    public record Rating(
            @Nullable String source,
            @Nullable Double score,
            @Nullable String severity,
            @Nullable String method,
            @Nullable String vector) {}

    /// What was found out about a flaw in this product.
    ///
    /// @param state one of CycloneDX's six words, such as `in_triage` or `not_affected`
    /// @param justification CycloneDX's word, for `not_affected`; null for none
    /// @param detail null for none
    public record Analysis(
            String state,
            @Nullable String justification,
            @Nullable String detail) {}
}
