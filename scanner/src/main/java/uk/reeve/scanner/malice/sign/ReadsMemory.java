package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// Reads the memory of other programs: that of a build's runner holds every secret of the build.
final class ReadsMemory extends Sign {

    private static final Trait READS = Trait.of(
            "/proc/[^\\n]{0,30}/mem[\"'`\\s;)]|runner\\.worker|minidumpwritedump|\\blsass\\b|process_vm_readv|readprocessmemory",
            "/mem",
            "runner.worker",
            "minidump",
            "lsass",
            "vm_readv",
            "readprocessmemory");

    ReadsMemory() {
        super(
                "reads-memory",
                "reads the memory of other programs",
                62,
                "debuggers do so; packages that are no debuggers do not",
                "T1003",
                "T1057");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode() && !text.isIn(Language.C, Language.RUST)) {
            out.add(this, text, text.first(READS));
        }
    }
}
