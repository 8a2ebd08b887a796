package uk.reeve.scanner.malice.sign;

/// A rule of the person's own matched (`--yara`). It is found by the `yara` program and looks at nothing here.
public final class YaraRule extends Sign {

    YaraRule() {
        super("yara-rule", "matches a rule that was given", 62, "who gives a rule means it", "T1195.002");
    }
}
