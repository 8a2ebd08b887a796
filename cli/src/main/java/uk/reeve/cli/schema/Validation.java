package uk.reeve.cli.schema;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.input.XmlInput;

/// What the schema of a document's own format and version says of it.
public sealed interface Validation {

    /// It is what the schema asks for.
    ///
    /// @param schema `CycloneDX 1.6 (JSON)`
    record Valid(String schema) implements Validation {}

    /// It is not.
    ///
    /// @param schema `CycloneDX 1.6 (JSON)`
    /// @param flaws at least one, in the order of the document
    record Invalid(String schema, List<Flaw> flaws) implements Validation {}

    /// Nothing is known: only the reader's own rules were applied.
    ///
    /// @param why a clause: `no schema of it ships with Reeve`
    record NotDone(String why) implements Validation {}

    /// Bytes of a document that is held against a schema.
    int MOST_BYTES = 32 << 20;

    /// A document that is made to be slow ends here; honest ones take some seconds.
    int MOST_SECONDS = 120;

    String NONE = "no schema of it ships with Reeve";

    /// By the JSON Schema of the version that the document names.
    ///
    /// @param document the tree of the bytes
    static Validation ofJson(Node document, byte[] bytes) throws IOException {
        String spdx = document.text("spdxVersion");
        if (spdx != null) {
            return switch (spdx) {
                case "SPDX-2.2", "SPDX-2.3" ->
                    json("SPDX " + spdx.substring(5), "spdx-schema-v" + spdx.substring(5), bytes);
                default -> new NotDone(NONE);
            };
        }
        if (String.valueOf(document.text("@context")).contains("spdx.org/rdf/3.0.1/")) {
            return json("SPDX 3.0.1", "spdx-schema-v3.0.1", bytes);
        }
        String version = String.valueOf(document.text("specVersion"));
        return switch (version) {
            case "1.2", "1.3" -> json("CycloneDX " + version, "bom-" + version + "-strict.schema", bytes);
            case "1.4", "1.5", "1.6", "1.7" -> json("CycloneDX " + version, "bom-" + version + ".schema", bytes);
            default -> new NotDone(NONE);
        };
    }

    /// By the XML Schema of the version whose namespace the document has.
    static Validation ofXml(byte[] bytes) throws IOException {
        String cycloneDx = "http://cyclonedx.org/schema/bom/";
        String namespace = namespace(bytes);
        String version = namespace.startsWith(cycloneDx) ? namespace.substring(cycloneDx.length()) : "";
        return switch (version) {
            case "1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7" ->
                within("CycloneDX " + version + " (XML)", bytes, () -> new XmlSchema("bom-" + version + ".xsd")
                        .check(bytes));
            default -> new NotDone(NONE);
        };
    }

    private static Validation json(String name, String file, byte[] bytes) throws IOException {
        String address = "http://cyclonedx.org/schema/" + file + ".json"; // where the schemas look for each other
        return within(name + " (JSON)", bytes, () -> new JsonSchema(address).check(bytes));
    }

    // In a thread of its own, for the sake of the time, and of the depth: a level of a document is many calls.
    private static Validation within(String schema, byte[] bytes, Callable<List<Flaw>> check) throws IOException {
        if (bytes.length > MOST_BYTES) {
            return new NotDone("it is larger than " + (MOST_BYTES >> 20) + " MiB");
        }
        FutureTask<List<Flaw>> task = new FutureTask<>(check);
        Thread thread = new Thread(null, task, "schema", 64 << 20);
        thread.setDaemon(true);
        thread.start();
        try {
            List<Flaw> flaws = task.get(MOST_SECONDS, TimeUnit.SECONDS);
            return flaws.isEmpty() ? new Valid(schema) : new Invalid(schema, flaws);
        } catch (TimeoutException e) {
            return new NotDone("it took longer than " + MOST_SECONDS + " seconds");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while the document was held against its schema");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OutOfMemoryError) {
                return new NotDone("that takes more memory than there is; REEVE_OPTS=-Xmx2g gives more");
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static String namespace(byte[] document) {
        try {
            XMLStreamReader reader = XmlInput.reader(new ByteArrayInputStream(document));
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                XmlInput.refuseEntity(reader);
            }
            String namespace = reader.getNamespaceURI();
            return namespace == null ? "" : namespace;
        } catch (XMLStreamException | Unreadable e) {
            return ""; // the reader says why
        }
    }
}
