package uk.reeve.engine.sbom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Unreadable;

/// An SBOM inside an attestation: an in-toto statement's `predicate` (also as cosign's `predicate.Data`), whole or as
/// the payload of a DSSE envelope, which may lie in a Sigstore bundle. No signature is checked.
final class SbomAttestation {

    /// An attestation is held in memory; one this large is no longer one.
    private static final int MOST_BYTES = 128 << 20;

    /// Bundle, envelope, statement.
    private static final int MOST_LAYERS = 4;

    /// Lines that are written out before a predicate so that its own are counted from the file's beginning.
    private static final int MOST_LINES = 32 << 10;

    private final byte[] bytes;
    private final int layer;
    private @Nullable InputStream found;
    private @Nullable String predicateType;

    private SbomAttestation(byte[] bytes, int layer) {
        this.bytes = bytes;
        this.layer = layer;
    }

    /// @param layer how many attestations this one lies in
    static Sbom read(InputStream in, int layer) throws IOException, Unreadable {
        int mark = 3;
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new Unreadable(0, "is an attestation of more than 128 MB; take the SBOM out of it");
        }
        if (bytes.length >= mark && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            bytes = Arrays.copyOfRange(bytes, mark, bytes.length);
        }
        return SbomReader.read(new SbomAttestation(bytes, layer + 1).predicate(), layer + 1);
    }

    /// The bytes of the SBOM, with as many empty lines before them as stand before it.
    private InputStream predicate() throws IOException, Unreadable {
        if (layer > MOST_LAYERS) {
            throw new Unreadable(0, "is an attestation within an attestation, more than " + MOST_LAYERS + " deep");
        }
        try (JsonParser parser = JsonInput.parser(new ByteArrayInputStream(bytes))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Unreadable(0, "is an attestation whose payload is no JSON object; export it again");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "predicate" -> predicate(parser);
                    case "dsseEnvelope" -> found = inner(slice(parser));
                    case "payload" -> found = inner(decoded(parser));
                    case "predicateType" -> predicateType = parser.getString();
                    default -> parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            Unreadable plain = JsonInput.unreadable(e);
            throw plain.getMessage().startsWith("stops in the middle")
                    ? new Unreadable(plain.line(), "stops in the middle of an attestation; export it again", e)
                    : plain;
        }
        if (found == null) {
            throw new Unreadable(1, "is an attestation" + ofType() + ", and holds no SBOM");
        }
        return found;
    }

    private String ofType() {
        return predicateType == null ? "" : " of the type " + CycloneDxWords.quote(predicateType);
    }

    private void predicate(JsonParser parser) throws Unreadable {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            found = stream(parser.getString().getBytes(StandardCharsets.UTF_8), 0);
            return;
        }
        int line = JsonInput.line(parser);
        int from = (int) parser.currentTokenLocation().getByteOffset();
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        InputStream data = null;
        while (object && parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("Data") && parser.currentToken() == JsonToken.VALUE_STRING) {
                data = stream(parser.getString().getBytes(StandardCharsets.UTF_8), 0);
            } else if (name.equals("Data")) {
                int dataLine = JsonInput.line(parser);
                data = stream(slice(parser), dataLine - 1);
            } else {
                parser.skipChildren();
            }
        }
        if (!object) {
            parser.skipChildren();
        }
        int to = (int) parser.currentLocation().getByteOffset();
        found = data != null ? data : stream(Arrays.copyOfRange(bytes, from, to), line - 1);
    }

    private InputStream inner(byte[] within) throws IOException, Unreadable {
        return new SbomAttestation(within, layer + 1).predicate();
    }

    /// The bytes of the value at which the parser stands.
    private byte[] slice(JsonParser parser) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        return Arrays.copyOfRange(bytes, from, (int) parser.currentLocation().getByteOffset());
    }

    private static byte[] decoded(JsonParser parser) throws Unreadable {
        String text = parser.getString();
        try {
            boolean url = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
            return (url ? Base64.getUrlDecoder() : Base64.getMimeDecoder()).decode(text);
        } catch (IllegalArgumentException e) {
            throw new Unreadable(JsonInput.line(parser), "has a payload that is no Base64: " + e.getMessage(), e);
        }
    }

    private static InputStream stream(byte[] sbom, int linesBefore) {
        if (linesBefore <= 0 || linesBefore > MOST_LINES) {
            return new ByteArrayInputStream(sbom);
        }
        byte[] lines = new byte[linesBefore];
        Arrays.fill(lines, (byte) '\n');
        return new SequenceInputStream(new ByteArrayInputStream(lines), new ByteArrayInputStream(sbom));
    }
}
