package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Stage;
import uk.reeve.scanner.malice.content.Trait;

/// Makes the program that uses it fail on purpose: a loop without end as it is loaded, damage by country.
final class Sabotages extends Sign {

    private static final Trait LOOPS = Trait.of(
            "for\\s?\\(\\s?(?:let|var)\\s\\w{1,10}\\s?=\\s?\\d{1,6}\\s?;\\s?\\w{1,10}\\s?<\\s?infinity|while\\s?\\(\\s?(?:true|1)\\s?\\)\\s?\\{?\\s?console\\.log|while\\s{1,2}true:\\s{1,20}print",
            "infinity",
            "while");
    private static final Trait COUNTRY = Trait.of(
            "country(?:_?name|_?code)?[\"'\\]]{0,3}[^\\n]{0,60}(?:russia|belarus|iran|israel|china|ukraine|\\bru\\b|\\bby\\b)|(?:russia|belarus)[^\\n]{0,100}(?:includes|in\\b|===?)|api\\.ipgeolocation|geoip|ip-api|timezone[^\\n]{0,60}(?:moscow|tehran|jerusalem|tel_aviv|minsk)|resolvedoptions\\(\\)\\.timezone|(?:moscow|minsk|tehran)",
            "country",
            "russia",
            "belarus",
            "geo",
            "ip-api",
            "timezone",
            "moscow",
            "minsk",
            "tehran");
    static final Trait HARMS = Trait.of(
            "writefile(?:sync)?\\s?\\(|unlink|rmsync|rmtree|os\\.remove|process\\.(?:exit|kill|abort)|os\\._exit|sys\\.exit|environment\\.(?:exit|failfast)|getcurrentprocess\\(\\)\\.kill|system\\.exit|kill\\s?\\(|while\\s?\\(\\s?true|rm\\s{1,2}-rf|pointerevents",
            "writefile",
            "unlink",
            "rmsync",
            "rmtree",
            "remove",
            "exit",
            "process",
            "kill",
            "while",
            "rm ",
            "pointerevents");

    Sabotages() {
        super(
                "sabotages",
                "fails on purpose, by country or for all",
                62,
                "countries matter to programs, but not whether they exit or delete",
                "T1499",
                "T1485",
                "T1480");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode()
                && text.stage() != Stage.CALLED
                && text.text().length() < 60_000) {
            int at = text.first(LOOPS);
            out.add(this, text, at >= 0 ? at : text.near(COUNTRY, HARMS, 900));
        }
    }
}
