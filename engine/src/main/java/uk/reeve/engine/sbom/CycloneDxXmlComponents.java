package uk.reeve.engine.sbom;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;

/// The components of a CycloneDX document in XML, each with those inside it.
final class CycloneDxXmlComponents {

    private final XMLStreamReader reader;
    private final CycloneDxReading reading;
    private final CycloneDxElements in;

    CycloneDxXmlComponents(XMLStreamReader reader, CycloneDxReading reading, CycloneDxElements in) {
        this.reader = reader;
        this.reading = reading;
        this.in = in;
    }

    /// Those that belong to `parent`, or to the document.
    void components(@Nullable CycloneDxDraft parent) throws XMLStreamException, Unreadable {
        while (in.child()) {
            if (!reader.getLocalName().equals("component")) {
                reading.warn(
                        in.line(),
                        "<" + reader.getLocalName() + "> stands where a <component> belongs; it is left out");
                in.skip();
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

    CycloneDxDraft component() throws XMLStreamException, Unreadable {
        reading.where = "a component";
        CycloneDxDraft draft = reading.begin(in.line());
        draft.ref = in.attribute("bom-ref");
        draft.type = in.shared(in.attribute("type"));
        String external = in.attribute("isExternal");
        draft.external = external != null && (external.equals("true") || external.equals("1"));
        while (in.child()) {
            int line = in.line();
            switch (reader.getLocalName()) {
                case "group" -> draft.group = in.once("group", draft.group);
                case "name" -> draft.name = in.once("name", draft.name);
                case "version" -> draft.version = in.once("version", draft.version);
                case "versionRange" -> draft.range = in.once("versionRange", draft.range);
                case "purl" -> draft.purl = in.once("purl", draft.purl);
                case "cpe" -> {
                    String cpe = in.text();
                    if (cpe != null) {
                        reading.cpe(draft, cpe, line);
                    }
                }
                case "scope" -> {
                    String scope = in.text();
                    if (scope != null && !CycloneDxWords.isScope(scope)) {
                        reading.badScope(scope, line);
                        scope = null;
                    }
                    draft.scope(scope);
                }
                case "supplier" -> draft.supplier = in.shared(in.name());
                case "manufacturer" -> draft.manufacturer = in.shared(in.name());
                case "publisher" -> draft.publisher = in.shared(in.text());
                case "hashes" -> hashes(draft);
                case "licenses" -> licences(draft);
                case "properties" -> properties(draft);
                case "evidence" -> evidence(draft);
                case "components" -> components(draft);
                default -> in.skip();
            }
        }
        return draft;
    }

    private void hashes(CycloneDxDraft draft) throws XMLStreamException, Unreadable {
        while (in.child()) {
            int line = in.line();
            String algorithm = in.attribute("alg");
            reading.hash(draft, algorithm, in.text(), line);
        }
    }

    private void licences(CycloneDxDraft draft) throws XMLStreamException, Unreadable {
        while (in.child()) {
            int line = in.line();
            if (reader.getLocalName().equals("expression")) {
                reading.licence(draft, null, null, in.text(), line);
                continue;
            }
            if (!reader.getLocalName().equals("license")) {
                expressionWithText(draft, line);
                continue;
            }
            String id = null;
            String title = null;
            int count = 0;
            while (in.child()) {
                switch (reader.getLocalName()) {
                    case "id" -> {
                        id = in.text();
                        count++;
                    }
                    case "name" -> {
                        title = in.text();
                        count++;
                    }
                    default -> in.skip();
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
        String expression = in.attribute("expression");
        if (expression != null) {
            reading.licence(draft, null, null, expression, line);
        }
        in.skip();
    }

    private void properties(CycloneDxDraft draft) throws XMLStreamException, Unreadable {
        while (in.child()) {
            int line = in.line();
            String property = in.attribute("name");
            reading.property(draft, property, in.text(), line);
        }
    }

    private void evidence(CycloneDxDraft draft) throws XMLStreamException, Unreadable {
        while (in.child()) {
            if (!reader.getLocalName().equals("occurrences")) {
                in.skip();
                continue;
            }
            while (in.child()) {
                String location = null;
                int line = 0;
                while (in.child()) {
                    switch (reader.getLocalName()) {
                        case "location" -> location = in.text();
                        case "line" -> {
                            String text = in.text();
                            line = text == null ? 0 : CycloneDxWords.number(text);
                        }
                        default -> in.skip();
                    }
                }
                draft.occurrence(location, line);
            }
        }
    }
}
