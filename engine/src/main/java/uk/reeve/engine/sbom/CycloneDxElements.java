package uk.reeve.engine.sbom;

import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Limits;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.input.XmlInput;

/// The elements of a CycloneDX document in XML: children one by one, texts and attributes.
final class CycloneDxElements {

    private static final String GRAPH = "http://cyclonedx.org/schema/ext/dependency-graph/1.0";

    private final XMLStreamReader reader;
    private final CycloneDxReading reading;
    private String namespace = "";
    private int depth;

    CycloneDxElements(XMLStreamReader reader, CycloneDxReading reading) {
        this.reader = reader;
        this.reading = reading;
    }

    /// Elements of other namespaces are passed over from here on, but for the dependency graph of 1.1.
    void within(String namespace) {
        this.namespace = namespace;
    }

    /// The text of the child `name`; null where there is none.
    @Nullable
    String name() throws XMLStreamException, Unreadable {
        String found = null;
        while (child()) {
            if (reader.getLocalName().equals("name")) {
                found = text();
            } else {
                skip();
            }
        }
        return found;
    }

    /// Adds that child's text of each element of the list.
    void texts(String name, List<String> to) throws XMLStreamException, Unreadable {
        while (child()) {
            while (child()) {
                if (reader.getLocalName().equals(name)) {
                    String text = text();
                    if (text != null && !to.contains(text)) {
                        to.add(text);
                    }
                } else {
                    skip();
                }
            }
        }
    }

    /// Passes over an element and remembers each `bom-ref` in it: it may be what a dependency names.
    void otherRefs() throws XMLStreamException, Unreadable {
        otherRef();
        int open = 1;
        while (open > 0) {
            int event = next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                open++;
                deeper(open);
                otherRef();
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                open--;
            }
        }
        depth--;
    }

    void otherRef() {
        String ref = attribute("bom-ref");
        if (ref != null) {
            reading.otherRefs.add(ref);
        }
    }

    @Nullable
    String once(String what, @Nullable String before) throws XMLStreamException, Unreadable {
        if (before != null) {
            reading.warn(line(), "a component says <" + what + "> twice; the last counts");
        }
        return text();
    }

    /// The next child of the element in which the reader stands; false at that element's end. A child that this gives
    /// must be read to its end.
    boolean child() throws XMLStreamException, Unreadable {
        while (true) {
            int event = next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                deeper(0);
                String uri = reader.getNamespaceURI();
                if (namespace.equals(uri) || GRAPH.equals(uri)) {
                    return true;
                }
                skip();
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
                return false;
            } else if (isText(event)
                    && !reader.isWhiteSpace()
                    && !reader.getText().isBlank()) {
                String text = reader.getText().strip();
                reading.warn(
                        line(),
                        "the text " + CycloneDxWords.quote(text) + " stands where elements belong; it is left out");
            }
        }
    }

    /// The text of the element at whose start the reader stands, without outer blanks; null where it has none.
    /// Afterwards the reader stands at the element's end.
    @Nullable
    String text() throws XMLStreamException, Unreadable {
        int line = line();
        String only = null;
        StringBuilder more = null;
        int event = next();
        while (event != XMLStreamConstants.END_ELEMENT) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                reading.warn(line(), "<" + reader.getLocalName() + "> stands where a text belongs; it is left out");
                depth++;
                skip();
            } else if (isText(event)) {
                String part = reader.getText();
                if (only == null) {
                    only = part;
                } else {
                    more = more == null ? new StringBuilder(only) : more;
                    more.append(part);
                    if (more.length() > Limits.TEXT_CHARS) {
                        throw new Unreadable(line, "holds a text of more than " + Limits.TEXT_CHARS + " characters");
                    }
                }
            }
            event = next();
        }
        depth--;
        String text = more != null ? more.toString() : only;
        return text == null || text.isBlank() ? null : reading.clean(text.strip(), line);
    }

    /// Passes over the element at whose start the reader stands.
    void skip() throws XMLStreamException, Unreadable {
        int open = 1;
        while (open > 0) {
            int event = next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                open++;
                deeper(open);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                open--;
            }
        }
        depth--;
    }

    private void deeper(int more) throws Unreadable {
        if (depth + more > Limits.DEPTH) {
            throw new Unreadable(line(), "is nested more than " + Limits.DEPTH + " levels deep");
        }
    }

    private int next() throws XMLStreamException, Unreadable {
        int event = reader.next();
        XmlInput.refuseEntity(reader);
        return event;
    }

    private static boolean isText(int event) {
        return event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA;
    }

    /// An attribute without a namespace; null where there is none.
    @Nullable
    String attribute(String name) {
        String value = reader.getAttributeValue("", name);
        return value == null ? null : reading.clean(value, line());
    }

    @Nullable
    String shared(@Nullable String text) {
        return text == null ? null : reading.shared(text);
    }

    int line() {
        return XmlInput.line(reader);
    }
}
