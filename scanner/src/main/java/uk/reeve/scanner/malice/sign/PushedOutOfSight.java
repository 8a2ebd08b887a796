package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// Code behind more blanks than any screen is wide, after something harmless.
final class PushedOutOfSight extends Sign {

    private static final Trait PUSHED = Trait.of("[;,{}()\"'\\w][ \\t]{120,}[;a-z_$(]", "          ");

    PushedOutOfSight() {
        super(
                "pushed-out-of-sight",
                "has code pushed out of sight by blanks",
                40,
                "tables of data are aligned, but no statement follows a hundred blanks",
                "T1027");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (!text.isIn(
                Language.JAVASCRIPT,
                Language.PYTHON,
                Language.RUBY,
                Language.PHP,
                Language.SHELL,
                Language.GO,
                Language.RUST)) {
            return;
        }
        for (int at : text.hits(PUSHED)) {
            int blank = at + 1;
            while (text.lower().charAt(blank) == ' ' || text.lower().charAt(blank) == '\t') {
                blank++;
            }
            FileText behind = FileText.of(text.path(), text.language(), text.stage(), rest(text, blank));
            if (behind.has(Behaviour.EVALUATES)
                    || behind.has(Behaviour.SPAWNS)
                    || behind.has(Behaviour.FETCHES)
                    || behind.has(Behaviour.DECODES)
                    || behind.lower().contains("import")
                    || behind.lower().contains("require")) {
                out.add(this, text, blank);
                return;
            }
        }
    }

    private static String rest(FileText text, int from) {
        int end = text.text().indexOf('\n', from);
        return text.text().substring(from, Math.min(end < 0 ? text.text().length() : end, from + 2_000));
    }
}
