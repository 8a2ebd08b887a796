package uk.reeve.cli.report;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
}
