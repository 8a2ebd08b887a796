package uk.reeve.engine.sbom;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Limits;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.input.XmlInput;

/// CycloneDX 1.0 to 1.7 in XML, as a stream. Elements of other namespaces are passed over, but for the dependency graph
/// that was an extension before 1.2.
final class CycloneDxXml {

    private static final String NAMESPACE = "http://cyclonedx.org/schema/bom/";
    private static final String GRAPH = "http://cyclonedx.org/schema/ext/dependency-graph/1.0";

    private final XMLStreamReader reader;
    private final CycloneDxReading reading = new CycloneDxReading("XML");
    private String namespace = "";
    private int depth;

    private CycloneDxXml(XMLStreamReader reader) {
        this.reader = reader;
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
                    line(),
                    "begins with <" + reader.getLocalName() + "> of the namespace " + CycloneDxWords.quote(found)
                            + ", and a CycloneDX document with <bom> of " + NAMESPACE + "1.0 to 1.7");
        }
        namespace = found;
        reading.version(found.substring(NAMESPACE.length()), line());
        String serial = attribute("serialNumber");
        if (serial != null) {
            reading.serial(serial, line());
        }
        String version = attribute("version");
        if (version != null && CycloneDxWords.number(version.strip()) == 0) {
            reading.warn(
                    line(), "the version " + CycloneDxWords.quote(version) + " of the document is no whole number");
        }
        while (child()) {
            switch (reader.getLocalName()) {
                case "metadata" -> metadata();
                case "components" -> components(null);
                case "dependencies" -> {
                    reading.where = "the dependencies";
                    while (child()) {
                        dependency(null);
                    }
                }
                case "vulnerabilities" -> vulnerabilities();
                case "services", "formulation" -> otherRefs();
                default -> skip();
            }
            reading.where = "the document";
        }
    }

    private void metadata() throws XMLStreamException, Unreadable {
        reading.where = "the metadata";
        CycloneDxDraft described = null;
        String supplier = null;
        String manufacture = null;
        while (child()) {
            switch (reader.getLocalName()) {
                case "timestamp" -> {
                    int line = line();
                    String text = text();
                    if (text != null) {
                        reading.timestamp(text, line);
                    }
                }
                case "tools" -> tools();
                case "authors" -> {
                    while (child()) {
                        person();
                    }
                }
                case "lifecycles" -> {
                    while (child()) {
                        lifecycle();
                    }
                }
                case "component" -> described = component();
                case "supplier" -> supplier = name();
                case "manufacture" -> manufacture = name();
                case "manufacturer" -> reading.author(name(), null);
                default -> skip();
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
        while (child()) {
            switch (reader.getLocalName()) {
                case "tool" -> tool();
                case "components", "services" -> {
                    while (child()) {
                        tool();
                    }
                }
                default -> skip();
            }
        }
    }

    private void tool() throws XMLStreamException, Unreadable {
        otherRef();
        String tool = null;
        String version = null;
        while (child()) {
            switch (reader.getLocalName()) {
                case "name" -> tool = text();
                case "version" -> version = text();
                default -> skip();
            }
        }
        reading.tool(tool, version);
    }

    private void person() throws XMLStreamException, Unreadable {
        String person = null;
        String email = null;
        while (child()) {
            switch (reader.getLocalName()) {
                case "name" -> person = text();
                case "email" -> email = text();
                default -> skip();
            }
        }
        reading.author(person, email);
    }

    private void lifecycle() throws XMLStreamException, Unreadable {
        while (child()) {
            switch (reader.getLocalName()) {
                case "phase", "name" -> {
                    String text = text();
                    if (text != null) {
                        reading.lifecycles.add(text);
                    }
                }
                default -> skip();
            }
        }
    }

    /// The text of the child `name`; null where there is none.
    private @Nullable String name() throws XMLStreamException, Unreadable {
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

    private void components(@Nullable CycloneDxDraft parent) throws XMLStreamException, Unreadable {
        while (child()) {
            if (!reader.getLocalName().equals("component")) {
                reading.warn(
                        line(), "<" + reader.getLocalName() + "> stands where a <component> belongs; it is left out");
                skip();
                continue;
            }
            CycloneDxDraft draft = component();
            if (parent == null) {
                reading.component(draft);
            } else {
                parent.children.add(draft);
            }
        }
    }

    private CycloneDxDraft component() throws XMLStreamException, Unreadable {
        reading.where = "a component";
        CycloneDxDraft draft = new CycloneDxDraft(line());
        draft.ref = attribute("bom-ref");
        draft.type = shared(attribute("type"));
        String external = attribute("isExternal");
        draft.external = external != null && (external.equals("true") || external.equals("1"));
        while (child()) {
            int line = line();
            switch (reader.getLocalName()) {
                case "group" -> draft.group = once("group", draft.group);
                case "name" -> draft.name = once("name", draft.name);
                case "version" -> draft.version = once("version", draft.version);
                case "versionRange" -> draft.range = once("versionRange", draft.range);
                case "purl" -> draft.purl = once("purl", draft.purl);
                case "cpe" -> {
                    String cpe = text();
                    if (cpe != null) {
                        reading.cpe(draft, cpe, line);
                    }
                }
                case "scope" -> {
                    String scope = text();
                    if (scope != null && !CycloneDxWords.isScope(scope)) {
                        reading.badScope(scope, line);
                        scope = null;
                    }
                    draft.scope(scope);
                }
                case "supplier" -> draft.supplier = shared(name());
                case "manufacturer" -> draft.manufacturer = shared(name());
                case "publisher" -> draft.publisher = shared(text());
                case "hashes" -> hashes(draft);
                case "licenses" -> licences(draft);
                case "properties" -> properties(draft);
                case "evidence" -> evidence(draft);
                case "components" -> components(draft);
                default -> skip();
            }
        }
        return draft;
    }

    private void hashes(CycloneDxDraft draft) throws XMLStreamException, Unreadable {
        while (child()) {
            int line = line();
            String algorithm = attribute("alg");
            reading.hash(draft, algorithm, text(), line);
        }
    }

    private void licences(CycloneDxDraft draft) throws XMLStreamException, Unreadable {
        while (child()) {
            int line = line();
            if (reader.getLocalName().equals("expression")) {
                reading.licence(draft, null, null, text(), line);
                continue;
            }
            if (!reader.getLocalName().equals("license")) {
                expressionWithText(draft, line);
                continue;
            }
            String id = null;
            String title = null;
            int count = 0;
            while (child()) {
                switch (reader.getLocalName()) {
                    case "id" -> {
                        id = text();
                        count++;
                    }
                    case "name" -> {
                        title = text();
                        count++;
                    }
                    default -> skip();
                }
            }
            if (count > 1 && (id == null || title == null)) {
                reading.warn(line, "a licence has its id or name twice; the last counts");
            }
            reading.licence(draft, id, title, null, line);
        }
    }

    /// `expression-detailed` of 1.7: the expression is an attribute.
    private void expressionWithText(CycloneDxDraft draft, int line) throws XMLStreamException, Unreadable {
        String expression = attribute("expression");
        if (expression != null) {
            reading.licence(draft, null, null, expression, line);
        }
        skip();
    }

    private void properties(CycloneDxDraft draft) throws XMLStreamException, Unreadable {
        while (child()) {
            int line = line();
            String property = attribute("name");
            reading.property(draft, property, text(), line);
        }
    }

    private void evidence(CycloneDxDraft draft) throws XMLStreamException, Unreadable {
        while (child()) {
            if (!reader.getLocalName().equals("occurrences")) {
                skip();
                continue;
            }
            while (child()) {
                String location = null;
                int line = 0;
                while (child()) {
                    switch (reader.getLocalName()) {
                        case "location" -> location = text();
                        case "line" -> {
                            String text = text();
                            line = text == null ? 0 : CycloneDxWords.number(text);
                        }
                        default -> skip();
                    }
                }
                draft.occurrence(location, line);
            }
        }
    }

    /// A dependency, and those within it, which the outer one depends on.
    private void dependency(@Nullable List<String> outer) throws XMLStreamException, Unreadable {
        int line = line();
        String ref = attribute("ref");
        if (outer != null && ref != null && !ref.isEmpty()) {
            outer.add(reading.link(ref, line));
        }
        List<String> inner = null;
        boolean asked = false;
        while (child()) {
            if (!reader.getLocalName().equals("dependency")) {
                skip(); // <provides>
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

    private void vulnerabilities() throws XMLStreamException, Unreadable {
        while (child()) {
            reading.where = "a vulnerability";
            vulnerability();
        }
    }

    private void vulnerability() throws XMLStreamException, Unreadable {
        int line = line();
        otherRef();
        String id = null;
        String state = null;
        String justification = null;
        String detail = null;
        List<String> otherIds = new ArrayList<>(2);
        List<String> affects = new ArrayList<>(2);
        while (child()) {
            switch (reader.getLocalName()) {
                case "id" -> id = text();
                case "references" -> texts("id", otherIds);
                case "affects" -> texts("ref", affects);
                case "analysis" -> {
                    while (child()) {
                        switch (reader.getLocalName()) {
                            case "state" -> state = text();
                            case "justification" -> justification = text();
                            case "detail" -> detail = text();
                            default -> skip();
                        }
                    }
                }
                default -> skip();
            }
        }
        reading.claim(id, otherIds, state, justification, detail, affects, line);
    }

    /// Adds that child's text of each element of the list.
    private void texts(String name, List<String> to) throws XMLStreamException, Unreadable {
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
    private void otherRefs() throws XMLStreamException, Unreadable {
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

    private void otherRef() {
        String ref = attribute("bom-ref");
        if (ref != null) {
            reading.otherRefs.add(ref);
        }
    }

    private @Nullable String once(String what, @Nullable String before) throws XMLStreamException, Unreadable {
        if (before != null) {
            reading.warn(line(), "a component says <" + what + "> twice; the last counts");
        }
        return text();
    }

    /// The next child of the element in which the reader stands; false at that element's end. A child that this gives
    /// must be read to its end.
    private boolean child() throws XMLStreamException, Unreadable {
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
    private @Nullable String text() throws XMLStreamException, Unreadable {
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
    private void skip() throws XMLStreamException, Unreadable {
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
    private @Nullable String attribute(String name) {
        String value = reader.getAttributeValue("", name);
        return value == null ? null : reading.clean(value, line());
    }

    private @Nullable String shared(@Nullable String text) {
        return text == null ? null : reading.shared(text);
    }

    private int line() {
        return XmlInput.line(reader);
    }
}
