package uk.reeve.scanner.extract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// A script that was copied into a web folder: what its first mebibyte tells of the libraries in it is exact, what only
/// its name tells is *possible*. Below `node_modules` the packages speak for themselves.
final class WebLibrary implements Extractor {

    private static final int MOST_BYTES = 1 << 20;

    @Override
    public String name() {
        return "npm/web-library";
    }

    @Override
    public boolean installed() {
        return true;
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        String name = path.fileName().toLowerCase(Locale.ROOT);
        return name.endsWith(".js") && !("/" + path.value()).contains("/node_modules/");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        byte[] bytes;
        try (InputStream in = file.open()) {
            bytes = in.readNBytes(MOST_BYTES);
        }
        WebLibraries known = WebLibraries.KNOWN;
        Map<String, String> found = new TreeMap<>(known.byContent(new String(bytes, StandardCharsets.ISO_8859_1)));
        if (found.isEmpty() && bytes.length < MOST_BYTES) {
            found.putAll(known.byDigest(digest(bytes)));
        }
        for (Map.Entry<String, String> library : found.entrySet()) {
            Purl purl = Npm.purl(out, 0, library.getKey(), library.getValue());
            if (purl != null) {
                out.component(0, purl, Scope.RUNTIME);
            }
        }
        for (Map.Entry<String, String> library :
                known.byName(file.path().fileName()).entrySet()) {
            Purl purl =
                    found.containsKey(library.getKey()) ? null : Npm.purl(out, 0, library.getKey(), library.getValue());
            if (purl != null) {
                out.minimum(0, purl, Scope.RUNTIME);
            }
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
