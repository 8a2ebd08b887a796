package uk.reeve.engine.sbom;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import uk.reeve.engine.input.JsonInput;

/// The values of a CycloneDX document's fields: each as what the field should hold, or a warning and nothing.
final class CycloneDxFields {

    private final JsonParser parser;
    private final CycloneDxReading reading;

    CycloneDxFields(JsonParser parser, CycloneDxReading reading) {
        this.parser = parser;
        this.reading = reading;
    }

    /// The name of an organisation; null where none is told.
    @Nullable
    String organisation(String what) {
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

    /// Adds that field of each object of the list.
    void texts(String what, String field, List<String> to) {
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
    void otherRefs() {
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

    void otherRef(@Nullable String ref) {
        if (ref != null) {
            reading.otherRefs.add(ref);
        }
    }

    @Nullable
    String once(String what, @Nullable String before) {
        if (before != null) {
            reading.warn(line(), "a component says \"" + what + "\" twice; the last counts");
        }
        return text(what);
    }

    /// The value as a text; null where it is none.
    @Nullable
    String text(String what) {
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

    static @Nullable String blankIsNone(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    @Nullable
    String shared(@Nullable String text) {
        return text == null ? null : reading.shared(text);
    }

    /// Whether the value of a field is an object; passes over another.
    boolean object(String what) {
        return is(JsonToken.START_OBJECT, what, "an object");
    }

    /// Whether the value of a field is a list; passes over another.
    boolean array(String what) {
        return is(JsonToken.START_ARRAY, what, "a list");
    }

    /// Whether an item of a list is an object; passes over another.
    boolean item(String what) {
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

    int line() {
        return JsonInput.line(parser);
    }
}
