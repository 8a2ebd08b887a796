package uk.reeve.engine.sbom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import uk.reeve.engine.input.Limits;
import uk.reeve.engine.input.Unreadable;

/// Reads an SBOM of any format; the content decides which, not the file's name.
///
/// CycloneDX 1.0 to 1.7 (JSON, XML), SPDX 2 (JSON, tag-value, YAML, RDF/XML), SPDX 3 (JSON-LD), and those inside an
/// in-toto statement, a DSSE envelope or a Sigstore bundle.
public final class SbomReader {

    private static final int HEAD_BYTES = 64 << 10;

    private SbomReader() {}

    /// Whether a file that begins so is an SBOM. Cheap, and shy: another JSON or XML file never looks like one, and an
    /// SBOM whose own words come late may be missed.
    ///
    /// @param head the first 8 KB of the file as text
    public static boolean looksLikeSbom(String head) {
        if (head.indexOf('\0') >= 0) { // UTF-16, decoded as something else
            return looksLikeSbom(head.replace("\0", "").replace("\uFFFD", ""));
        }
        SbomKind kind = SbomKind.of(head);
        if (kind == null) {
            return false;
        }
        return switch (kind) {
            case CYCLONEDX_JSON ->
                head.contains("\"bomFormat\"")
                        || head.contains("http://cyclonedx.org/schema/bom")
                        || head.contains("\"bom-ref\"")
                        || (head.contains("\"purl\"") && head.contains("\"pkg:"))
                        || (head.contains("\"specVersion\"") && head.contains("\"serialNumber\""));
            case SPDX_JSON -> head.contains("\"spdxVersion\"") || head.contains("\"SPDXID\"");
            case SPDX_3 -> head.contains("spdx.org/rdf/3") || head.contains("\"spdxId\"");
            case SPDX_TAGS -> head.contains("SPDXVersion:") || head.contains("SPDXID:");
            case SPDX_YAML -> head.contains("spdxVersion") || head.contains("SPDXID");
            case CYCLONEDX_XML, SPDX_RDF -> true;
            case ATTESTATION -> namesSbom(head) || namesSbom(payload(head));
        };
    }

    /// The whole document.
    ///
    /// @param in the caller closes it
    public static Sbom read(InputStream in) throws IOException, Unreadable {
        try {
            return read(in, 0);
        } catch (TooMany e) {
            throw new Unreadable(
                    e.line(),
                    "lists more than %,d components; split it by part of the product".formatted(Limits.COMPONENTS));
        }
    }

    /// @param layer how many attestations the document lies in
    static Sbom read(InputStream in, int layer) throws IOException, Unreadable {
        byte[] head = in.readNBytes(HEAD_BYTES);
        InputStream whole = head.length < HEAD_BYTES
                ? new ByteArrayInputStream(head)
                : new SequenceInputStream(new ByteArrayInputStream(head), in);
        String text = new String(head, charset(head));
        SbomKind kind = SbomKind.of(text);
        if (kind == null) {
            throw unknown(text);
        }
        return switch (kind) {
            case CYCLONEDX_JSON -> CycloneDxJson.read(whole);
            case CYCLONEDX_XML -> CycloneDxXml.read(whole);
            case SPDX_JSON -> SpdxJson.read(whole);
            case SPDX_TAGS -> SpdxTagValue.read(whole);
            case SPDX_YAML -> SpdxYaml.read(whole);
            case SPDX_RDF -> SpdxRdf.read(whole);
            case SPDX_3 -> Spdx3.read(whole);
            case ATTESTATION -> SbomAttestation.read(whole, layer);
        };
    }

    /// Bytes as characters, one each where it is no UTF-16: every name that decides is ASCII.
    private static Charset charset(byte[] head) {
        if (head.length > 1) {
            int a = head[0] & 0xff;
            int b = head[1] & 0xff;
            if ((a == 0xFE && b == 0xFF) || (a == 0 && b != 0)) {
                return StandardCharsets.UTF_16BE;
            }
            if ((a == 0xFF && b == 0xFE) || (b == 0 && a != 0)) {
                return StandardCharsets.UTF_16LE;
            }
            if (a == 0xEF && b == 0xBB) {
                return StandardCharsets.UTF_8;
            }
        }
        return StandardCharsets.ISO_8859_1;
    }

    private static Unreadable unknown(String text) {
        String start = text.strip();
        if (start.isEmpty()) {
            return new Unreadable(1, "is empty, where an SBOM was expected");
        }
        char first = start.charAt(0);
        String what = first == '{' || first == '['
                ? "is JSON, and no SBOM: it names neither bomFormat (CycloneDX) nor spdxVersion or @context (SPDX)"
                : first == '<'
                        ? "is XML, and no SBOM: it names the namespace neither of CycloneDX nor of SPDX"
                        : "is no SBOM that is read here";
        return new Unreadable(1, what + "; export it as CycloneDX JSON or XML, or as SPDX");
    }

    private static boolean namesSbom(String text) {
        return text.contains("cyclonedx.org/bom") || text.contains("spdx.dev/Document") || text.contains("bomFormat");
    }

    /// The beginning of an envelope's payload in plain text; empty where there is none.
    private static String payload(String head) {
        int name = head.indexOf("\"payload\"");
        int from = name < 0 ? -1 : head.indexOf('"', name + "\"payload\"".length()) + 1;
        if (from <= 0) {
            return "";
        }
        int to = head.indexOf('"', from);
        to = to < 0 ? head.length() : to;
        try {
            byte[] plain = Base64.getDecoder().decode(head.substring(from, from + (to - from) / 4 * 4));
            return new String(plain, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
