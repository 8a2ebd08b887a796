package uk.reeve.engine.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.YamlUnicodeReader;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// YAML 1.2 within [Limits], from its events: no tag is obeyed, no class is loaded, aliases count as often as they are
/// used. Merge keys (`<<`) stay a field of that name.
public final class YamlInput {

    private final Iterator<Event> events;
    private final Map<Anchor, Node> anchors = new HashMap<>();
    private final Map<Anchor, Integer> sizes = new HashMap<>();
    private int nodes;

    private YamlInput(Iterator<Event> events) {
        this.events = events;
    }

    /// The first document of the file as a tree.
    public static Node read(InputStream in) throws IOException, Unreadable {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(Integer.MAX_VALUE)
                .setUseMarks(true)
                .build();
        try {
            StreamReader reader = new StreamReader(settings, new YamlUnicodeReader(in));
            YamlInput input = new YamlInput(new ParserImpl(settings, reader));
            while (input.events.hasNext()) {
                Event event = input.events.next();
                switch (event.getEventId()) {
                    case StreamStart, DocumentStart, Comment -> {}
                    case StreamEnd, DocumentEnd -> throw new Unreadable(1, "is empty, where YAML was expected");
                    default -> {
                        return input.node(event, 0);
                    }
                }
            }
            throw new Unreadable(1, "is empty, where YAML was expected");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(m -> m.getLine() + 1).orElse(0);
            throw new Unreadable(line, "is not valid YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new Unreadable(0, "is not valid YAML: " + firstLine(e.getMessage()), e);
        }
    }

    private Node node(Event event, int depth) throws Unreadable {
        int line = line(event);
        if (depth > Limits.DEPTH) {
            throw new Unreadable(line, "is nested more than " + Limits.DEPTH + " levels deep");
        }
        count(1, line);
        int before = nodes;
        Node node =
                switch (event.getEventId()) {
                    case Alias -> {
                        Anchor anchor = ((AliasEvent) event).getAlias();
                        Node target = anchors.get(anchor);
                        if (target == null) {
                            throw new Unreadable(line, "uses *" + anchor + " before &" + anchor + " is complete");
                        }
                        count(sizes.getOrDefault(anchor, 1), line);
                        yield target;
                    }
                    case Scalar -> scalar((ScalarEvent) event, line);
                    case SequenceStart -> {
                        List<Node> items = new ArrayList<>();
                        for (Event e = next(); e.getEventId() != Event.ID.SequenceEnd; e = next()) {
                            items.add(node(e, depth + 1));
                        }
                        yield new Node.Items(items, line);
                    }
                    case MappingStart -> {
                        Map<String, Node> fields = new LinkedHashMap<>();
                        for (Event e = next(); e.getEventId() != Event.ID.MappingEnd; e = next()) {
                            String name = node(e, depth + 1).text();
                            Node value = node(next(), depth + 1);
                            fields.put(name == null ? "" : name, value);
                        }
                        yield new Node.Fields(fields, line);
                    }
                    default -> throw new Unreadable(line, "is not valid YAML: unexpected " + event.getEventId());
                };
        anchor(event).ifPresent(a -> {
            anchors.put(a, node);
            sizes.put(a, nodes - before + 1);
        });
        return node;
    }

    private static Node scalar(ScalarEvent scalar, int line) {
        String value = scalar.getValue();
        boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
        boolean nothing = plain && (value.isEmpty() || value.equals("~") || value.equals("null"));
        return nothing ? new Node.Nothing(line) : new Node.Text(value, line);
    }

    private void count(int more, int line) throws Unreadable {
        nodes += more;
        if (nodes > Limits.NODES || nodes < 0) {
            throw new Unreadable(line, "expands to more than " + Limits.NODES + " values; it is too large to read");
        }
    }

    private Event next() throws Unreadable {
        if (!events.hasNext()) {
            throw new Unreadable(0, "stops in the middle; export or copy it again");
        }
        return events.next();
    }

    private static Optional<Anchor> anchor(Event event) {
        return switch (event) {
            case ScalarEvent s -> s.getAnchor();
            case MappingStartEvent m -> m.getAnchor();
            case CollectionStartEvent c -> c.getAnchor();
            default -> Optional.empty();
        };
    }

    private static int line(Event event) {
        return event.getStartMark().map(m -> m.getLine() + 1).orElse(0);
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "no reason given" : message.lines().findFirst().orElse("no reason given");
    }
}
