package uk.reeve.cli.report;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cyclonedx.parsers.BomParserFactory;

/// Judges documents by JSON Schemas.
public final class Schemas {

    private Schemas() {}

    /// A file of the project, from whichever folder the tests run in.
    public static Path file(String relative) {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve(relative))
                ? here.resolve(relative)
                : here.resolve("..").resolve(relative);
    }

    /// What is wrong with the document; empty where nothing is.
    public static List<String> errors(Path schema, SpecificationVersion version, String text, InputFormat format)
            throws IOException {
        Schema judge = SchemaRegistry.withDefaultDialect(version).getSchema(Files.readString(schema));
        return judge.validate(text, format).stream().map(Error::toString).toList();
    }

    /// What the schema of CycloneDX 1.6 says of the document; empty where nothing is wrong.
    public static List<String> cyclonedx(String text) throws IOException {
        Map<String, String> schemas = new LinkedHashMap<>();
        String address = "http://cyclonedx.org/schema/";
        for (String name : List.of("bom-1.6.schema.json", "spdx.schema.json", "jsf-0.82.schema.json")) {
            try (InputStream in = BomParserFactory.class.getResourceAsStream("/" + name)) {
                schemas.put(address + name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7, builder -> builder.schemas(schemas))
                .getSchema(SchemaLocation.of(address + "bom-1.6.schema.json"))
                .validate(text, InputFormat.JSON)
                .stream()
                .map(Error::toString)
                .toList();
    }
}
