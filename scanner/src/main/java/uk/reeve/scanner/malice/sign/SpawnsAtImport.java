package uk.reeve.scanner.malice.sign;

import java.util.regex.Pattern;
import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Stage;
import uk.reeve.scanner.malice.content.Trait;

/// Programs are started as soon as the package is loaded, not when one of its functions is called.
final class SpawnsAtImport extends Sign {

    private static final Trait CALL = Trait.of(
            "^(?:(?:\\w{1,20}\\s?=\\s?)?(?:os\\.system|os\\.popen|subprocess\\.\\w{2,14}|io\\.popen|kernel\\.\\w{4,8}|shell_exec|passthru|proc_open)\\s?[(\"'`]|(?:exec|eval|system|spawn|threading\\.thread)\\s?[(\"'`])",
            "os.",
            "subprocess",
            "exec",
            "eval",
            "system",
            "passthru",
            "proc_open",
            "spawn",
            "`",
            "%x",
            "popen",
            "kernel",
            "threading");
    private static final Trait CALL_OR_QUOTE = Trait.of(
            "^(?:(?:\\w{1,20}\\s?=\\s?)?(?:os\\.system|io\\.popen|kernel\\.\\w{4,8}|shell_exec|passthru|proc_open)\\s?[(\"'`]|(?:exec|eval|system|spawn)\\s?[(\"'`]|(?:\\w{1,20}\\s?=\\s?)?(?:`|%x[({\\[]))");
    private static final Trait JAVASCRIPT = Trait.of(
            "(?<![.\\w])(?:require\\s?\\(\\s?[\"'](?:node:)?child_process[\"']\\s?\\)\\s?\\.\\s?|child_process\\s?\\.\\s?|\\bcp\\.)?(?:exec|execsync|spawn|spawnsync|execfile|execfilesync|fork)\\s?\\(",
            "exec",
            "spawn",
            "fork");
    private static final Trait GO = Trait.of(
            "func\\s{1,3}init\\s?\\(\\s?\\)\\s?\\{[^}]{0,600}(?:exec\\.command|http\\.get|go\\s{1,3}\\w{1,30}\\s?\\()|^var\\s{1,3}\\w{1,30}\\s?=\\s?(?:func\\(\\)|exec\\.command|\\w{1,30}\\(\\))[^\\n]{0,200}",
            "init",
            "var");

    private static final Pattern RUNS = Pattern.compile(
            "\\s|#|if\\b(?!\\s{1,3}__name__)|else\\b|elif\\b|try\\b|except\\b|finally\\b|with\\b|for\\b|while\\b");
    private static final Pattern DEFINES = Pattern.compile("def\\s|class\\s|async\\s|@");

    SpawnsAtImport() {
        super(
                "spawns-at-import",
                "starts programs, or runs text, as soon as it is loaded",
                20,
                "libraries wait until they are called",
                "T1059",
                "T1129");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.stage() != Stage.LOAD) {
            return;
        }
        if (text.isIn(Language.JAVASCRIPT) && text.lower().contains("child_process")) {
            for (int at : text.hits(JAVASCRIPT)) {
                if (depth(text.lower(), at) == 0) {
                    out.add(this, text, at);
                    return;
                }
            }
        } else if (text.isIn(Language.PYTHON, Language.RUBY, Language.PHP)) {
            boolean runs = true; // whether the block that the line lies in runs as the file is loaded
            for (int at = 0; at >= 0 && at < text.lower().length(); at = next(text.lower(), at)) {
                int start = at;
                while (start < text.lower().length() - 1
                        && " \t".indexOf(text.lower().charAt(start)) >= 0) {
                    start++;
                }
                char first = text.lower().charAt(start);
                if (first == '\n' || first == '\r') {
                    continue;
                }
                if (start == at) {
                    runs = !text.isIn(Language.PYTHON)
                            || RUNS.matcher(text.lower())
                                    .region(at, text.lower().length())
                                    .lookingAt();
                } else if (!runs
                        || !text.isIn(Language.PYTHON)
                        || DEFINES.matcher(text.lower())
                                .region(start, text.lower().length())
                                .lookingAt()) {
                    runs = false;
                    continue;
                }
                FileText line = FileText.of(text.path(), text.language(), text.stage(), line(text.text(), start));
                if (line.first(text.isIn(Language.PYTHON) ? CALL : CALL_OR_QUOTE) == 0) {
                    out.add(this, text, start);
                    return;
                }
            }
        } else if (text.isIn(Language.GO)) {
            out.add(this, text, text.has(Behaviour.SPAWNS) ? text.first(GO) : -1);
        }
    }

    private static int next(String text, int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? -1 : end + 1;
    }

    private static String line(String text, int at) {
        int end = text.indexOf('\n', at);
        return text.substring(at, Math.min(end < 0 ? text.length() : end, at + 300));
    }

    // Braces that are open before it; those of a function that is called where it stands do not count.
    private static int depth(String text, int at) {
        int depth = 0;
        boolean inFunction = false;
        for (int i = 0; i < at; i++) {
            char c = text.charAt(i);
            if (c == '{') {
                depth++;
                inFunction |= depth == 1 && !isCalledAtOnce(text, i);
            } else if (c == '}') {
                depth = Math.max(0, depth - 1);
                inFunction &= depth > 0;
            }
        }
        return inFunction ? depth : 0;
    }

    private static boolean isCalledAtOnce(String text, int brace) {
        String before = text.substring(Math.max(0, brace - 60), brace).strip();
        int line = before.lastIndexOf('\n');
        String head = line < 0 ? before : before.substring(line + 1);
        return head.endsWith("try")
                || head.endsWith("else")
                || head.strip().startsWith("if")
                || head.contains("(function")
                || head.contains("!function")
                || head.contains("(async")
                || head.contains("(() =>")
                || head.contains("(()=>")
                || head.contains("settimeout")
                || head.contains("setimmediate")
                || head.contains("nexttick");
    }
}
