package uk.reeve.engine.sbom;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Limits;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.input.XmlInput;

/// An RDF/XML file as things with properties. RDF says nothing about order: a package may stand within the first
/// relation that names it, and be told in parts. Only properties that tell about packages are kept.
///
/// Source: RDF 1.1 XML Syntax.
final class SpdxTriples {

    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    private final XMLStreamReader reader;
    private final Map<String, Thing> things = new LinkedHashMap<>();
    private int nodes;
    private int blank;

    private SpdxTriples(XMLStreamReader reader) {
        this.reader = reader;
    }

    /// A text, or the id of a thing that may be told elsewhere.
    record Value(String text, boolean isReference, int line) {}

    /// @param id address, or `_:…` where it has none
    record Thing(String id, StringBuilder typeName, Map<String, List<Value>> properties, int line) {

        /// Without its namespace; empty where none is told.
        String type() {
            return typeName.toString();
        }

        @Nullable
        Value first(String property) {
            List<Value> values = properties.get(property);
            return values == null ? null : values.getFirst();
        }

        @Nullable
        String text(String property) {
            Value value = first(property);
            return value == null ? null : value.text;
        }

        List<Value> all(String property) {
            return properties.getOrDefault(property, List.of());
        }
    }

    static SpdxTriples read(InputStream in) throws IOException, Unreadable {
        try {
            XMLStreamReader reader = XmlInput.reader(in);
            SpdxTriples triples = new SpdxTriples(reader);
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                XmlInput.refuseEntity(reader);
            }
            if (RDF.equals(reader.getNamespaceURI()) && reader.getLocalName().equals("RDF")) {
                while (triples.nextChild()) {
                    triples.node(1);
                }
            } else {
                triples.node(0);
            }
            while (reader.hasNext()) {
                reader.next();
            }
            return triples;
        } catch (XMLStreamException e) {
            throw XmlInput.unreadable(e);
        }
    }

    Collection<Thing> things() {
        return things.values();
    }

    /// The thing that a value refers to; null where it is a text, or told nowhere.
    @Nullable
    Thing thing(@Nullable Value value) {
        return value == null || !value.isReference ? null : things.get(value.text);
    }

    // Stands at the start of an element that is a thing, and afterwards at its end.
    private String node(int depth) throws XMLStreamException, Unreadable {
        count(depth);
        int line = XmlInput.line(reader);
        String type = reader.getLocalName();
        boolean typed = !(RDF.equals(reader.getNamespaceURI()) && type.equals("Description"));
        String id = id();
        Thing thing = things.get(id);
        if (thing == null) {
            thing = new Thing(id, new StringBuilder(), new LinkedHashMap<>(4), line);
            things.put(id, thing);
        }
        if (typed && thing.typeName.isEmpty()) {
            thing.typeName.append(type);
        }
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (!RDF.equals(reader.getAttributeNamespace(i))) {
                keep(thing, reader.getAttributeLocalName(i), new Value(reader.getAttributeValue(i), false, line));
            }
        }
        while (nextChild()) {
            property(thing, depth + 1);
        }
        return id;
    }

    private void property(Thing thing, int depth) throws XMLStreamException, Unreadable {
        count(depth);
        int line = XmlInput.line(reader);
        String name = reader.getLocalName();
        boolean rdf = RDF.equals(reader.getNamespaceURI());
        String reference = reader.getAttributeValue(RDF, "resource");
        String blankId = reader.getAttributeValue(RDF, "nodeID");
        if (blankId != null) {
            reference = "_:" + blankId;
        }
        if ("Resource".equals(reader.getAttributeValue(RDF, "parseType"))) {
            Thing inner = new Thing("_:" + ++blank, new StringBuilder(), new LinkedHashMap<>(4), line);
            things.put(inner.id, inner);
            while (nextChild()) {
                property(inner, depth + 1);
            }
            keep(thing, name, new Value(inner.id, true, line));
            return;
        }
        StringBuilder text = new StringBuilder();
        boolean nested = false;
        for (int event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
            XmlInput.refuseEntity(reader);
            if (event == XMLStreamConstants.START_ELEMENT) {
                nested = true;
                keep(thing, name, new Value(node(depth + 1), true, line));
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(reader.getText());
            }
        }
        if (reference != null && rdf && name.equals("type")) {
            if (thing.typeName.isEmpty()) {
                thing.typeName.append(reference, reference.lastIndexOf('#') + 1, reference.length());
            }
        } else if (reference != null) {
            keep(thing, name, new Value(reference, true, line));
        } else if (!nested) {
            keep(thing, name, new Value(text.toString().strip(), false, line));
        }
    }

    private void keep(Thing thing, String property, Value value) {
        switch (property) {
            case "specVersion",
                    "creationInfo",
                    "created",
                    "creator",
                    "describesPackage",
                    "name",
                    "versionInfo",
                    "supplier",
                    "downloadLocation",
                    "sourceInfo",
                    "primaryPackagePurpose",
                    "licenseConcluded",
                    "licenseDeclared",
                    "licenseId",
                    "member",
                    "licenseException",
                    "licenseExceptionId",
                    "checksum",
                    "algorithm",
                    "checksumValue",
                    "externalRef",
                    "referenceType",
                    "referenceLocator",
                    "relationship",
                    "relationshipType",
                    "relatedSpdxElement" -> {
                List<Value> values = thing.properties.get(property);
                if (values == null) {
                    values = new ArrayList<>(2);
                    thing.properties.put(property, values);
                }
                values.add(value);
            }
            default -> {}
        }
    }

    private String id() {
        String about = reader.getAttributeValue(RDF, "about");
        if (about != null) {
            return about;
        }
        String id = reader.getAttributeValue(RDF, "ID");
        if (id != null) {
            return "#" + id;
        }
        String node = reader.getAttributeValue(RDF, "nodeID");
        return "_:" + (node != null ? node : "" + ++blank);
    }

    private boolean nextChild() throws XMLStreamException, Unreadable {
        for (int event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
            XmlInput.refuseEntity(reader);
            if (event == XMLStreamConstants.START_ELEMENT) {
                return true;
            }
        }
        return false;
    }

    private void count(int depth) throws Unreadable {
        int line = XmlInput.line(reader);
        if (depth > Limits.DEPTH) {
            throw new Unreadable(line, "is nested more than " + Limits.DEPTH + " levels deep");
        }
        if (++nodes > Limits.NODES) {
            throw new Unreadable(line, "holds more than " + Limits.NODES + " elements; it is too large to read");
        }
    }
}
