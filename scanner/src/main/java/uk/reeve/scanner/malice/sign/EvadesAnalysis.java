package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Trait;

/// Asks whether it is being watched: virtual machines, sandboxes, build machines, analysts' tools; or waits before
/// it acts.
final class EvadesAnalysis extends Sign {

    private static final Trait ASKS = Trait.of(
            "vboxservice|virtualbox|vmtoolsd|\\bvmware\\b|sandboxie|sbiedll|wireshark|processhacker|x64dbg|ollydbg|\\bcuckoo\\b|isdebuggerpresent|/\\.dockerenv|hypervisor|\\bqemu\\b|wdagutilityaccount|desktop-(?=[a-z]{0,6}\\d)[a-z0-9]{7}\\b|process\\.env\\.ci\\b[^\\n]{0,30}(?:return|exit)|\\bis_?(?:vm|sandbox(?:ed)?|virtual_?machine)\\b|hasdebugger|sys\\.gettrace|cpus?\\(\\)\\.length\\s?<|totalmem\\(\\)\\s?<|cpu_count\\(\\)\\s?<|littlesnitch|\\bfrida\\b|add-mppreference|disablerealtimemonitoring|amsiutils|amsi\\.dll",
            "vbox",
            "virtual",
            "vmtools",
            "vmware",
            "sandbox",
            "sbiedll",
            "wireshark",
            "processhacker",
            "dbg",
            "cuckoo",
            "debugger",
            "dockerenv",
            "hypervisor",
            "qemu",
            "wdag",
            "desktop-",
            "process.env.ci",
            "is_vm",
            "isvm",
            "gettrace",
            "cpus",
            "totalmem",
            "cpu_count",
            "littlesnitch",
            "frida",
            "mppreference",
            "realtimemonitoring",
            "amsi");

    EvadesAnalysis() {
        super(
                "evades-analysis",
                "asks whether it is being watched",
                12,
                "tools for systems know virtual machines too",
                "T1497.001");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode()) {
            out.add(this, text, text.first(ASKS));
        }
    }
}
