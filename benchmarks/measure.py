"""What benchmarks/run calls: pairs of whole processes in turn (A B A B ...), median of the pairs' ratios.

Each run must end with the exit status expected and print the very answer of the first run, else all stops.
"""
import datetime
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile

REPEATS = int(os.environ.get("REPEATS", "15"))
JDK, SHARED = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
FLAGS = ("-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m -Xss2m -Djdk.reflect.useNativeAccessorOnly=true"
         " -XX:-UsePerfData -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining"
         " -Xlog:disable -Xlog:all=error:stderr").split()
JAVA = JDK + "/bin/java"
REEVE = str(pathlib.Path("reeve").resolve())
rows = []


def note(what, goal, value, met):
    rows.append((what, goal, value, met))
    print(f"{what}: {value} (goal {goal}; {met})", flush=True)


class Measured:
    """A command with what it must answer: a word that its output holds, and then always the same output."""

    def __init__(self, command, holds):
        self.command, self.holds, self.answer = command, holds, None
        self.seconds, self.peak = 0.0, 0

    def run(self):
        with tempfile.TemporaryFile() as out:
            begun = time.monotonic()
            process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            self.seconds, self.peak = time.monotonic() - begun, usage.ru_maxrss
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            told = out.read()
        if process.returncode != 0 or self.holds.encode() not in told:
            sys.exit(f"status {process.returncode}, or no {self.holds!r} in the answer: {self.command}\n{told[:500]}")
        if self.answer not in (None, told):
            sys.exit(f"another answer than before: {self.command}")
        self.answer = told
        return self.seconds


def ratio(a, b):
    a.run(), b.run()  # one to warm the file cache
    pairs = [(a.run(), b.run()) for _ in range(REPEATS)]
    return (statistics.median(x / y for x, y in pairs),
            statistics.median(x for x, _ in pairs), statistics.median(y for _, y in pairs))


def member(archive, inside, to):
    with zipfile.ZipFile(SHARED / "data" / archive) as z:
        name = next(n for n in z.namelist() if n.endswith(inside))
        to.mkdir(parents=True)
        path = to / pathlib.Path(name).name
        path.write_bytes(z.read(name))
        return path


def largest(folder, to):
    best = None
    for archive in sorted(folder.glob("*.zip")):
        with zipfile.ZipFile(archive) as z:
            for i in z.infolist():
                if i.filename.endswith((".json", ".xml", ".spdx")) and (best is None or i.file_size > best[0]):
                    best = (i.file_size, archive, i.filename)
    to.mkdir()
    with zipfile.ZipFile(best[1]) as z:
        path = to / pathlib.Path(best[2]).name
        path.write_bytes(z.read(best[2]))
    return path, best[0], best[1].name


def text(command):
    done = subprocess.run(command, capture_output=True, text=True)
    return (done.stdout + done.stderr).strip()


def measure(work):
    db = str(work / "db")
    (work / "Hello.java").write_text(
        'public class Hello { public static void main(String[] a) { System.out.println("Hello, world"); } }')
    subprocess.run([JDK + "/bin/javac", "-d", work, work / "Hello.java"], check=True)
    subprocess.run([JDK + "/bin/jar", "cf", work / "hello.jar", "-C", work, "Hello.class"], check=True)
    subprocess.run([JAVA, *FLAGS, f"-XX:AOTCacheOutput={work}/hello.aot", "-cp", work / "hello.jar", "Hello"],
                   check=True, capture_output=True)
    hello = Measured([JAVA, *FLAGS, f"-XX:AOTCache={work}/hello.aot", "-cp", str(work / "hello.jar"), "Hello"],
                     "Hello, world")
    scans = {}
    for size in (300, 3000):
        subprocess.run([sys.executable, SHARED / "bench/gen_sboms.py", "--out", work / str(size), "--count", "1",
                        "--size", str(size), "--seed", "1"], check=True, capture_output=True)
        sbom = next((work / str(size)).glob("*.cdx.json"))
        scans[size] = Measured([REEVE, "scan", str(sbom), "--db", db], f"Looked at {size:,}")
        if size >= 1000 and f"{size:,}" not in text(scans[size].command):
            scans[size].holds = f"Looked at {size}"
    text(scans[300].command)  # expands the starter snapshot, outside the clock

    r, a, b = ratio(scans[300], hello)
    note("scan of 300 components ÷ hello-world", "≤ 2.5", f"{r:.2f} ({a * 1000:.0f} ms ÷ {b * 1000:.0f} ms)",
         "met" if r <= 2.5 else "not met")
    r, a, b = ratio(scans[3000], scans[300])
    note("scan of 3,000 components ÷ scan of 300", "≤ 1.5", f"{r:.2f} ({a * 1000:.0f} ms ÷ {b * 1000:.0f} ms)",
         "met" if r <= 1.5 else "not met")
    path, size, archive = largest(SHARED / "data/sboms", work / "largest")
    big = Measured([REEVE, "scan", str(path), "--db", db], "Looked at")
    peaks = []
    for _ in range(3):
        big.run()
        peaks.append(big.peak / 1024)
    peak = statistics.median(peaks)
    note(f"peak resident memory, largest real SBOM ({path.name} of {archive}, {size / 1e6:.1f} MB)", "≤ 200 MB",
         f"{peak:.0f} MiB", "met" if peak * 1.048576 <= 200 else "not met")
    rival = shutil.which("osv-scanner")
    note("scan ÷ osv-scanner 2.6.0, five real files", "≤ 1/20 to 1/2", "not measured",
         "osv-scanner is not on PATH" if not rival else "the same advisories for it are not set up here")
    for what, goal in (("components of a folder ÷ trivy", "≤ 0.6"), ("warm look-ups ÷ SQLite", "≥ 20"),
                       ("building the index ÷ inflating and tokenising", "≤ 2"),
                       ("answers equal to the comparer's, share of fall-backs", "100 %")):
        note(what, goal, "not measured", "-")


def write():
    memory = next(int(line.split()[1]) for line in open("/proc/meminfo") if line.startswith("MemTotal"))
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    lines = ["# Performance", "",
             "Written by `benchmarks/run`. Whole processes, from start to exit, in turn (A B A B ...); the figure is the"
             f" median of {REPEATS} pairs' ratios. Each run's exit status and answer were checked.", "",
             f"- Date: {datetime.date.today()}",
             f"- Machine: {len(os.sched_getaffinity(0))} cores ({cpu}), {memory / 2**20:.0f} GiB, load"
             f" {os.getloadavg()[0]:.1f} at the end",
             f"- JDK: {text([JAVA, '--version']).splitlines()[0]}",
             f"- Commit: {text(['git', 'rev-parse', '--short', 'HEAD'])}", "",
             "| What | Goal | Measured | |", "|---|---|---|---|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    pathlib.Path("docs/reference/performance.md").write_text("\n".join(lines) + "\n")


with tempfile.TemporaryDirectory() as folder:
    measure(pathlib.Path(folder))
write()
