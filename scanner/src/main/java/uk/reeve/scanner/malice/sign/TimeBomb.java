package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Trait;

/// Waits for a date, then ends the program or deletes.
final class TimeBomb extends Sign {

    private static final Trait DATE = Trait.of(
            "(?:date\\.now\\(\\)|new date\\(\\)|datetime\\.(?:now|today|utcnow)\\s?(?:\\(\\))?|date\\.today\\(\\)|time\\.time\\(\\)|time\\.now(?:\\(\\))?|localdate\\.now\\(\\)|localdatetime\\.now\\(\\)|system\\.currenttimemillis\\(\\)|\\btime\\(\\))[^\\n]{0,40}[<>]=?\\s?(?:new date\\(|datetime|date\\(|\\d{9,13}|time\\.|localdate|strtotime|[\"'])|\\.(?:after|isafter)\\s?\\(|getfullyear\\(\\)\\s?[>=]{1,3}\\s?20\\d\\d",
            "date",
            "time",
            "getfullyear");

    TimeBomb() {
        super(
                "time-bomb",
                "ends the program, or deletes, from a date on",
                45,
                "licences that run out do so as well",
                "T1480",
                "T1499");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode() && text.text().length() < 60_000) {
            out.add(this, text, text.near(DATE, Sabotages.HARMS, 250));
        }
    }
}
