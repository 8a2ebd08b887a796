package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// What a server answers is run as code: `eval(response)`, `exec(requests.get(…).text)`, `new Function(body)()`.
final class EvaluatesDownload extends Sign {

    private static final Trait NESTED = Trait.of(
            "(?:\\beval|\\bexec|new function|instance_eval|class_eval|module_eval|_compile|\\bassert(?=\\s?\\(\\s?[@$])|(?:pickle|marshal|dill)\\.loads)\\s?[( ]\\s?[^\\n;]{0,120}(?:urlopen|requests\\.get|requests\\.post|httpx\\.get|net::http\\.get|uri\\.open|open\\s?\\(\\s?[\"']https?:|open\\(uri|file_get_contents\\s?\\(\\s?[\"']?(?:https?:|\\$)|curl_exec|fetch\\s?\\(|axios|httparty|http\\.get|response\\.(?:data|body|text)|res\\.(?:data|body|text)|\\.data\\.\\w{1,20}\\)|restclient)"
                    + "|\\.then\\s?\\(\\s?(?:\\(?\\s?\\w{1,20}\\s?\\)?\\s?=>\\s?)?\\(?\\s?(?:eval\\b|new function)"
                    + "|\\bon\\s?\\(\\s?[\"'](?:data|end)[\"'][^\\n]{0,200}(?:\\beval\\s?\\(|new function|_compile|runin)",
            "eval",
            "exec",
            "function",
            "_compile",
            "assert",
            "loads");
    private static final int NEAR = 500;

    EvaluatesDownload() {
        super(
                "evaluates-download",
                "runs as code what a server answers",
                66,
                "loaders of modules from the web do so, and say so; nothing else should",
                "T1059",
                "T1105");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (!text.isIn(
                Language.JAVASCRIPT,
                Language.PYTHON,
                Language.RUBY,
                Language.PHP,
                Language.SHELL,
                Language.POWERSHELL)) {
            return;
        }
        int at = text.first(NESTED);
        if (at < 0 && Addresses.firstUnexpected(text) >= 0 && text.text().length() < 50_000) {
            at = text.near(Behaviour.EVALUATES, Behaviour.FETCHES, NEAR);
        }
        out.add(this, text, at);
    }
}
