package uk.reeve.engine.sbom;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.input.XmlInput;

/// CycloneDX 1.0 to 1.7 in XML, as a stream. Elements of other namespaces are passed over, but for the dependency graph
/// that was an extension before 1.2.
final class CycloneDxXml {

    private static final String NAMESPACE = "http://cyclonedx.org/schema/bom/";

    private final XMLStreamReader reader;
    private final CycloneDxReading reading = new CycloneDxReading("XML");
    private final CycloneDxElements in;
    private final CycloneDxXmlComponents components;

    private CycloneDxXml(XMLStreamReader reader) {
        this.reader = reader;
        this.in = new CycloneDxElements(reader, reading);
        this.components = new CycloneDxXmlComponents(reader, reading, in);
    }

    static Sbom read(InputStream in) throws IOException, Unreadable {
        CycloneDxXml xml = new CycloneDxXml(XmlInput.reader(in));
        try {
            while (xml.reader.next() != XMLStreamConstants.START_ELEMENT) {
                XmlInput.refuseEntity(xml.reader);
            }
            xml.document();
        } catch (XMLStreamException e) {
            throw xml.unreadable(e);
        }
        xml.end();
        return xml.reading.finish();
    }

    private Unreadable unreadable(XMLStreamException e) {
        Unreadable plain = XmlInput.unreadable(e);
        String message = plain.getMessage();
        if (message.contains("maxElementDepth")) {
            return new Unreadable(plain.line(), "is nested too many levels deep (100 are read)", e);
        }
        if (message.contains("elementAttributeLimit")) {
            return new Unreadable(plain.line(), "has an element with too many attributes (200 are read)", e);
        }
        if (message.contains("AttributeNotUnique")) {
            return new Unreadable(plain.line(), "has an element with the same attribute twice", e);
        }
        int entity = message.indexOf("The entity \"");
        if (entity >= 0 && message.contains("not declared")) {
            int from = entity + "The entity \"".length();
            int to = Math.max(from, message.indexOf('"', from));
            return new Unreadable(
                    plain.line(),
                    "uses the entity &" + message.substring(from, to) + ";, and entities are not expanded",
                    e);
        }
        if (plain.getMessage().startsWith("stops in the middle")) {
            return new Unreadable(plain.line(), "stops in the middle of " + reading.where + "; export it again", e);
        }
        return plain;
    }

    private void end() {
        try {
            while (reader.hasNext()) {
                reader.next();
            }
        } catch (XMLStreamException e) {
            reading.warn(
                    XmlInput.unreadable(e).line(),
                    "goes on after its end; what follows was not read, keep one document a file");
        }
    }

    private void document() throws XMLStreamException, Unreadable {
        String found = reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
        if (!reader.getLocalName().equals("bom") || !found.startsWith(NAMESPACE)) {
            throw new Unreadable(
                    in.line(),
                    "begins with <" + reader.getLocalName() + "> of the namespace " + CycloneDxWords.quote(found)
                            + ", and a CycloneDX document with <bom> of " + NAMESPACE + "1.0 to 1.7");
        }
        in.within(found);
        reading.version(found.substring(NAMESPACE.length()), in.line());
        String serial = in.attribute("serialNumber");
        if (serial != null) {
            reading.serial(serial, in.line());
        }
        String version = in.attribute("version");
        if (version != null && CycloneDxWords.number(version.strip()) == 0) {
            reading.warn(
                    in.line(), "the version " + CycloneDxWords.quote(version) + " of the document is no whole number");
        }
        while (in.child()) {
            switch (reader.getLocalName()) {
                case "metadata" -> metadata();
                case "components" -> components.components(null);
                case "dependencies" -> {
                    reading.where = "the dependencies";
                    while (in.child()) {
                        dependency(null);
                    }
                }
                case "compositions" -> compositions();
                case "vulnerabilities" -> vulnerabilities();
                case "services", "formulation" -> in.otherRefs();
                default -> in.skip();
            }
            reading.where = "the document";
        }
    }

    private void metadata() throws XMLStreamException, Unreadable {
        reading.where = "the metadata";
        CycloneDxDraft described = null;
        String supplier = null;
        String manufacture = null;
        while (in.child()) {
            switch (reader.getLocalName()) {
                case "timestamp" -> {
                    int line = in.line();
                    String text = in.text();
                    if (text != null) {
                        reading.timestamp(text, line);
                    }
                }
                case "tools" -> tools();
                case "authors" -> {
                    while (in.child()) {
                        person();
                    }
                }
                case "lifecycles" -> {
                    while (in.child()) {
                        lifecycle();
                    }
                }
                case "component" -> described = components.component();
                case "supplier" -> supplier = in.name();
                case "manufacture" -> manufacture = in.name();
                case "manufacturer" -> reading.author(in.name(), null);
                default -> in.skip();
            }
        }
        if (described != null) {
            if (described.supplier == null) {
                described.supplier = supplier != null ? supplier : manufacture;
            }
            reading.described(described);
        }
    }

    private void tools() throws XMLStreamException, Unreadable {
        while (in.child()) {
            switch (reader.getLocalName()) {
                case "tool" -> tool();
                case "components", "services" -> {
                    while (in.child()) {
                        tool();
                    }
                }
                default -> in.skip();
            }
        }
    }

    private void tool() throws XMLStreamException, Unreadable {
        in.otherRef();
        String tool = null;
        String version = null;
        while (in.child()) {
            switch (reader.getLocalName()) {
                case "name" -> tool = in.text();
                case "version" -> version = in.text();
                default -> in.skip();
            }
        }
        reading.tool(tool, version);
    }

    private void person() throws XMLStreamException, Unreadable {
        String person = null;
        String email = null;
        while (in.child()) {
            switch (reader.getLocalName()) {
                case "name" -> person = in.text();
                case "email" -> email = in.text();
                default -> in.skip();
            }
        }
        reading.author(person, email);
    }

    private void lifecycle() throws XMLStreamException, Unreadable {
        while (in.child()) {
            switch (reader.getLocalName()) {
                case "phase", "name" -> {
                    String text = in.text();
                    if (text != null) {
                        reading.lifecycles.add(text);
                    }
                }
                default -> in.skip();
            }
        }
    }

    /// A dependency, and those within it, which the outer one depends on.
    private void dependency(@Nullable List<String> outer) throws XMLStreamException, Unreadable {
        int line = in.line();
        String ref = in.attribute("ref");
        if (outer != null && ref != null && !ref.isEmpty()) {
            outer.add(reading.link(ref, line));
        }
        List<String> inner = null;
        boolean asked = false;
        while (in.child()) {
            if (!reader.getLocalName().equals("dependency")) {
                in.skip(); // <provides>
                continue;
            }
            if (!asked) {
                inner = reading.dependency(ref, line);
                asked = true;
            }
            dependency(inner);
        }
        if (!asked && (outer == null || ref == null || ref.isEmpty())) {
            reading.dependency(ref, line);
        }
    }

    private void compositions() throws XMLStreamException, Unreadable {
        while (in.child()) {
            while (in.child()) {
                if (reader.getLocalName().equals("aggregate")) {
                    reading.aggregate(in.text());
                } else {
                    in.skip();
                }
            }
        }
    }

    private void vulnerabilities() throws XMLStreamException, Unreadable {
        while (in.child()) {
            reading.where = "a vulnerability";
            vulnerability();
        }
    }

    private void vulnerability() throws XMLStreamException, Unreadable {
        int line = in.line();
        in.otherRef();
        String id = null;
        String state = null;
        String justification = null;
        String detail = null;
        List<String> otherIds = new ArrayList<>(2);
        List<String> affects = new ArrayList<>(2);
        while (in.child()) {
            switch (reader.getLocalName()) {
                case "id" -> id = in.text();
                case "references" -> in.texts("id", otherIds);
                case "affects" -> in.texts("ref", affects);
                case "analysis" -> {
                    while (in.child()) {
                        switch (reader.getLocalName()) {
                            case "state" -> state = in.text();
                            case "justification" -> justification = in.text();
                            case "detail" -> detail = in.text();
                            default -> in.skip();
                        }
                    }
                }
                default -> in.skip();
            }
        }
        reading.claim(id, otherIds, state, justification, detail, affects, line);
    }
}
