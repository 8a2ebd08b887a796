package uk.reeve.engine.vex;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.input.XmlInput;
import uk.reeve.engine.sbom.Problem;

/// Statements as a document makes them.
///
/// @param format `OpenVEX`, `CSAF` or `CycloneDX`
/// @param formatVersion as told, without a prefix; empty where none is told
/// @param timestamp null where none is told
/// @param statements in the order of the document; empty where it takes no position
/// @param warnings one for each statement or part of one that is wrong where it is met; the rest was kept
public record VexDocument(
        String format,
        String formatVersion,
        Source source,
        @Nullable Instant timestamp,
        List<Statement> statements,
        List<Problem> warnings) {

    /// Reads OpenVEX (JSON), CSAF 2.0 and 2.1 (JSON), or CycloneDX (JSON, XML): the content decides. Closes the
    /// stream.
    public static VexDocument read(InputStream in) throws IOException, Unreadable {
        BufferedInputStream buffered = new BufferedInputStream(in);
        if (first(buffered) == '<') {
            return new CycloneDxVexReader(CycloneDxXml.node(XmlInput.read(buffered))).read();
        }
        Node root = JsonInput.read(buffered);
        if (!(root instanceof Node.Fields)) {
            throw new Unreadable(root.line(), "is no VEX document, which is an object; " + EXPECTED);
        }
        if ("CycloneDX".equals(root.text("bomFormat"))) {
            return new CycloneDxVexReader(root).read();
        }
        if (root.get("document") instanceof Node.Fields document && document.get("csaf_version") != null) {
            return new CsafReader(root).read();
        }
        String context = root.text("@context");
        if (context != null && context.contains("openvex.dev/ns")) {
            return new OpenVexReader(root, context).read();
        }
        throw new Unreadable(1, "is no VEX document; " + EXPECTED);
    }

    private static final String EXPECTED =
            "OpenVEX has an @context of openvex.dev, CSAF a document with csaf_version, CycloneDX a bomFormat";

    /// The first byte that is no blank and no byte order mark, or -1; the stream stands at its beginning again.
    private static int first(BufferedInputStream in) throws IOException {
        int limit = 4_096;
        in.mark(limit);
        int b = -1;
        for (int i = 0; i < limit; i++) {
            b = in.read();
            boolean mark = b == 0xEF || b == 0xBB || b == 0xBF || b == 0xFE || b == 0xFF;
            if (b < 0 || (b > ' ' && !mark)) {
                break;
            }
        }
        in.reset();
        return b;
    }
}
