package uk.reeve.cli.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.serialization.DefaultNodeReader;
import com.networknt.schema.serialization.NodeReader;
import com.networknt.schema.utils.JsonNodes;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.engine.input.JsonInput;

/// A JSON Schema that ships with the program, as the usual library applies it: formats (`date-time`, `iri-reference`)
/// count.
final class JsonSchema {

    private static final NodeReader READER = DefaultNodeReader.builder()
            .jsonMapper(JsonMapper.builder(JsonInput.FACTORY).build())
            .locationAware()
            .build();

    /// Keywords of a schema that lead one level deeper into the document, followed by a name or an expression.
    private static final Set<String> NAMED = Set.of("properties", "patternProperties");

    /// The same, followed by nothing.
    private static final Set<String> UNNAMED = Set.of("items", "additionalProperties", "contains");

    private final Schema schema;

    /// @param address whose last part is the file's name
    JsonSchema(String address) {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .formatAssertionsEnabled(true)
                .locale(Locale.ROOT) // English, whatever the machine speaks
                .build();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_7,
                builder -> builder.schemas(SchemaFile::text).schemaRegistryConfig(config));
        schema = registry.getSchema(SchemaLocation.of(address));
    }

    /// What is wrong with the document, in its order: one flaw for each place, or for each choice of the schema
    /// (`oneOf`, `anyOf`) that is not met. Of a choice the deepest reason is told: that of the nearest form.
    ///
    /// @param document JSON that [JsonInput] can read
    List<Flaw> check(byte[] document) {
        InputStream in = new ByteArrayInputStream(document);
        List<Error> errors = schema.validate(READER.readTree(in, com.networknt.schema.InputFormat.JSON));
        Map<String, Error> deepest = new LinkedHashMap<>();
        for (Error error : errors) {
            deepest.merge(choice(error), error, (one, other) -> depth(other) > depth(one) ? other : one);
        }
        List<Flaw> flaws = new ArrayList<>(deepest.size());
        deepest.values().forEach(error -> flaws.add(flaw(error)));
        flaws.sort(Comparator.comparingInt(Flaw::line));
        return flaws;
    }

    private static int depth(Error error) {
        return error.getInstanceLocation().getNameCount();
    }

    // The place in the document, and the rule in the schema, of the outermost choice on the way to the error; where
    // there is none, the error stands alone.
    private static String choice(Error error) {
        NodePath way = error.getEvaluationPath();
        StringBuilder rule = new StringBuilder();
        int level = 0;
        for (int i = 0; i < way.getNameCount(); i++) {
            String step = way.getName(i);
            rule.append('/').append(step);
            if (step.equals("oneOf") || step.equals("anyOf")) {
                return place(error.getInstanceLocation(), level) + " " + rule;
            }
            if (NAMED.contains(step)) {
                i++;
                rule.append('/').append(way.getName(i));
                level++;
            } else if (UNNAMED.contains(step)) {
                level++;
            }
        }
        return error.toString();
    }

    // `components[3].licenses` of the first steps of a path.
    private static String place(NodePath path, int steps) {
        StringBuilder place = new StringBuilder();
        for (int i = 0; i < Math.min(steps, path.getNameCount()); i++) {
            if (path.getElement(i) instanceof Integer index) {
                place.append('[').append(index).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(path.getName(i));
            }
        }
        return place.toString();
    }

    private static Flaw flaw(Error error) {
        JsonNode at = error.getInstanceNode();
        TokenStreamLocation location = at == null ? null : JsonNodes.tokenStreamLocationOf(at);
        String value = at != null && at.isValueNode() && !at.isNull() ? at.toString() : "";
        String reason = (value.isEmpty() ? "" : Flaw.cut(value, 80) + " ") + error.getMessage();
        return new Flaw(
                location == null ? 0 : Math.max(0, location.getLineNr()),
                place(error.getInstanceLocation(), Integer.MAX_VALUE),
                Flaw.cut(reason, 160));
    }
}
