package uk.reeve.scanner.extract;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.io.input.BoundedInputStream;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.input.YamlInput;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// A gem: a TAR whose `metadata.gz` is the specification in YAML. Source: RubyGems, `Gem::Package`.
final class GemPackage implements ArchiveExtractor {

    private static final String METADATA = "metadata.gz";
    private static final long MOST_BYTES = 16 << 20;

    @Override
    public String name() {
        return "gem/package";
    }

    @Override
    public boolean wants(ScanPath path, ArchiveFiles inside) {
        return path.fileName().endsWith(".gem") && inside.file(METADATA) != null;
    }

    @Override
    public boolean keeps(ScanPath inside) {
        return inside.value().equals(METADATA);
    }

    @Override
    public void extract(ScanPath path, ArchiveFiles inside, Sink out) throws IOException, Unreadable {
        ScanFile metadata = inside.file(METADATA);
        if (metadata == null) {
            return;
        }
        Node gem = read(metadata);
        Node version = gem.get("version");
        Purl purl = Parts.purl(
                out, 0, "gem", null, gem.text("name"), version == null ? null : version.text("version"), Map.of());
        if (purl == null) {
            return;
        }
        int number = out.component(0, purl, Scope.RUNTIME);
        out.direct(number);
        List<Node> licences = gem.items("licenses");
        @Nullable String licence = licences.size() == 1 ? licences.getFirst().text() : null;
        if (licence != null) {
            out.tell(number, Map.of("licence", licence));
        }
    }

    private static Node read(ScanFile metadata) throws IOException, Unreadable {
        try (InputStream packed = metadata.open();
                InputStream in = BoundedInputStream.builder()
                        .setInputStream(new GZIPInputStream(packed))
                        .setMaxCount(MOST_BYTES)
                        .setOnMaxCount((_, _) -> {
                            throw new IOException(METADATA + " has more than " + (MOST_BYTES >> 20) + " MiB");
                        })
                        .get()) {
            return YamlInput.read(in);
        }
    }
}
