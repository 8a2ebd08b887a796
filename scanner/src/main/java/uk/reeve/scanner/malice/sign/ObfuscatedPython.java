package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// Python that hides what it does: chains of `__import__`, names that cannot be told apart, characters put together by
/// number, a packer's frame.
final class ObfuscatedPython extends Sign {

    private static final Trait HIDDEN = Trait.of(
            "lambda\\s{1,3}_{1,8}\\s?:\\s?__import__|__pyarmor|pyarmor_runtime|\\b(?=[il1]{8,}\\b)(?=[il1]*[il][il1]*1|[il1]{8,})[il][il1]{7,}\\s?[=(]|\\bo[o0]{7,}\\s?[=(]|(?:chr\\s?\\(\\s?\\d{2,3}\\s?\\)\\s?\\+\\s?){6}"
                    + "|join\\s?\\(\\s?(?:map\\s?\\(\\s?chr\\s?,\\s?[\\[(]\\s?\\d|\\[?\\s?chr\\s?\\(\\s?(?:int\\s?\\(|[^()\\n]{0,30}(?:\\^|[-+]\\s?\\d)|ord\\([^()\\n]{1,20}\\)\\s?[-+^])|\\[?\\s?chr\\s?\\(\\w{1,20}\\)\\s?for\\s\\w{1,20}\\sin\\s?[\\[(]\\s?\\d)|(?:\\\\x[0-9a-f]{2}){24}[^\\n]{0,4000}(?:exec|eval)|getattr\\s?\\(\\s?__import__\\s?\\(\\s?(?:[\"'](?:os|subprocess|builtins|ctypes|socket|base64|zlib|marshal)|bytes|''\\.join|[a-z0-9_]{0,20}decode)|__import__\\s?\\(\\s?[\"'](?:os|subprocess|builtins|ctypes|socket)[\"']\\s?\\)\\.\\w{1,20}\\s?\\("
                    + "|__import__\\s?\\(\\s?(?:[\"'][a-z]{1,3}[\"']\\s?\\+|[\"'][a-z]{2,20}[\"']\\[::-1\\]|b64|base64|''\\.join|bytes)|getattr\\s?\\([^\\n]{0,60},\\s?[\"'](?:ev|ex|sys)[\"']\\s?\\+|globals\\(\\)\\[[^\\n]{0,60}(?:\\+|\\[::-1\\]|join)|vars\\(\\)\\[[^\\n]{0,40}join",
            "__import__", "pyarmor", "ii", "ll", "l1", "oo", "o0", "0o", "chr", "\\x", "getattr", "globals", "vars()");

    ObfuscatedPython() {
        super(
                "obfuscated-python",
                "has Python that was made unreadable on purpose",
                45,
                "a few commercial packages protect their code so; open source has no reason to",
                "T1027",
                "T1059.006");
    }

    @Override
    public void look(FileText text, Sightings out) {
        out.add(this, text, first(text));
    }

    /// Where it is met; -1 where it is not.
    static int first(FileText text) {
        return text.isIn(Language.PYTHON) ? text.first(HIDDEN) : -1;
    }
}
