package uk.reeve.engine.advisory;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Unreadable;

/// Reads one OSV record as a stream.
public final class OsvReader {

    private static final int MOST_AFFECTED = 100_000;

    private final JsonParser json;
    private final @Nullable Texts shared;

    private String id = "";
    private String modified = "";
    private String published = "";
    private @Nullable String withdrawn;
    private @Nullable String summary;
    private @Nullable String severityWord;
    private List<String> aliases = List.of();
    private List<String> related = List.of();
    private List<String> upstream = List.of();
    private List<OsvRecord.Severity> severity = List.of();
    private final List<OsvRecord.Affected> affected = new ArrayList<>();

    private OsvReader(JsonParser json, @Nullable Texts shared) {
        this.json = json;
        this.shared = shared;
    }

    /// The record in the stream, which is closed.
    ///
    /// @throws Unreadable when it is no JSON, or no OSV record: an object with an `id`
    public static OsvRecord read(InputStream in) throws IOException, Unreadable {
        return read(in, null);
    }

    /// The same for one of many records.
    ///
    /// @param shared by all of them; null to keep none
    public static OsvRecord read(InputStream in, @Nullable Texts shared) throws IOException, Unreadable {
        try (JsonParser json = JsonInput.parser(in)) {
            return new OsvReader(json, shared).record();
        } catch (JacksonException e) {
            throw JsonInput.unreadable(e);
        }
    }

    private OsvRecord record() throws Unreadable {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new Unreadable(1, "is no OSV record: an object was expected");
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "id" -> id = text();
                case "modified" -> modified = text();
                case "published" -> published = text();
                case "withdrawn" -> withdrawn = json.currentToken() == JsonToken.VALUE_STRING ? json.getString() : null;
                case "summary" -> summary = json.currentToken() == JsonToken.VALUE_STRING ? json.getString() : null;
                case "aliases" -> aliases = texts();
                case "related" -> related = texts();
                case "upstream" -> upstream = texts();
                case "severity" -> severity = severities();
                case "affected" -> affected();
                case "database_specific" -> severityWord = word("severity");
                default -> json.skipChildren();
            }
        }
        if (id.isBlank() || id.length() > 200) {
            throw new Unreadable(1, "is no OSV record: it has no \"id\"");
        }
        return new OsvRecord(
                id,
                modified,
                published,
                withdrawn,
                aliases,
                related,
                upstream,
                summary,
                severityWord,
                severity,
                affected);
    }

    private void affected() throws Unreadable {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                continue;
            }
            String ecosystem = "";
            String name = "";
            List<OsvRecord.Range> ranges = new ArrayList<>();
            List<String> versions = List.of();
            List<OsvRecord.Severity> own = List.of();
            String urgency = null;
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "package" -> {
                        if (json.currentToken() == JsonToken.START_OBJECT) {
                            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                                String part = json.currentName();
                                json.nextToken();
                                switch (part) {
                                    case "ecosystem" -> ecosystem = text();
                                    case "name" -> name = text();
                                    default -> json.skipChildren();
                                }
                            }
                        }
                    }
                    case "ranges" -> ranges(ranges);
                    case "versions" -> versions = texts();
                    case "severity" -> own = severities();
                    case "ecosystem_specific" -> urgency = word("urgency");
                    default -> json.skipChildren();
                }
            }
            if (!ecosystem.isEmpty() && !name.isEmpty()) {
                if (affected.size() >= MOST_AFFECTED) {
                    throw new Unreadable(
                            JsonInput.line(json), "has more than " + MOST_AFFECTED + " affected packages; refused");
                }
                affected.add(new OsvRecord.Affected(ecosystem, name, ranges, versions, own, urgency));
            }
        }
    }

    private void ranges(List<OsvRecord.Range> ranges) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                continue;
            }
            String type = "";
            List<OsvRecord.Event> events = new ArrayList<>();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "type" -> type = text();
                    case "events" -> events(events);
                    default -> json.skipChildren();
                }
            }
            if (!type.equals("GIT") && !events.isEmpty()) {
                ranges.add(new OsvRecord.Range(type, events));
            }
        }
    }

    private void events(List<OsvRecord.Event> events) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                continue;
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String kind = json.currentName();
                json.nextToken();
                switch (kind) {
                    case "introduced", "fixed", "last_affected", "limit" ->
                        events.add(new OsvRecord.Event(kind, text()));
                    default -> json.skipChildren();
                }
            }
        }
    }

    private List<OsvRecord.Severity> severities() {
        List<OsvRecord.Severity> found = new ArrayList<>();
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return found;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                continue;
            }
            String type = "";
            String score = "";
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "type" -> type = text();
                    case "score" -> score = text();
                    default -> json.skipChildren();
                }
            }
            if (!score.isEmpty()) {
                found.add(new OsvRecord.Severity(type, score));
            }
        }
        return found;
    }

    /// The text of one field of the object at which the parser stands; the rest is passed over.
    private @Nullable String word(String wanted) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return null;
        }
        String found = null;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = json.currentName();
            json.nextToken();
            if (field.equals(wanted) && json.currentToken() == JsonToken.VALUE_STRING) {
                found = json.getString().toLowerCase(Locale.ROOT);
            } else {
                json.skipChildren();
            }
        }
        return found;
    }

    private List<String> texts() {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken().isScalarValue()) {
                texts.add(text());
            } else {
                json.skipChildren();
            }
        }
        return texts;
    }

    private String text() {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return "";
        }
        if (shared != null && json.currentToken() == JsonToken.VALUE_STRING) {
            return shared.of(json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
        }
        if (json.currentToken().isScalarValue()) {
            return json.getString();
        }
        json.skipChildren();
        return "";
    }
}
