package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// Puts machine code into memory and jumps there.
final class ProcessInjection extends Sign {

    private static final Trait MEMORY = Trait.of(
            "virtualalloc|ntunmapviewofsection|memfd_create|prot_exec|\\bmmap\\b[^\\n]{0,80}exec|\\bshellcode\\b",
            "virtualalloc",
            "ntunmap",
            "memfd",
            "prot_exec",
            "mmap",
            "shellcode");
    private static final Trait JUMPS = Trait.of(
            "writeprocessmemory|createremotethread|createthread|rtlmovememory|queueuserapc|reflectiveloader|memmove\\s?\\(|cfunctype\\s?\\(|fexecve|/proc/self/fd",
            "processmemory",
            "remotethread",
            "createthread",
            "rtlmove",
            "queueuserapc",
            "reflectiveloader",
            "memmove",
            "cfunctype",
            "fexecve",
            "/proc/self/fd");

    ProcessInjection() {
        super(
                "process-injection",
                "runs machine code from data",
                62,
                "compilers at run time and debuggers do so; few packages are either",
                "T1055",
                "T1620");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.isIn(
                Language.JAVASCRIPT,
                Language.PYTHON,
                Language.RUBY,
                Language.PHP,
                Language.SHELL,
                Language.POWERSHELL,
                Language.GO,
                Language.RUST,
                Language.CSHARP,
                Language.BUILD)) {
            out.add(this, text, text.near(MEMORY, JUMPS, 2_000));
        }
    }
}
