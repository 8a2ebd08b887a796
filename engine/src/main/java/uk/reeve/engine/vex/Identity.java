package uk.reeve.engine.vex;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.Purl;

/// How a statement names one thing. Any one of the ways suffices; the name counts only where there is no other.
///
/// @param purls a part that is not told (version, qualifiers) covers any
/// @param ref `bom-ref` or other id within an inventory; null where there is none
/// @param serial serial number of the only inventory that is meant; null where any is
/// @param hashes algorithm in CycloneDX's spelling (`SHA-256`) to lower-case hex
/// @param cpes 2.2 or 2.3
/// @param vendor null where none is told
/// @param name null where none is told
/// @param version that goes with the name; null covers any
/// @param versions the only versions meant; null covers any
public record Identity(
        List<Purl> purls,
        @Nullable String ref,
        @Nullable String serial,
        Map<String, String> hashes,
        List<String> cpes,
        @Nullable String vendor,
        @Nullable String name,
        @Nullable String version,
        @Nullable VersionSet versions) {

    static Identity ofPurl(Purl purl) {
        return new Identity(List.of(purl), null, null, Map.of(), List.of(), null, null, null, null);
    }

    static Identity ofRef(String ref, @Nullable String serial) {
        return new Identity(List.of(), ref, serial, Map.of(), List.of(), null, null, null, null);
    }

    static Identity ofName(@Nullable String vendor, String name, @Nullable String version) {
        return new Identity(List.of(), null, null, Map.of(), List.of(), vendor, name, version, null);
    }

    Identity with(Purl purl) {
        return new Identity(List.of(purl), ref, serial, hashes, cpes, vendor, name, version, versions);
    }

    Identity with(VersionSet only) {
        return new Identity(purls, ref, serial, hashes, cpes, vendor, name, version, only);
    }

    /// Whether it names a release: a version, a digest, or one inventory.
    boolean namesRelease() {
        if (version != null || versions != null || serial != null || !hashes.isEmpty()) {
            return true;
        }
        for (Purl purl : purls) {
            if (purl.version() != null) {
                return true;
            }
        }
        return false;
    }
}
