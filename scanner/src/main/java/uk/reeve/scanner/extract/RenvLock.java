package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// `renv.lock` of R: packages from CRAN and its mirrors, and from Bioconductor.
final class RenvLock implements Extractor {

    @Override
    public String name() {
        return "cran/renv-lock";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("renv.lock");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = file.json();
        if (root.get("Packages") == null) {
            throw new Unreadable(root.line(), "has no \"Packages\"; write it again with: renv::snapshot()");
        }
        Map<String, Integer> numbers = new HashMap<>();
        for (Map.Entry<String, Node> entry : root.fields("Packages").entrySet()) {
            add(entry.getKey(), entry.getValue(), numbers, out);
        }
        for (Map.Entry<String, Node> entry : root.fields("Packages").entrySet()) {
            Integer from = numbers.get(entry.getKey());
            for (String list : new String[] {"Requirements", "Depends", "Imports", "LinkingTo"}) {
                for (Node needed : entry.getValue().items(list)) {
                    String text = needed.text();
                    Integer to = text == null ? null : numbers.get(bare(text));
                    if (from != null && to != null && !to.equals(from)) {
                        out.edge(from, to);
                    }
                }
            }
        }
    }

    private static void add(String key, Node entry, Map<String, Integer> numbers, Sink out) {
        String name = entry.text("Package");
        name = name == null ? key : name;
        String version = entry.text("Version");
        String source = String.valueOf(entry.text("Source"));
        if (source.equals("Local") || source.equals("unknown")) {
            out.notCovered(entry.line(), name, version, "comes from no repository");
            return;
        }
        String repository = String.valueOf(entry.text("Repository"));
        boolean bioconductor =
                source.equals("Bioconductor") || repository.startsWith("Bioc") || repository.startsWith("BioC");
        Purl purl =
                Parts.purl(out, entry.line(), bioconductor ? "bioconductor" : "cran", null, name, version, Map.of());
        if (purl == null) {
            return;
        }
        int number = out.component(entry.line(), purl, Scope.RUNTIME);
        numbers.put(key, number);
        String owner = entry.text("RemoteUsername");
        if (owner != null && entry.text("RemoteRepo") != null) {
            String host = source.equals("GitHub") ? "github.com" : String.valueOf(entry.text("RemoteHost"));
            String from = "git+https://" + host + "/" + owner + "/" + entry.text("RemoteRepo") + "#"
                    + entry.text("RemoteSha");
            out.tell(number, Map.of("source", from));
        }
    }

    /// The name of `rlang (>= 1.0)`.
    private static String bare(String text) {
        int end = 0;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        return text.substring(0, end);
    }
}
