package uk.reeve.scanner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.sbom.Component;

/// What extractors told of a component beside its identity, sorted into the places that it has there. A document's own
/// word stands first.
record Facts(Map<String, String> told, Component base) {

    private static final String SUPPLIER = "supplier";
    private static final String LICENCE = "licence";
    private static final String HASH = "hash:";
    private static final String INTEGRITY = "integrity";

    @Nullable
    String supplier() {
        return base.supplier() != null ? base.supplier() : told.get(SUPPLIER);
    }

    List<String> licences() {
        String licence = told.get(LICENCE);
        return !base.licences().isEmpty() || licence == null ? base.licences() : List.of(licence);
    }

    Map<String, String> hashes() {
        String integrity = told.get(INTEGRITY);
        if (integrity != null && base.hashes().isEmpty()) {
            return new IntegrityHashes(integrity);
        }
        Map<String, String> hashes = base.hashes();
        for (Map.Entry<String, String> fact : told.entrySet()) {
            if (fact.getKey().startsWith(HASH)) {
                hashes = hashes == base.hashes() ? new LinkedHashMap<>(hashes) : hashes;
                hashes.putIfAbsent(fact.getKey().substring(HASH.length()), fact.getValue());
            }
        }
        return hashes;
    }

    Map<String, String> properties() {
        Map<String, String> properties = base.properties();
        for (Map.Entry<String, String> fact : told.entrySet()) {
            String name = fact.getKey();
            if (!name.equals(SUPPLIER) && !name.equals(LICENCE) && !name.equals(INTEGRITY) && !name.startsWith(HASH)) {
                properties = properties == base.properties() ? new LinkedHashMap<>(properties) : properties;
                properties.putIfAbsent(name, fact.getValue());
            }
        }
        return properties;
    }
}
