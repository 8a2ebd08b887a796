package uk.reeve.engine.sbom;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.Purl;

/// A component as a document or a file on disk names it.
///
/// @param ref unique within its document (`bom-ref`, `SPDXID`, or made by the reader)
/// @param purl null where none is told, or the one told is broken
/// @param group namespace, group or publisher part of the name; null where there is none
/// @param version null where none is told
/// @param type CycloneDX's word: `library`, `application`, `operating-system`, `framework`, `file`, `container`, …
/// @param locked whether the version is the one that is installed; false for a manifest's minimum, which is *possible*
/// @param supplier null where none is told
/// @param licences SPDX expressions or names, as told
/// @param hashes algorithm in CycloneDX's spelling (`SHA-256`) to lower-case hex
/// @param cpes as told
/// @param properties name to value, as told, those of use only (`aquasecurity:trivy:SrcName`, `syft:distro:…`)
/// @param place where it was seen: a line in a file; null where the document is the place
/// @param parent `ref` of the component that it is nested in; null at the top
public record Component(
        String ref,
        @Nullable Purl purl,
        @Nullable String group,
        String name,
        @Nullable String version,
        String type,
        Scope scope,
        boolean locked,
        @Nullable String supplier,
        List<String> licences,
        Map<String, String> hashes,
        List<String> cpes,
        Map<String, String> properties,
        @Nullable Place place,
        @Nullable String parent) {

    /// A locked library that a file on disk names by its package URL.
    public static Component of(String ref, Purl purl, Scope scope, boolean locked, Place place) {
        return new Component(
                ref,
                purl,
                purl.namespace(),
                purl.name(),
                purl.version(),
                "library",
                scope,
                locked,
                null,
                List.of(),
                Map.of(),
                List.of(),
                Map.of(),
                place,
                null);
    }
}
