package uk.reeve.scanner.malice.sign;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;

/// A name in code that mixes Latin letters with others that look alike: two names that a reader takes for one.
final class MixedLetters extends Sign {

    private static final Pattern MIXED =
            Pattern.compile("[A-Za-z]{1,30}[\u0370-\u03ff\u0400-\u04ff]{1,4}[A-Za-z]{1,30}");
    private static final String ALIKE =
            "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d\u03bf\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425";

    MixedLetters() {
        super(
                "mixed-letters",
                "mixes letters that look alike within a name",
                62,
                "nobody types two alphabets in one name by chance",
                "T1036",
                "T1027");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (!text.isIn(
                Language.JAVASCRIPT,
                Language.PYTHON,
                Language.RUBY,
                Language.PHP,
                Language.RUST,
                Language.GO,
                Language.JAVA,
                Language.CSHARP)) {
            return;
        }
        if (text.text()
                .chars()
                .noneMatch(c -> ALIKE.indexOf(c) >= 0)) { // nearly always, and told at a fraction of the cost
            return;
        }
        Matcher mixed = MIXED.matcher(text.text());
        while (mixed.find()) {
            String word = mixed.group();
            boolean alike = word.chars().filter(c -> c > 0x36f).allMatch(c -> ALIKE.indexOf(c) >= 0);
            if (alike && !word.contains("\\")) {
                out.add(this, text, mixed.start());
                return;
            }
        }
    }
}
