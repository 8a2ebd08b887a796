package uk.reeve.register.statement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.catalogue.ReleaseHead;
import uk.reeve.register.web.Problem;

@RestController
@RequestMapping("/api/v1/products/{product}/releases/{version}/statements")
class StatementApi {

    private final Products products;
    private final Statements statements;

    StatementApi(Products products, Statements statements) {
        this.products = products;
        this.statements = statements;
    }

    record StatementList(List<Statements.Row> statements) {}

    /// All, the newest first; superseded and withdrawn ones too; at most 500.
    @Allowed(anyone = true)
    @GetMapping
    StatementList list(@PathVariable String product, @PathVariable String version) {
        return new StatementList(
                statements.on(products.head(product, version).release().id()));
    }

    /// What the release's own supplier says and has not taken back, as OpenVEX 0.2.0; 404 where that is nothing, since
    /// such a document has at least one statement.
    @Allowed(anyone = true)
    @GetMapping(params = "format=openvex")
    Map<String, Object> openVex(@PathVariable String product, @PathVariable String version) {
        ReleaseHead head = products.head(product, version);
        String address = ServletUriComponentsBuilder.fromCurrentContextPath()
                .path(head.path())
                .toUriString();
        List<Statements.Row> force = statements.on(head.release().id()).stream()
                .filter(row -> row.own() && !row.superseded() && row.withdrawnAt() == null)
                .toList();
        if (force.isEmpty()) {
            throw Problem.NOT_FOUND.because("Its supplier has made no statement on this release.");
        }
        List<Map<String, Object>> said = new ArrayList<>();
        for (Statements.Row row : force) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("vulnerability", Map.of("name", row.vulnerability()));
            one.put("timestamp", row.saidAt().toString());
            one.put("products", List.of(Map.of("@id", address)));
            one.put("status", row.status());
            put(one, "justification", row.justification());
            put(one, "impact_statement", row.impact());
            put(one, "action_statement", row.action());
            said.add(one);
        }
        Instant newest = force.getFirst().saidAt();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("@context", "https://openvex.dev/ns/v0.2.0");
        document.put(
                "@id",
                "urn:uuid:"
                        + UUID.nameUUIDFromBytes((address + said).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        document.put("author", force.getFirst().by());
        document.put("timestamp", newest.toString());
        document.put("version", 1);
        document.put("statements", said);
        return document;
    }

    private static void put(Map<String, Object> to, String field, @org.jspecify.annotations.Nullable String text) {
        if (text != null) {
            to.put(field, text);
        }
    }
}
