package uk.reeve.cli.schema;

import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.Source;
import javax.xml.transform.sax.SAXSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;

/// An XML Schema that ships with the program, by the JDK's own validator. A document type is refused, no entity is
/// expanded, and nothing is fetched: neither for the document nor for the schema.
final class XmlSchema {

    private final String name;

    /// @param name of the file: `bom-1.6.xsd`
    XmlSchema(String name) {
        this.name = name;
    }

    /// What is wrong with the document, in its order.
    List<Flaw> check(byte[] document) throws IOException {
        Telling telling = new Telling();
        try {
            Validator validator = schema().newValidator();
            validator.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            validator.setErrorHandler(telling);
            XMLReader reader = reader();
            reader.setErrorHandler(telling);
            validator.validate(new SAXSource(reader, new InputSource(new ByteArrayInputStream(document))));
        } catch (SAXParseException e) {
            telling.error(e); // no XML: it ends there
        } catch (CharConversionException | UnsupportedEncodingException e) {
            telling.flaws.add(new Flaw(0, "", "holds bytes that are no text in the encoding that it names"));
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("the schema " + name + " cannot be used", e);
        }
        return telling.flaws;
    }

    private Schema schema() throws IOException, SAXException {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        // The list of licences first: each version's schema imports its namespace, which is then known already.
        try (InputStream licences = SchemaFile.open("spdx.xsd");
                InputStream schema = SchemaFile.open(name)) {
            return factory.newSchema(new Source[] {new StreamSource(licences), new StreamSource(schema)});
        }
    }

    private static XMLReader reader() throws ParserConfigurationException, SAXException {
        SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newSAXParser().getXMLReader();
    }

    private static final class Telling implements ErrorHandler {

        /// What the validator says after it said why a value is wrong: whose value it is.
        private static final Pattern WHOSE = Pattern.compile(
                "(?:cvc-attribute\\.3: The value .* of attribute '([^']*)' on element '([^']*)'"
                        + "|cvc-type\\.3\\.1\\.3: The value .* of element '([^']*)') is not valid.*",
                Pattern.DOTALL);

        final List<Flaw> flaws = new ArrayList<>();

        @Override
        public void warning(SAXParseException e) {
            // Only that something could not be fetched, which nobody wants.
        }

        @Override
        public void error(SAXParseException e) {
            String message = e.getMessage() == null ? "is no XML" : e.getMessage();
            int line = Math.max(0, e.getLineNumber());
            Matcher whose = WHOSE.matcher(message);
            if (!flaws.isEmpty() && whose.matches()) {
                Flaw value = flaws.removeLast();
                flaws.add(new Flaw(value.line(), owner(whose), value.reason()));
                return;
            }
            // "cvc-enumeration-valid: Value 'x' is not facet-valid ..." without the rule's number
            int colon = message.startsWith("cvc-") ? message.indexOf(": ") : -1;
            flaws.add(new Flaw(line, "", Flaw.cut(colon < 0 ? message : message.substring(colon + 2), 300)));
        }

        private static String owner(Matcher whose) {
            @Nullable String attribute = whose.group(1);
            return attribute == null ? whose.group(3) : whose.group(2) + "@" + attribute;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXParseException {
            throw e;
        }
    }
}
