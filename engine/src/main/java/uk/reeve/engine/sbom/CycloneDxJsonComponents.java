package uk.reeve.engine.sbom;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The components of a CycloneDX document in JSON, each with those inside it.
final class CycloneDxJsonComponents {

    private final JsonParser parser;
    private final CycloneDxReading reading;
    private final CycloneDxFields in;

    CycloneDxJsonComponents(JsonParser parser, CycloneDxReading reading, CycloneDxFields in) {
        this.parser = parser;
        this.reading = reading;
        this.in = in;
    }

    /// Those of a list that belong to `parent`, or to the document.
    void components(@Nullable CycloneDxDraft parent) {
        if (!in.array("components")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (in.item("components")) {
                CycloneDxDraft draft = component();
                if (parent == null) {
                    reading.component(draft);
                } else {
                    parent.children.add(draft);
                }
            }
        }
    }

    CycloneDxDraft component() {
        reading.where = "a component";
        CycloneDxDraft draft = reading.begin(in.line());
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "bom-ref" -> draft.ref = in.once(name, draft.ref);
                case "type" -> draft.type = in.shared(in.once(name, draft.type));
                case "group" -> draft.group = CycloneDxFields.blankIsNone(in.once(name, draft.group));
                case "name" -> draft.name = in.once(name, draft.name);
                case "version" -> draft.version = CycloneDxFields.blankIsNone(in.once(name, draft.version));
                case "versionRange" -> draft.range = in.once(name, draft.range);
                case "isExternal" -> draft.external = parser.currentToken() == JsonToken.VALUE_TRUE;
                case "purl" -> draft.purl = in.once(name, draft.purl);
                case "cpe" -> {
                    int line = in.line();
                    String cpe = CycloneDxFields.blankIsNone(in.text(name));
                    if (cpe != null) {
                        reading.cpe(draft, cpe, line);
                    }
                }
                case "scope" -> scope(draft);
                case "supplier" -> draft.supplier = in.shared(in.organisation(name));
                case "manufacturer" -> draft.manufacturer = in.shared(in.organisation(name));
                case "publisher" -> draft.publisher = in.shared(CycloneDxFields.blankIsNone(in.text(name)));
                case "hashes" -> hashes(draft);
                case "licenses" -> licences(draft);
                case "properties" -> properties(draft);
                case "evidence" -> evidence(draft);
                case "components" -> components(draft);
                default -> parser.skipChildren();
            }
        }
        return draft;
    }

    private void scope(CycloneDxDraft draft) {
        int line = in.line();
        String scope = in.text("scope");
        if (scope != null && !CycloneDxWords.isScope(scope)) {
            reading.badScope(scope, line);
            scope = null;
        }
        draft.scope(scope);
    }

    private void hashes(CycloneDxDraft draft) {
        if (!in.array("hashes")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int line = in.line();
            if (in.item("hashes")) {
                String algorithm = null;
                String value = null;
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    switch (name) {
                        case "alg" -> algorithm = in.text(name);
                        case "content" -> value = in.text(name);
                        default -> parser.skipChildren();
                    }
                }
                reading.hash(draft, algorithm, value, line);
            }
        }
    }

    private void licences(CycloneDxDraft draft) {
        if (!in.array("licenses")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int line = in.line();
            if (in.item("licenses")) {
                String id = null;
                String title = null;
                String expression = null;
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    if (name.equals("expression")) {
                        expression = CycloneDxFields.blankIsNone(in.text(name));
                    } else if (name.equals("license") && in.object(name)) {
                        while (parser.nextToken() != JsonToken.END_OBJECT) {
                            String field = parser.currentName();
                            parser.nextToken();
                            switch (field) {
                                case "id" -> id = CycloneDxFields.blankIsNone(in.text(field));
                                case "name" -> title = CycloneDxFields.blankIsNone(in.text(field));
                                default -> parser.skipChildren();
                            }
                        }
                    } else {
                        parser.skipChildren();
                    }
                }
                reading.licence(draft, id, title, expression, line);
            }
        }
    }

    private void properties(CycloneDxDraft draft) {
        if (!in.array("properties")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int line = in.line();
            if (in.item("properties")) {
                String property = null;
                String value = null;
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    switch (name) {
                        case "name" -> property = in.text(name);
                        case "value" -> value = in.text(name);
                        default -> parser.skipChildren();
                    }
                }
                reading.property(draft, property, value, line);
            }
        }
    }

    private void evidence(CycloneDxDraft draft) {
        if (!in.object("evidence")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("occurrences") && in.array(name)) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    if (in.item(name)) {
                        occurrence(draft);
                    }
                }
            } else {
                parser.skipChildren();
            }
        }
    }

    private void occurrence(CycloneDxDraft draft) {
        String location = null;
        int line = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "location" -> location = CycloneDxFields.blankIsNone(in.text(name));
                case "line" -> {
                    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                        line = CycloneDxWords.number(parser.getString());
                    }
                    parser.skipChildren();
                }
                default -> parser.skipChildren();
            }
        }
        draft.occurrence(location, line);
    }
}
