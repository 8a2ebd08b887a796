package uk.reeve.engine.sbom;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a CycloneDX or SPDX document says, in one model.
///
/// @param format `CycloneDX` or `SPDX`
/// @param specVersion as written without a prefix: `1.6`, `2.3`, `3.0.1`
/// @param encoding `JSON`, `XML`, `tag-value`, `YAML`, `RDF/XML`, `JSON-LD`
/// @param serial serial number or namespace; null where none is told
/// @param timestamp as written; null where none is told
/// @param tools name and version, as told
/// @param authors people or organisations, as told
/// @param lifecycles CycloneDX phases or SPDX types, as told
/// @param root `ref` of the component that the document describes; null where none is told
/// @param components all, nested ones too, in the order of the document; the described one first
/// @param dependencies `ref` to the refs it depends on; refs that name no component are left out
/// @param completeness whether all relations are named: CycloneDX's words (`complete`, `incomplete`, `unknown`),
///     as told
/// @param vulnerabilities those that the document itself carries (CycloneDX `vulnerabilities`, SPDX security elements)
/// @param warnings one per element that was wrong where it was met; the rest was kept
public record Sbom(
        String format,
        String specVersion,
        String encoding,
        @Nullable String serial,
        @Nullable String timestamp,
        List<String> tools,
        List<String> authors,
        List<String> lifecycles,
        @Nullable String root,
        List<Component> components,
        Map<String, List<String>> dependencies,
        List<String> completeness,
        List<Claim> vulnerabilities,
        List<Problem> warnings) {

    /// What a document says of a vulnerability.
    ///
    /// @param id as told
    /// @param state CycloneDX's `analysis.state`, or its equivalent; null where the document takes no position
    /// @param justification as told; null where there is none
    /// @param detail as told; null where there is none
    /// @param affects `ref`s of components
    public record Claim(
            String id,
            List<String> otherIds,
            @Nullable String state,
            @Nullable String justification,
            @Nullable String detail,
            List<String> affects) {}
}
