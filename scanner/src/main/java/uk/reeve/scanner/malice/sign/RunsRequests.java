package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// Runs what a visitor of a site sends: a back door in what is served.
final class RunsRequests extends Sign {

    private static final Trait RUNS = Trait.of(
            "(?:\\beval|\\bassert(?=\\s?\\(\\s?[@$])|\\bexec|system|passthru|shell_exec|popen|create_function|call_user_func(?:_array)?|instance_eval|exec(?:sync|async|file)|new function|\\bspawn)\\s?[( ]\\s?[^\\n;]{0,120}(?:\\$_(?:get|post|request|cookie|server)\\b|cookies?\\s?[\\[.(]|request\\.(?:params|headers|cookies|body|args|form|query|get|env|values)|req\\.(?:query|body|headers|cookies|params|get|header)|params\\s?\\[|http_[a-z_]{3,30}|getparameter\\(|getheader\\(|r\\.url\\.query|formvalue\\()"
                    + "|\\$_(?:get|post|request|cookie|server)\\s?\\[[^\\n]{1,40}\\]\\s?\\(|zerodium|preg_replace\\s?\\([^\\n]{0,60}/e[\"'][^\\n]{0,60}\\$_|\\beval\\s?\\(?\\s?base64[^\\n]{0,60}(?:cookies|params)",
            "eval",
            "assert",
            "exec",
            "system",
            "passthru",
            "popen",
            "include",
            "function",
            "call_user",
            "spawn",
            "$_",
            "zerodium",
            "preg_replace");

    // Every request of a program goes through these.
    private static final Trait TAKES_OVER =
            Trait.of("\\b(?:server|incomingmessage)\\.prototype\\.(?:emit|on)\\s?=", "prototype");

    RunsRequests() {
        super(
                "runs-requests",
                "runs what visitors send it",
                62,
                "development servers evaluate on request; they are not shipped in libraries",
                "T1505.003");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.isIn(Language.PHP, Language.RUBY, Language.JAVASCRIPT, Language.PYTHON, Language.GO, Language.JAVA)) {
            int at = text.first(RUNS);
            out.add(this, text, at >= 0 ? at : text.near(TAKES_OVER, Behaviour.EVALUATES, 900));
        }
    }
}
