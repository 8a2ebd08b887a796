package uk.reeve.cli.schema;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The standards' schemas that ship with the program: no other is ever read, and none is fetched.
final class SchemaFile {

    private SchemaFile() {}

    /// A schema by its file's name, `bom-1.6.xsd`.
    static InputStream open(String name) throws IOException {
        InputStream in = find(name);
        if (in == null) {
            throw new IllegalStateException("the schema " + name + " does not ship with the program");
        }
        return in;
    }

    /// The text of the schema that has this address, `http://cyclonedx.org/schema/spdx.schema.json`; null where it is
    /// none that ships.
    static @Nullable String text(String address) {
        try (InputStream in = find(address.substring(address.lastIndexOf('/') + 1))) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the schema " + address + " that ships with the program is damaged", e);
        }
    }

    private static @Nullable InputStream find(String name) throws IOException {
        InputStream plain = SchemaFile.class.getResourceAsStream(name);
        if (plain != null) {
            return plain;
        }
        InputStream packed = SchemaFile.class.getResourceAsStream(name + ".gz");
        return packed == null ? null : new GZIPInputStream(packed);
    }
}
