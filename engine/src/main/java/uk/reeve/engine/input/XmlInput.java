package uk.reeve.engine.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// XML 1.0 within [Limits]: no document type is obeyed, no entity but the five of XML is expanded, nothing is fetched.
public final class XmlInput {

    private static final XMLInputFactory FACTORY = factory();

    private XmlInput() {}

    /// A reader over the file. Its methods may throw [XMLStreamException]: catch it and throw [#unreadable].
    public static XMLStreamReader reader(InputStream in) throws Unreadable {
        try {
            return FACTORY.createXMLStreamReader(new XmlText(in));
        } catch (XMLStreamException e) {
            throw unreadable(e);
        }
    }

    /// The whole file as a tree.
    public static Element read(InputStream in) throws IOException, Unreadable {
        try {
            XMLStreamReader reader = reader(in);
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                refuseEntity(reader);
            }
            Element root = new Tree(reader).element(0);
            while (reader.hasNext()) {
                reader.next();
            }
            return root;
        } catch (XMLStreamException e) {
            throw unreadable(e);
        }
    }

    /// The line of the event at which the reader stands.
    public static int line(XMLStreamReader reader) {
        return Math.max(0, reader.getLocation().getLineNumber());
    }

    /// Refuses an entity that the document type would have had to define.
    public static void refuseEntity(XMLStreamReader reader) throws Unreadable {
        if (reader.getEventType() == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new Unreadable(
                    line(reader), "uses the entity &" + reader.getLocalName() + ";, and entities are not expanded");
        }
    }

    /// The parser's complaint in one sentence.
    public static Unreadable unreadable(XMLStreamException e) {
        if (e.getNestedException() instanceof XmlText.Undecodable u) {
            return new Unreadable(u.line(), String.valueOf(u.getMessage()), e);
        }
        int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNumber());
        String message = e.getMessage() == null ? "no reason given" : e.getMessage();
        int at = message.indexOf("Message: ");
        String text = at < 0 ? message : message.substring(at + "Message: ".length());
        if (text.contains("must start and end within the same entity") || text.contains("Premature end of file")) {
            return new Unreadable(line, "stops in the middle; export or copy it again", e);
        }
        return new Unreadable(
                line, "is not valid XML: " + text.lines().findFirst().orElse(text), e);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private static final class Tree {

        private final XMLStreamReader reader;
        private int nodes;

        Tree(XMLStreamReader reader) {
            this.reader = reader;
        }

        Element element(int depth) throws XMLStreamException, Unreadable {
            int line = line(reader);
            if (depth > Limits.DEPTH) {
                throw new Unreadable(line, "is nested more than " + Limits.DEPTH + " levels deep");
            }
            if (++nodes > Limits.NODES) {
                throw new Unreadable(line, "holds more than " + Limits.NODES + " elements; it is too large to read");
            }
            String name = reader.getLocalName();
            Map<String, String> attributes = new LinkedHashMap<>();
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
            List<Element> children = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (int event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
                refuseEntity(reader);
                if (event == XMLStreamConstants.START_ELEMENT) {
                    children.add(element(depth + 1));
                } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                    text.append(reader.getText());
                }
            }
            return new Element(
                    name, attributes, List.copyOf(children), text.toString().strip(), line);
        }
    }
}
