package uk.reeve.engine.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;

/// JSON (RFC 8259, UTF-8) within [Limits]: as a stream of tokens, or as a tree where the file is small or read out of
/// order.
public final class JsonInput {

    /// Writes what a terminal could take for a command as [Controls] says. Tokens may throw [JacksonException]:
    /// catch it and throw [#unreadable].
    public static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Limits.DEPTH)
                    .maxNumberLength(Limits.NUMBER_CHARS)
                    .maxStringLength(Limits.TEXT_CHARS)
                    .maxNameLength(64 << 10)
                    .maxDocumentLength(Limits.FILE_BYTES)
                    .build())
            .characterEscapes(Controls.IN_JSON)
            .build();

    private JsonInput() {}

    /// A parser over UTF-8, with or without a byte order mark. Closing it closes the stream.
    public static JsonParser parser(InputStream in) throws IOException, Unreadable {
        PushbackInputStream head = new PushbackInputStream(in, 4);
        byte[] first = head.readNBytes(4);
        int a = first.length > 0 ? first[0] & 0xff : -1;
        int b = first.length > 1 ? first[1] & 0xff : -1;
        if ((a == 0xFF && b == 0xFE) || (a == 0xFE && b == 0xFF) || a == 0 || b == 0) {
            throw new Unreadable(1, "is UTF-16 or UTF-32, and JSON is UTF-8 (RFC 8259); save it as UTF-8");
        }
        boolean mark = a == 0xEF && b == 0xBB && first.length > 2 && (first[2] & 0xff) == 0xBF;
        head.unread(first, mark ? 3 : 0, first.length - (mark ? 3 : 0));
        return FACTORY.createParser(ObjectReadContext.empty(), head);
    }

    /// The whole file as a tree. Something after its end is an error.
    public static Node read(InputStream in) throws IOException, Unreadable {
        try (JsonParser parser = parser(in)) {
            if (parser.nextToken() == null) {
                throw new Unreadable(1, "is empty, where JSON was expected");
            }
            Node node = new Tree(parser).node();
            if (parser.nextToken() != null) {
                throw new Unreadable(line(parser), "goes on after its end; keep one JSON value a file");
            }
            return node;
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    /// The value at which the parser stands, as a tree; afterwards it stands at the value's last token.
    public static Node value(JsonParser parser) throws Unreadable {
        return new Tree(parser).node();
    }

    /// The line of the token at which the parser stands.
    public static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    /// The parser's complaint in one sentence.
    public static Unreadable unreadable(JacksonException e) {
        int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
        String message = e.getOriginalMessage();
        if (message == null || message.contains("end-of-input") || message.contains("end of input")) {
            return new Unreadable(line, "stops in the middle; export or copy it again", e);
        }
        int cut = message.indexOf('\n');
        String first = cut < 0 ? message : message.substring(0, cut);
        String text = first.length() > 200 ? first.substring(0, 200) + "…" : first;
        return new Unreadable(line, "is not valid JSON: " + text, e);
    }

    private static final class Tree {

        private final JsonParser parser;
        private int nodes;

        Tree(JsonParser parser) {
            this.parser = parser;
        }

        Node node() throws Unreadable {
            int line = line(parser);
            if (++nodes > Limits.NODES) {
                throw new Unreadable(line, "holds more than " + Limits.NODES + " values; it is too large to read");
            }
            JsonToken token = parser.currentToken();
            if (token == null) {
                throw new Unreadable(line, "stops in the middle; export or copy it again");
            }
            return switch (token) {
                case START_OBJECT -> {
                    Map<String, Node> fields = new LinkedHashMap<>();
                    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                        String name = parser.currentName();
                        parser.nextToken();
                        fields.put(name, node());
                    }
                    yield new Node.Fields(fields, line);
                }
                case START_ARRAY -> {
                    List<Node> items = new ArrayList<>();
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        items.add(node());
                    }
                    yield new Node.Items(items, line);
                }
                case VALUE_STRING -> new Node.Text(parser.getString(), line);
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Num(parser.getString(), line);
                case VALUE_TRUE -> new Node.Bool(true, line);
                case VALUE_FALSE -> new Node.Bool(false, line);
                case VALUE_NULL -> new Node.Nothing(line);
                case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                    throw new Unreadable(line, "is not valid JSON: unexpected " + token);
            };
        }
    }
}
