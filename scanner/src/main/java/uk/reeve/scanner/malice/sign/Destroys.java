package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Stage;
import uk.reeve.scanner.malice.content.Trait;

/// Wipes what is not its own: a home folder, a disk, all files that it can write to.
final class Destroys extends Sign {

    private static final Trait WIPES = Trait.of(
            "\\brm\\s{1,3}-[rf]{2,3}v?\\s{1,3}(?:--no-preserve-root\\s{1,3})?[\"']?(?:/\\s?(?:[\"'`;&|)\\n*]|$)|~|\\$home|/home\\b|/root\\b|/\\*|/etc\\b|/var/www)|--no-preserve-root|(?:rmtree|rmsync|rmdirsync|rimraf(?:\\.sync)?|removesync|rm_rf|removeall|remove_dir_all|remove-item|deletedirectory|emptydirsync)\\s?\\(?\\s?[^\\n]{0,40}(?:os\\.homedir|homedir\\(|path\\.home|expanduser|[\"']/[\"']\\s?[,)]|dir\\.home|\\$home|\\$env:userprofile|[\"']/home|userprofile|userhomedir|home_dir|[\"']~|[\"']c:)|\\bdel\\s{1,3}/[sfq][^\\n]{0,20}/[sfq]|\\brd\\s{1,3}/s\\s{1,3}/q\\s{1,3}[c%]|\\bformat\\s{1,3}c:|dd\\s{1,3}if=/dev/(?:zero|u?random)\\s{1,3}of=/dev/|\\bmkfs\\.|\\bshred\\s{1,3}-|cipher\\s{1,3}/w|of=/dev/sd|vssadmin\\s{1,3}delete|\\\\\\\\\\.\\\\{1,2}physicaldrive\\w{0,3}[\"'][^\\n]{0,80}(?:[\"'](?:[wa]|r\\+)b?\\+?[\"']|write)|:\\(\\)\\s?\\{\\s?:\\|:&",
            "rm ",
            "preserve-root",
            "rmtree",
            "rmsync",
            "rmdir",
            "rimraf",
            "removesync",
            "rm_rf",
            "removeall",
            "remove_dir",
            "remove-item",
            "deletedir",
            "emptydir",
            "del ",
            "rd /s",
            "format c",
            "dd if",
            "mkfs",
            "shred",
            "cipher",
            "of=/dev",
            "vssadmin",
            "physicaldrive",
            ":()");
    private static final Trait WALKS = Trait.of(
            "readdirsync|os\\.walk|rglob|glob\\(|filepath\\.walk|dir\\.glob|find\\.find|recursiveiterator|walkdir|opendir",
            "readdir",
            "walk",
            "glob",
            "find.find",
            "recursiveit",
            "opendir");
    private static final Trait OVERWRITES = Trait.of(
            "writefile(?:sync)?\\s?\\(\\s?\\w{1,20}\\s?,\\s?(?:[\"'`]|\\w{1,16}\\s?[,)])|unlink(?:sync)?\\s?\\(|os\\.remove\\s?\\(|\\.unlink\\(|truncate\\s?\\(|os\\.remove\\b|file\\.delete|\\.encrypt\\s?\\(|\\[\"'`]w[\"'`]",
            "writefile",
            "unlink",
            "remove",
            "truncate",
            "delete",
            "encrypt",
            "w'");
    private static final Trait ALL_PLACES = Trait.of(
            "os\\.homedir|homedir\\(|expanduser|path\\.home|[\"'`]/[\"'`]\\s?[,)]|\\$home|userprofile|[\"'`](?:\\.\\./){2,}|c:\\\\\\\\|/home/|dir\\.home|userhomedir|[\"']\\.\\./\\.\\./",
            "home",
            "expanduser",
            "'/'",
            "\"/\"",
            "userprofile",
            "../../",
            "c:\\");

    Destroys() {
        super(
                "destroys",
                "wipes files that are not its own",
                62,
                "a package removes its own files; nothing honest wipes a home folder or a disk",
                "T1485",
                "T1561");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (!text.language().isCode()) {
            return;
        }
        int at = text.first(WIPES);
        boolean small = text.text().length() < 30_000 && text.stage() != Stage.CALLED;
        if (at < 0
                && small
                && text.has(ALL_PLACES)
                && text.near(WALKS, OVERWRITES, 800) >= 0
                && text.near(ALL_PLACES, WALKS, 1_500) >= 0) {
            at = text.near(WALKS, OVERWRITES, 800);
        }
        out.add(this, text, at);
    }
}
