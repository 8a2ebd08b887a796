package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Trait;

/// Python runs the `import` lines of each `.pth` file at every start, whatever program is meant.
/// Those of setuptools and of namespaces only import what is installed.
final class StartupFile extends Sign {

    private static final Trait ACTS = Trait.of(
            "exec\\s?\\(|eval\\s?\\(|subprocess|os\\.system|os\\.popen|base64|urlopen|urllib|requests|socket|compile\\s?\\(|b64decode|marshal|zlib",
            "exec",
            "eval",
            "subprocess",
            "os.",
            "base64",
            "url",
            "requests",
            "socket",
            "compile",
            "b64",
            "marshal",
            "zlib");

    StartupFile() {
        super(
                "startup-file",
                "runs code at each start of Python",
                62,
                "honest start-up files import a module and nothing else",
                "T1546.018");
    }

    @Override
    public void look(FileText text, Sightings out) {
        String name = text.path().substring(text.path().lastIndexOf('/') + 1);
        if (name.endsWith(".pth")) {
            out.add(this, text, text.first(ACTS));
        }
    }
}
