package uk.reeve.engine.sbom;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Unreadable;

/// SPDX 2 as JSON, an item of a list at a time. GitHub wraps the document in a field `sbom`.
final class SpdxJson {

    private SpdxJson() {}

    static Sbom read(InputStream in) throws IOException, Unreadable {
        SpdxDocument document = new SpdxDocument("JSON");
        try (JsonParser parser = JsonInput.parser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Unreadable(1, "is empty or no JSON object, where an SPDX document was expected");
            }
            fields(parser, document, new SpdxTree(document), true);
            if (parser.nextToken() != null) {
                throw new Unreadable(JsonInput.line(parser), "goes on after its end; keep one document a file");
            }
        } catch (JacksonException e) {
            throw JsonInput.unreadable(e);
        }
        return document.sbom();
    }

    private static void fields(JsonParser parser, SpdxDocument document, SpdxTree tree, boolean outermost)
            throws Unreadable {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "packages", "files", "snippets", "relationships", "documentDescribes" -> {
                    if (value == JsonToken.START_ARRAY) {
                        items(name, parser, document, tree);
                    } else {
                        tree.field(name, JsonInput.value(parser));
                    }
                }
                case "spdxVersion", "SPDXVersion", "SPDXID", "documentNamespace", "creationInfo" ->
                    tree.field(name, JsonInput.value(parser));
                case "sbom" -> {
                    if (outermost && value == JsonToken.START_OBJECT) {
                        fields(parser, document, tree, false);
                    } else {
                        parser.skipChildren();
                    }
                }
                default -> parser.skipChildren();
            }
        }
    }

    private static void items(String list, JsonParser parser, SpdxDocument document, SpdxTree tree) throws Unreadable {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (list.equals("files") && parser.currentToken() == JsonToken.START_OBJECT) {
                document.graph.file(id(parser));
            } else {
                tree.item(list, JsonInput.value(parser));
            }
        }
    }

    // Files are many and large, and only their ids matter.
    private static @Nullable String id(JsonParser parser) {
        String id = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean wanted = parser.currentName().equals("SPDXID");
            if (parser.nextToken() == JsonToken.VALUE_STRING && wanted) {
                id = parser.getString();
            }
            parser.skipChildren();
        }
        return id;
    }
}
