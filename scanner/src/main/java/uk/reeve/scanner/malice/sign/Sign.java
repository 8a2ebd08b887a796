package uk.reeve.scanner.malice.sign;

import java.util.List;
import uk.reeve.scanner.malice.content.CheckedPackage;
import uk.reeve.scanner.malice.content.FileText;

/// One thing that poisoned packages do and honest ones seldom. Stateless.
public abstract class Sign {

    private final String name;
    private final String title;
    private final int weight;
    private final String reason;
    private final List<String> techniques;

    /// @param name stable: `reverse-shell`
    /// @param title what the package does, as it ends "the package …"
    /// @param weight of 100; a package looks malicious above [uk.reeve.scanner.malice.Score#ALARM]
    /// @param reason why it weighs so much: what honest packages have of it
    /// @param techniques of MITRE ATT&CK (Enterprise), most fitting first
    protected Sign(String name, String title, int weight, String reason, String... techniques) {
        this.name = name;
        this.title = title;
        this.weight = weight;
        this.reason = reason;
        this.techniques = List.of(techniques);
    }

    public final String name() {
        return name;
    }

    public final String title() {
        return title;
    }

    public final int weight() {
        return weight;
    }

    public final String reason() {
        return reason;
    }

    public final List<String> techniques() {
        return techniques;
    }

    /// Looks at one file, or at the command of a hook. Not asked for files that never run where the package is
    /// installed.
    public void look(FileText text, Sightings out) {}

    /// Looks at what is no single file's: names, versions, the archive. Asked once.
    public void look(CheckedPackage whole, Sightings out) {}
}
