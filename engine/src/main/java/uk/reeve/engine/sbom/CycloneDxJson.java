package uk.reeve.engine.sbom;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Limits;
import uk.reeve.engine.input.Unreadable;

/// CycloneDX 1.0 to 1.7 in JSON, as a stream: nothing is kept but what [Sbom] holds, and no order of fields is asked.
///
/// `null` is the same as a field that is not there. Of a field that stands twice the last counts, with a warning; of
/// a list that stands twice, both are read.
final class CycloneDxJson {

    private final JsonParser parser;
    private final CycloneDxReading reading = new CycloneDxReading("JSON");
    private boolean format;

    private CycloneDxJson(JsonParser parser) {
        this.parser = parser;
    }

    static Sbom read(InputStream in) throws IOException, Unreadable {
        JsonParser parser = JsonInput.parser(in);
        CycloneDxJson json = new CycloneDxJson(parser);
        try {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Unreadable(json.line(), "is no JSON object, and a CycloneDX document is one");
            }
            json.document();
        } catch (JacksonException e) {
            throw json.unreadable(e);
        }
        json.end();
        return json.reading.finish();
    }

    private Unreadable unreadable(JacksonException e) {
        Unreadable plain = JsonInput.unreadable(e);
        if (plain.getMessage().startsWith("stops in the middle")) {
            return new Unreadable(plain.line(), "stops in the middle of " + reading.where + "; export it again", e);
        }
        int line = plain.line() > 0 ? plain.line() : parser.currentLocation().getLineNr();
        if (plain.getMessage().contains("nesting depth")) {
            return new Unreadable(line, "is nested more than " + Limits.DEPTH + " levels deep", e);
        }
        if (plain.getMessage().contains("Number value length")) {
            return new Unreadable(line, "holds a number of more than " + Limits.NUMBER_CHARS + " digits", e);
        }
        return new Unreadable(line, plain.getMessage(), e);
    }

    private void end() {
        try {
            if (parser.nextToken() == null) {
                return;
            }
        } catch (JacksonException e) {
            // What follows is not read, whether it is JSON or not.
        }
        reading.warn(line(), "goes on after its end; what follows was not read, keep one document a file");
    }

    private void document() throws Unreadable {
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (!seen.add(name) && seen.size() < 1_000) {
                reading.warn(line(), "says " + CycloneDxWords.quote(name) + " twice");
            }
            parser.nextToken();
            switch (name) {
                case "bomFormat" -> format();
                case "specVersion" -> specVersion();
                case "version" -> {
                    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                        reading.warn(line(), "\"version\" is no whole number");
                    }
                    parser.skipChildren();
                }
                case "serialNumber" -> {
                    int line = line();
                    String serial = text(name);
                    if (serial != null) {
                        reading.serial(serial, line);
                    }
                }
                case "metadata" -> metadata();
                case "components" -> components(null);
                case "dependencies" -> dependencies();
                case "vulnerabilities" -> vulnerabilities();
                case "services", "formulation" -> otherRefs();
                default -> parser.skipChildren();
            }
            reading.where = "the document";
        }
        if (!format && reading.specVersion == null) {
            throw new Unreadable(1, "names neither bomFormat nor specVersion, so it is no CycloneDX document");
        }
        if (!format) {
            reading.warn(1, "names no \"bomFormat\": \"CycloneDX\"");
        }
    }

    private void format() throws Unreadable {
        int line = line();
        String text = text("bomFormat");
        if (text != null && !text.equals("CycloneDX")) {
            throw new Unreadable(
                    line, "has the bomFormat " + CycloneDxWords.quote(text) + ", and only \"CycloneDX\" is one");
        }
        format |= text != null;
    }

    private void specVersion() throws Unreadable {
        int line = line();
        String text = text("specVersion");
        if (text != null) {
            reading.version(text, line);
        }
    }

    private void metadata() {
        reading.where = "the metadata";
        if (!object("metadata")) {
            return;
        }
        CycloneDxDraft described = null;
        String supplier = null;
        String manufacture = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "timestamp" -> {
                    int line = line();
                    String text = text(name);
                    if (text != null) {
                        reading.timestamp(text, line);
                    }
                }
                case "tools" -> tools();
                case "authors" -> authors();
                case "lifecycles" -> lifecycles();
                case "component" -> {
                    if (object(name)) {
                        described = component();
                    }
                }
                case "supplier" -> supplier = organisation(name);
                case "manufacture" -> manufacture = organisation(name);
                case "manufacturer" -> reading.author(organisation(name), null);
                default -> parser.skipChildren();
            }
        }
        if (described != null) {
            if (described.supplier == null) {
                described.supplier = supplier != null ? supplier : manufacture;
            }
            reading.described(described);
        }
    }

    private void tools() {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("components") || name.equals("services")) {
                    toolList(name);
                } else {
                    parser.skipChildren();
                }
            }
        } else {
            toolList("tools");
        }
    }

    private void toolList(String what) {
        if (!array(what)) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (item(what)) {
                String tool = null;
                String version = null;
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    switch (name) {
                        case "name" -> tool = text(name);
                        case "version" -> version = text(name);
                        case "bom-ref" -> otherRef(text(name));
                        default -> parser.skipChildren();
                    }
                }
                reading.tool(tool, version);
            }
        }
    }

    private void authors() {
        if (!array("authors")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (item("authors")) {
                String author = null;
                String email = null;
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    switch (name) {
                        case "name" -> author = text(name);
                        case "email" -> email = text(name);
                        default -> parser.skipChildren();
                    }
                }
                reading.author(author, email);
            }
        }
    }

    private void lifecycles() {
        if (!array("lifecycles")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (item("lifecycles")) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    if (name.equals("phase") || name.equals("name")) {
                        String text = text(name);
                        if (text != null) {
                            reading.lifecycles.add(text);
                        }
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        }
    }

    /// The name of an organisation; null where none is told.
    private @Nullable String organisation(String what) {
        String found = null;
        if (object(what)) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("name")) {
                    found = text(name);
                } else {
                    parser.skipChildren();
                }
            }
        }
        return found;
    }

    private void components(@Nullable CycloneDxDraft parent) {
        if (!array("components")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (item("components")) {
                CycloneDxDraft draft = component();
                if (parent == null) {
                    reading.component(draft);
                } else {
                    parent.children.add(draft);
                }
            }
        }
    }

    private CycloneDxDraft component() {
        reading.where = "a component";
        CycloneDxDraft draft = new CycloneDxDraft(line());
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "bom-ref" -> draft.ref = once(name, draft.ref);
                case "type" -> draft.type = shared(once(name, draft.type));
                case "group" -> draft.group = blankIsNone(once(name, draft.group));
                case "name" -> draft.name = once(name, draft.name);
                case "version" -> draft.version = blankIsNone(once(name, draft.version));
                case "versionRange" -> draft.range = once(name, draft.range);
                case "isExternal" -> draft.external = parser.currentToken() == JsonToken.VALUE_TRUE;
                case "purl" -> draft.purl = once(name, draft.purl);
                case "cpe" -> {
                    int line = line();
                    String cpe = blankIsNone(text(name));
                    if (cpe != null) {
                        reading.cpe(draft, cpe, line);
                    }
                }
                case "scope" -> scope(draft);
                case "supplier" -> draft.supplier = shared(organisation(name));
                case "manufacturer" -> draft.manufacturer = shared(organisation(name));
                case "publisher" -> draft.publisher = shared(blankIsNone(text(name)));
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
        int line = line();
        String scope = text("scope");
        if (scope != null && !CycloneDxWords.isScope(scope)) {
            reading.badScope(scope, line);
            scope = null;
        }
        draft.scope(scope);
    }

    private void hashes(CycloneDxDraft draft) {
        if (!array("hashes")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int line = line();
            if (item("hashes")) {
                String algorithm = null;
                String value = null;
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    switch (name) {
                        case "alg" -> algorithm = text(name);
                        case "content" -> value = text(name);
                        default -> parser.skipChildren();
                    }
                }
                reading.hash(draft, algorithm, value, line);
            }
        }
    }

    private void licences(CycloneDxDraft draft) {
        if (!array("licenses")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int line = line();
            if (item("licenses")) {
                String id = null;
                String title = null;
                String expression = null;
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    if (name.equals("expression")) {
                        expression = blankIsNone(text(name));
                    } else if (name.equals("license") && object(name)) {
                        while (parser.nextToken() != JsonToken.END_OBJECT) {
                            String field = parser.currentName();
                            parser.nextToken();
                            switch (field) {
                                case "id" -> id = blankIsNone(text(field));
                                case "name" -> title = blankIsNone(text(field));
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
        if (!array("properties")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int line = line();
            if (item("properties")) {
                String property = null;
                String value = null;
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    switch (name) {
                        case "name" -> property = text(name);
                        case "value" -> value = text(name);
                        default -> parser.skipChildren();
                    }
                }
                reading.property(draft, property, value, line);
            }
        }
    }

    private void evidence(CycloneDxDraft draft) {
        if (!object("evidence")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("occurrences") && array(name)) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    if (item(name)) {
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
                case "location" -> location = blankIsNone(text(name));
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

    private void dependencies() {
        reading.where = "the dependencies";
        if (!array("dependencies")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int line = line();
            if (item("dependencies")) {
                String ref = null;
                List<String> dependsOn = null;
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    switch (name) {
                        case "ref" -> ref = text(name);
                        case "dependsOn" -> dependsOn = links(name);
                        default -> parser.skipChildren();
                    }
                }
                List<String> list = reading.dependency(ref, line);
                if (list != null && dependsOn != null) {
                    list.addAll(dependsOn);
                }
            }
        }
    }

    private List<String> links(String what) {
        List<String> links = new ArrayList<>(4);
        if (array(what)) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                String ref = text(what);
                if (ref != null) {
                    links.add(reading.link(ref, line()));
                }
            }
        }
        return links;
    }

    private void vulnerabilities() {
        if (!array("vulnerabilities")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            reading.where = "a vulnerability";
            if (item("vulnerabilities")) {
                vulnerability();
            }
        }
    }

    private void vulnerability() {
        int line = line();
        String id = null;
        String state = null;
        String justification = null;
        String detail = null;
        List<String> otherIds = new ArrayList<>(2);
        List<String> affects = new ArrayList<>(2);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "id" -> id = blankIsNone(text(name));
                case "bom-ref" -> otherRef(text(name));
                case "references" -> texts(name, "id", otherIds);
                case "affects" -> texts(name, "ref", affects);
                case "analysis" -> {
                    if (object(name)) {
                        while (parser.nextToken() != JsonToken.END_OBJECT) {
                            String field = parser.currentName();
                            parser.nextToken();
                            switch (field) {
                                case "state" -> state = text(field);
                                case "justification" -> justification = text(field);
                                case "detail" -> detail = text(field);
                                default -> parser.skipChildren();
                            }
                        }
                    }
                }
                default -> parser.skipChildren();
            }
        }
        reading.claim(id, otherIds, state, justification, detail, affects, line);
    }

    /// Adds that field of each object of the list.
    private void texts(String what, String field, List<String> to) {
        if (!array(what)) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (item(what)) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    if (name.equals(field)) {
                        String text = blankIsNone(text(name));
                        if (text != null && !to.contains(text)) {
                            to.add(text);
                        }
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        }
    }

    /// Passes over a value and remembers each `bom-ref` in it: it may be what a dependency names.
    private void otherRefs() {
        if (!parser.currentToken().isStructStart()) {
            return;
        }
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.PROPERTY_NAME && parser.currentName().equals("bom-ref")) {
                if (parser.nextToken() == JsonToken.VALUE_STRING) {
                    otherRef(parser.getString());
                } else if (parser.currentToken().isStructStart()) {
                    depth++;
                }
            }
        }
    }

    private void otherRef(@Nullable String ref) {
        if (ref != null) {
            reading.otherRefs.add(ref);
        }
    }

    private @Nullable String once(String what, @Nullable String before) {
        if (before != null) {
            reading.warn(line(), "a component says \"" + what + "\" twice; the last counts");
        }
        return text(what);
    }

    /// The value as a text; null where it is none.
    private @Nullable String text(String what) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> {
                String text = parser.getString();
                yield CycloneDxWords.isClean(text) ? text : reading.clean(text, line());
            }
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> {
                String text = parser.getString();
                reading.warn(
                        line(),
                        "\"" + what + "\" is " + text + " where a text belongs; it is read as \"" + text + "\"");
                yield text;
            }
            default -> {
                wrong(what, "a text");
                yield null;
            }
        };
    }

    private static @Nullable String blankIsNone(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private @Nullable String shared(@Nullable String text) {
        return text == null ? null : reading.shared(text);
    }

    /// Whether the value of a field is an object; passes over another.
    private boolean object(String what) {
        return is(JsonToken.START_OBJECT, what, "an object");
    }

    /// Whether the value of a field is a list; passes over another.
    private boolean array(String what) {
        return is(JsonToken.START_ARRAY, what, "a list");
    }

    /// Whether an item of a list is an object; passes over another.
    private boolean item(String what) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            wrong(what, "an object");
            return false;
        }
        return object(what);
    }

    private boolean is(JsonToken wanted, String what, String inWords) {
        JsonToken token = parser.currentToken();
        if (token == wanted) {
            return true;
        }
        if (token != JsonToken.VALUE_NULL) {
            wrong(what, inWords);
        }
        return false;
    }

    private void wrong(String what, String wanted) {
        int line = line();
        String found =
                switch (parser.currentToken()) {
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "a list";
                    case VALUE_STRING -> "the text " + CycloneDxWords.quote(CycloneDxWords.clean(parser.getString()));
                    default -> parser.getString();
                };
        reading.warn(line, "\"" + what + "\" holds " + found + " where " + wanted + " belongs; it is left out");
        parser.skipChildren();
    }

    private int line() {
        return JsonInput.line(parser);
    }
}
