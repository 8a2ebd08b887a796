package uk.reeve.engine.sbom;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    private final CycloneDxFields in;
    private final CycloneDxJsonComponents components;
    private boolean format;

    private CycloneDxJson(JsonParser parser) {
        this.parser = parser;
        this.in = new CycloneDxFields(parser, reading);
        this.components = new CycloneDxJsonComponents(parser, reading, in);
    }

    static Sbom read(InputStream in) throws IOException, Unreadable {
        JsonParser parser = JsonInput.parser(in);
        CycloneDxJson json = new CycloneDxJson(parser);
        try {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Unreadable(json.in.line(), "is no JSON object, and a CycloneDX document is one");
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
        reading.warn(in.line(), "goes on after its end; what follows was not read, keep one document a file");
    }

    private void document() throws Unreadable {
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (!seen.add(name) && seen.size() < 1_000) {
                reading.warn(in.line(), "says " + CycloneDxWords.quote(name) + " twice");
            }
            parser.nextToken();
            switch (name) {
                case "bomFormat" -> format();
                case "specVersion" -> specVersion();
                case "version" -> {
                    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                        reading.warn(in.line(), "\"version\" is no whole number");
                    }
                    parser.skipChildren();
                }
                case "serialNumber" -> {
                    int line = in.line();
                    String serial = in.text(name);
                    if (serial != null) {
                        reading.serial(serial, line);
                    }
                }
                case "metadata" -> metadata();
                case "components" -> components.components(null);
                case "dependencies" -> dependencies();
                case "compositions" -> compositions();
                case "vulnerabilities" -> vulnerabilities();
                case "services", "formulation" -> in.otherRefs();
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
        int line = in.line();
        String text = in.text("bomFormat");
        if (text != null && !text.equals("CycloneDX")) {
            throw new Unreadable(
                    line, "has the bomFormat " + CycloneDxWords.quote(text) + ", and only \"CycloneDX\" is one");
        }
        format |= text != null;
    }

    private void specVersion() throws Unreadable {
        int line = in.line();
        String text = in.text("specVersion");
        if (text != null) {
            reading.version(text, line);
        }
    }

    private void metadata() {
        reading.where = "the metadata";
        if (!in.object("metadata")) {
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
                    int line = in.line();
                    String text = in.text(name);
                    if (text != null) {
                        reading.timestamp(text, line);
                    }
                }
                case "tools" -> tools();
                case "authors" -> authors();
                case "lifecycles" -> lifecycles();
                case "component" -> {
                    if (in.object(name)) {
                        described = components.component();
                    }
                }
                case "supplier" -> supplier = in.organisation(name);
                case "manufacture" -> manufacture = in.organisation(name);
                case "manufacturer" -> reading.author(in.organisation(name), null);
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
        if (!in.array(what)) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (in.item(what)) {
                String tool = null;
                String version = null;
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    switch (name) {
                        case "name" -> tool = in.text(name);
                        case "version" -> version = in.text(name);
                        case "bom-ref" -> in.otherRef(in.text(name));
                        default -> parser.skipChildren();
                    }
                }
                reading.tool(tool, version);
            }
        }
    }

    private void authors() {
        if (!in.array("authors")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (in.item("authors")) {
                String author = null;
                String email = null;
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    switch (name) {
                        case "name" -> author = in.text(name);
                        case "email" -> email = in.text(name);
                        default -> parser.skipChildren();
                    }
                }
                reading.author(author, email);
            }
        }
    }

    private void lifecycles() {
        if (!in.array("lifecycles")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (in.item("lifecycles")) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    if (name.equals("phase") || name.equals("name")) {
                        String text = in.text(name);
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

    private void dependencies() {
        reading.where = "the dependencies";
        if (!in.array("dependencies")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int line = in.line();
            if (in.item("dependencies")) {
                String ref = null;
                List<String> dependsOn = null;
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    switch (name) {
                        case "ref" -> ref = in.text(name);
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
        if (in.array(what)) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                String ref = in.text(what);
                if (ref != null) {
                    links.add(reading.link(ref, in.line()));
                }
            }
        }
        return links;
    }

    private void compositions() {
        if (!in.array("compositions")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (in.item("compositions")) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    if (name.equals("aggregate")) {
                        reading.aggregate(in.text(name));
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        }
    }

    private void vulnerabilities() {
        if (!in.array("vulnerabilities")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            reading.where = "a vulnerability";
            if (in.item("vulnerabilities")) {
                vulnerability();
            }
        }
    }

    private void vulnerability() {
        int line = in.line();
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
                case "id" -> id = CycloneDxFields.blankIsNone(in.text(name));
                case "bom-ref" -> in.otherRef(in.text(name));
                case "references" -> in.texts(name, "id", otherIds);
                case "affects" -> in.texts(name, "ref", affects);
                case "analysis" -> {
                    if (in.object(name)) {
                        while (parser.nextToken() != JsonToken.END_OBJECT) {
                            String field = parser.currentName();
                            parser.nextToken();
                            switch (field) {
                                case "state" -> state = in.text(field);
                                case "justification" -> justification = in.text(field);
                                case "detail" -> detail = in.text(field);
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
}
