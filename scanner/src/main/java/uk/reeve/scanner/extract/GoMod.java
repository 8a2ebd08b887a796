package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// `go.mod`: the versions that a Go module requires, `replace` obeyed. Its `go` and `toolchain` lines are least
/// versions of the standard library; only a built program knows the one in it.
///
/// Source: Go Modules Reference, "go.mod files".
final class GoMod implements Extractor {

    @Override
    public String name() {
        return "golang/go-mod";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        return path.fileName().equals("go.mod");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Reading reading = new Reading(out);
        file.lines(reading);
        if (!reading.known) {
            throw new Unreadable(1, "has no module, go or require line; write it again with: go mod tidy");
        }
        if (!reading.block.isEmpty()) {
            String sign = "the \"" + reading.block + " (\" of line " + reading.blockLine + " is never closed";
            out.problem(reading.blockLine, ScanFile.cut(sign, "go mod tidy"));
        }
        reading.finish();
    }

    /// The purl of a module: its path's last part is the name.
    static @Nullable Purl purl(Sink out, int line, String module, String version) {
        int slash = module.lastIndexOf('/');
        String namespace = slash < 0 ? null : module.substring(0, slash);
        return Parts.purl(out, line, "golang", namespace, module.substring(slash + 1), version, Map.of());
    }

    private record Require(int line, String module, String version, boolean direct) {}

    private static final class Reading implements ScanFile.Lines {

        private final Sink out;
        private final List<Require> required = new ArrayList<>();
        /// `module` or `module@version` to what replaces it.
        private final Map<String, List<String>> replaced = new HashMap<>();
        private String block = "";
        private int blockLine;
        private String least = "";
        private int leastLine;
        private boolean known;

        Reading(Sink out) {
            this.out = out;
        }

        @Override
        public void line(int number, String text) {
            int comment = text.indexOf("//");
            String remark = comment < 0 ? "" : text.substring(comment + 2).strip();
            List<String> words = words(comment < 0 ? text : text.substring(0, comment));
            if (words.isEmpty()) {
                return;
            }
            if (!block.isEmpty()) {
                if (words.getFirst().equals(")")) {
                    block = "";
                } else {
                    directive(number, block, words, remark);
                }
            } else if (words.size() == 2 && words.get(1).equals("(")) {
                block = words.getFirst();
                blockLine = number;
                known |= block.equals("require");
            } else {
                directive(number, words.getFirst(), words.subList(1, words.size()), remark);
            }
        }

        private void directive(int number, String verb, List<String> words, String remark) {
            switch (verb) {
                case "require" -> {
                    known = true;
                    if (words.size() == 2) {
                        boolean indirect = remark.equals("indirect") || remark.startsWith("indirect;");
                        required.add(new Require(number, words.get(0), words.get(1), !indirect));
                    } else {
                        out.problem(
                                number,
                                "\"require " + Parts.shown(String.join(" ", words))
                                        + "\" is not a module and a version; run: go mod tidy");
                    }
                }
                case "replace" -> replace(words);
                case "go" -> {
                    known = true;
                    if (words.size() == 1 && least.isEmpty()) {
                        least = words.getFirst();
                        leastLine = number;
                    }
                }
                case "toolchain" -> {
                    if (words.size() == 1 && words.getFirst().startsWith("go1")) {
                        least = words.getFirst().substring(2);
                        leastLine = number;
                    }
                }
                case "module" -> known = true;
                default -> {} // exclude, retract, tool, godebug and ignore name nothing that is built in
            }
        }

        private void replace(List<String> words) {
            int arrow = words.indexOf("=>");
            if (arrow == 1 || arrow == 2) {
                replaced.put(String.join("@", words.subList(0, arrow)), words.subList(arrow + 1, words.size()));
            }
        }

        void finish() {
            if (!least.isEmpty()) {
                Purl standard = Parts.purl(out, leastLine, "golang", null, "stdlib", least, Map.of());
                if (standard != null) {
                    out.minimum(leastLine, standard, Scope.RUNTIME);
                }
            }
            for (Require require : required) {
                List<String> other = replaced.get(require.module + "@" + require.version);
                if (other == null) {
                    other = replaced.get(require.module);
                }
                if (other != null && other.size() == 1) {
                    out.notCovered(
                            require.line,
                            require.module,
                            require.version,
                            "replaced by the folder " + other.getFirst());
                    continue;
                }
                String module = require.module;
                String version = require.version;
                if (other != null && other.size() == 2) {
                    module = other.get(0);
                    version = other.get(1);
                }
                Purl purl = purl(out, require.line, module, version);
                if (purl != null) {
                    int number = out.component(require.line, purl, Scope.RUNTIME);
                    if (require.direct) {
                        out.direct(number);
                    }
                }
            }
        }

        private static List<String> words(String line) {
            List<String> words = new ArrayList<>();
            for (int i = 0; i < line.length(); ) {
                char c = line.charAt(i);
                if (Character.isWhitespace(c)) {
                    i++;
                    continue;
                }
                int end = i + 1;
                if (c == '"' || c == '`') {
                    int close = line.indexOf(c, i + 1);
                    end = close < 0 ? line.length() : close;
                    words.add(line.substring(i + 1, end));
                    i = end + 1;
                    continue;
                }
                while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
                    end++;
                }
                words.add(line.substring(i, end));
                i = end;
            }
            return words;
        }
    }
}
