package uk.reeve.scanner.malice.sign;

import java.util.regex.Pattern;
import uk.reeve.scanner.malice.content.CheckedPackage;
import uk.reeve.scanner.malice.content.PackageFile;

/// A pickle, as models and caches are kept in, that calls something other than constructors when it is read.
final class PickledCode extends Sign {

    private static final Pattern CALLS = Pattern.compile(
            "c(?:posix|nt|os|subprocess|builtins|__builtin__|runpy|webbrowser|socket)\\n(?:system|popen|exec|eval|Popen|call|check_output|run|getattr|open|compile|run_path)\\n|(?:posix|os|nt|subprocess|builtins)\\x94?\\x8c.(?:system|popen|exec|eval|Popen|call|check_output|run)",
            Pattern.DOTALL);
    private static final int BYTES = 8 << 20;

    PickledCode() {
        super(
                "pickled-code",
                "has a pickle that runs code when it is read",
                64,
                "data has no reason to call the shell",
                "T1059.006",
                "T1204.002");
    }

    @Override
    public void look(CheckedPackage whole, Sightings out) {
        for (PackageFile file : whole.files().all()) {
            String name = file.fileName();
            boolean pickle = name.endsWith(".pkl")
                    || name.endsWith(".pickle")
                    || name.endsWith(".pt")
                    || name.endsWith(".pth")
                    || name.endsWith(".joblib")
                    || name.endsWith(".ckpt")
                    || name.endsWith(".bin");
            if (pickle && CALLS.matcher(Content.latin(file, BYTES)).find()) {
                out.add(this, file.path(), "a call of the system");
            }
        }
    }
}
