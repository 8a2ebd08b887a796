package uk.reeve.scanner.malice.sign;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// JavaScript as obfuscation tools write it: names like `_0x3fa2`, a table of strings that is rotated before use, or a
/// language of six characters. Minifying, which is honest and common, shortens names and does none of that.
final class ObfuscatedJavaScript extends Sign {

    private static final Pattern HEX_NAME = Pattern.compile("\\b_0x[0-9a-f]{2,8}\\b");
    private static final Trait TABLE = Trait.of(
            "while\\s?\\(\\s?!!\\s?(?:\\[\\]|true)\\s?\\)|\\['push'\\]\\(\\w{1,20}\\['shift'\\]\\(\\)\\)|\\[\\\\x70\\\\x75|(?:\\\\x[0-9a-f]{2}){12}|\\(!\\[\\]\\+\\[\\]\\)|\\[\\]\\[\\(!\\[\\]|\\$=~\\[\\]|\uff9f\u03c9\uff9f|\\b(?:[il1]{7,}|[o0]{7,})\\b\\s?[=(,]|string\\.fromcharcode\\((?:\\s?\\d{2,3}\\s?,){12}|eval\\(function\\(p,a,c,k,e,|\\brequire\\s?\\(\\s?[\"'`][\\w/:-]{1,12}[\"'`]\\s?\\+\\s?[\"'`]",
            "while",
            "'push'",
            "\\x",
            "![]",
            "[](",
            "=~[]",
            "\uff9f",
            "ii",
            "ll",
            "l1",
            "1l",
            "il",
            "li",
            "o0",
            "0o",
            "fromcharcode",
            "p,a,c,k",
            "require");
    private static final int MANY = 12;

    ObfuscatedJavaScript() {
        super(
                "obfuscated-javascript",
                "has JavaScript that was made unreadable on purpose",
                45,
                "a few commercial packages protect their code so; open source has no reason to",
                "T1027",
                "T1059.007");
    }

    @Override
    public void look(FileText text, Sightings out) {
        out.add(this, text, first(text));
    }

    /// Where it is met; -1 where it is not.
    static int first(FileText text) {
        if (!text.isIn(Language.JAVASCRIPT)) {
            return -1;
        }
        int first = -1;
        int count = 0;
        Matcher names = HEX_NAME.matcher(text.lower());
        while (count < MANY && text.lower().contains("_0x") && names.find()) {
            first = first < 0 ? names.start() : first;
            count++;
        }
        int table = text.first(TABLE);
        boolean isTable = table >= 0 && !text.lower().startsWith("while", table);
        return count >= MANY || (count >= 4 && table >= 0) ? first : isTable ? table : -1;
    }
}
