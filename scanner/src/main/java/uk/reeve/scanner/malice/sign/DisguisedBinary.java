package uk.reeve.scanner.malice.sign;

import java.util.regex.Pattern;
import uk.reeve.scanner.malice.content.CheckedPackage;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.PackageFile;
import uk.reeve.scanner.malice.content.Stage;

/// A program that calls itself a picture, a text or data; or a picture that goes on after its end.
final class DisguisedBinary extends Sign {

    private static final Pattern OTHER = Pattern.compile(
            "(?i).{1,200}\\.(?:png|jpe?g|gif|ico|svg|txt|md|json|css|woff2?|ttf|xml|log|csv|pdf|yml|wav|mp3|js|py)");
    private static final int BYTES = 4 << 20;
    private static final int MUCH = 64;

    DisguisedBinary() {
        super(
                "disguised-binary",
                "hides a program or data within a file of another kind",
                45,
                "nobody calls a program a picture by chance",
                "T1036.008",
                "T1027.003");
    }

    @Override
    public void look(CheckedPackage whole, Sightings out) {
        for (PackageFile file : whole.files().all()) {
            if (!OTHER.matcher(file.fileName()).matches() || whole.stage(file) == Stage.NEVER) {
                continue;
            }
            String head = Content.latin(file, 128);
            if (Language.isProgram(head) && head.indexOf('\0') > 0) {
                out.addOfPackage(this, file.path(), 0, "begins as a program");
            } else if (head.startsWith("\u0089PNG") || head.startsWith("\u00ff\u00d8\u00ff")) {
                String all = Content.latin(file, BYTES);
                int end = head.startsWith("\u0089PNG")
                        ? all.indexOf("IEND\u00aeB`\u0082") + 8
                        : all.lastIndexOf("\u00ff\u00d9") + 2;
                if (end > 8
                        && all.length() < BYTES
                        && all.length() - end > MUCH
                        && !all.substring(end).isBlank()
                        && hasText(all.substring(end))) {
                    out.addOfPackage(this, file.path(), 0, (all.length() - end) + " bytes follow its end");
                }
            }
        }
    }

    private static boolean hasText(String rest) {
        return rest.chars().filter(c -> c == 0).count() < rest.length() / 2;
    }
}
