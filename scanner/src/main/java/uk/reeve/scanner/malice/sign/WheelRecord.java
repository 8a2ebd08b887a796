package uk.reeve.scanner.malice.sign;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.scanner.malice.content.CheckedPackage;
import uk.reeve.scanner.malice.content.PackageFile;

/// A wheel whose list of files is not that of its files: something was put in, or changed, after it was built. Source:
/// Python packaging specifications, "Binary distribution format".
final class WheelRecord extends Sign {

    private static final int BYTES = 64 << 20;

    WheelRecord() {
        super(
                "wheel-record",
                "has files that its own list does not tell, or tells otherwise",
                45,
                "the tools that build wheels write the list last",
                "T1554",
                "T1195.002");
    }

    @Override
    public void look(CheckedPackage whole, Sightings out) {
        for (PackageFile record : whole.files().all()) {
            boolean top = record.path().indexOf('/') == record.path().lastIndexOf('/');
            if (record.path().endsWith(".dist-info/RECORD")
                    && top
                    && !record.path().contains("!/")
                    && whole.manifests().size() > 0) {
                compare(record, whole, out);
            }
        }
    }

    private void compare(PackageFile record, CheckedPackage whole, Sightings out) {
        Map<String, String> told = new HashMap<>();
        for (String line : Content.latin(record, 8 << 20).split("\\R", 200_000)) {
            int comma = line.lastIndexOf(',', Math.max(0, line.lastIndexOf(',') - 1));
            if (comma > 0) {
                String path = line.substring(0, comma).replace("\"", "");
                told.put(path, line.substring(comma + 1, Math.max(comma + 1, line.lastIndexOf(','))));
            }
        }
        for (PackageFile file : whole.files().all()) {
            if (file.path().contains("!/")
                    || file.path().contains(".dist-info/")
                    || !file.fileName().matches(".{1,200}\\.(?:py|pth|so|pyd|sh)")) {
                continue;
            }
            String digest = told.get(file.path());
            if (digest == null) {
                out.addOfPackage(this, file.path(), 0, "is not in RECORD");
            } else if (digest.startsWith("sha256=") && !digest.substring(7).equals(sum(file))) {
                out.addOfPackage(this, file.path(), 0, "is not what RECORD tells");
            }
        }
    }

    private static String sum(PackageFile file) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(file.bytes(BYTES));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (java.security.NoSuchAlgorithmException | IOException | Unreadable e) {
            return "";
        }
    }
}
