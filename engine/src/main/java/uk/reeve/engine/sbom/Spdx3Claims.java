package uk.reeve.engine.sbom;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;

/// What the security profile of an SPDX 3 document says of vulnerabilities. Scores (CVSS, EPSS, SSVC) take no position.
final class Spdx3Claims {

    private final Map<String, Named> vulnerabilities = new HashMap<>();
    private final List<Said> said = new ArrayList<>();

    private record Named(String id, List<String> others) {}

    /// @param state null where a package is only tied to the vulnerability
    private record Said(
            String vulnerability,
            @Nullable String state,
            @Nullable String justification,
            @Nullable String detail,
            List<String> affects) {}

    void vulnerability(String id, Spdx3Element element) {
        List<String> ids = new ArrayList<>();
        for (Node node : element.nodes("externalIdentifier")) {
            Spdx3Element identifier = Spdx3Element.of(node);
            String type = identifier.text("externalIdentifierType");
            String text = identifier.text("identifier");
            if (text != null && type != null && Spdx3Element.local(type).equals("cve")) {
                ids.addFirst(text);
            } else if (text != null) {
                ids.add(text);
            }
        }
        String name = element.text("name");
        if (name != null && !ids.contains(name)) {
            ids.add(name);
        }
        if (ids.isEmpty()) {
            ids.add(id);
        }
        vulnerabilities.put(id, new Named(ids.getFirst(), List.copyOf(ids.subList(1, ids.size()))));
    }

    /// An assessment, from a vulnerability to what it may be in.
    ///
    /// @param type `VexNotAffectedVulnAssessmentRelationship`, …
    void assessment(String type, String vulnerability, List<String> affects, Spdx3Element element) {
        String state =
                switch (type) {
                    case "VexAffectedVulnAssessmentRelationship" -> "exploitable";
                    case "VexNotAffectedVulnAssessmentRelationship" -> "not_affected";
                    case "VexFixedVulnAssessmentRelationship" -> "resolved";
                    case "VexUnderInvestigationVulnAssessmentRelationship" -> "in_triage";
                    default -> null;
                };
        if (state == null) {
            return;
        }
        String justification = element.text("justificationType");
        String detail = null;
        for (String field : List.of("impactStatement", "actionStatement", "statusNotes")) {
            detail = detail == null ? element.text(field) : detail;
        }
        said.add(new Said(
                vulnerability,
                state,
                justification == null ? null : Spdx3Element.local(justification),
                detail,
                affects));
    }

    /// A package is tied to a vulnerability, and nobody says whether it is affected.
    void tie(String vulnerability, String affects) {
        said.add(new Said(vulnerability, null, null, null, List.of(affects)));
    }

    /// @param graph tells what is a component
    List<Sbom.Claim> list(SpdxGraph graph) {
        // Whoever takes a position on a vulnerability and a package makes the bare tie between them superfluous.
        Map<String, List<String>> taken = new LinkedHashMap<>();
        for (Said one : said) {
            if (one.state != null) {
                List<String> before = taken.putIfAbsent(one.vulnerability, new ArrayList<>(one.affects));
                if (before != null) {
                    before.addAll(one.affects);
                }
            }
        }
        List<Sbom.Claim> claims = new ArrayList<>();
        for (Said one : said) {
            List<String> affects = new ArrayList<>();
            for (String ref : one.affects) {
                boolean spoken = one.state == null
                        && taken.getOrDefault(one.vulnerability, List.of()).contains(ref);
                if (!spoken && graph.find(ref) != null) {
                    affects.add(ref);
                }
            }
            Named named = vulnerabilities.getOrDefault(one.vulnerability, new Named(one.vulnerability, List.of()));
            if (!affects.isEmpty() || one.state != null) {
                claims.add(new Sbom.Claim(
                        named.id, named.others, one.state, one.justification, one.detail, List.copyOf(affects)));
            }
        }
        return claims;
    }
}
