"""What benchmarks/run calls: each goal measured, and the dated result written. See README.md beside this file."""
import datetime
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile

from process import REPEATS, Measured, Ratio, text

JDK, SHARED = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
ONLY = sys.argv[3:]
FLAGS = ("-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m -Xss2m -Djdk.reflect.useNativeAccessorOnly=true"
         " -XX:-UsePerfData -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining -Xlog:disable -Xlog:all=error:stderr").split()  # those of ./reeve
JAVA = JDK + "/bin/java"
JAR = pathlib.Path("cli/target/reeve.jar").resolve()
LIBRARIES = pathlib.Path("cli/target/benchmarks").resolve()
REEVE = pathlib.Path("reeve").resolve()
SQLITE = "org.xerial:sqlite-jdbc:3.54.1.0"
OSV = SHARED / "data/osv"
WHOLE = 15  # fewer repeats are for a look, and are not written down
rows = []


def note(goal, what, wanted, value, met, cpu="-"):
    rows.append((goal, what, wanted, value, cpu, met))
    print(f"{goal} {what}: {value}; CPU {cpu} (goal {wanted}; {met})", flush=True)


def judge(goal, what, wanted, ratio, most):
    note(goal, what, wanted, ratio.wall_text(), "met" if ratio.wall <= most else "not met", ratio.cpu_text())


def unmeasured(goal, what, wanted, why):
    note(goal, what, wanted, "not measured", why)


def member(archive, inside, to, name=None):
    """One file of an archive of the shared data, alone in a folder, perhaps under another name."""
    with zipfile.ZipFile(SHARED / "data" / archive) as z:
        found = [n for n in z.namelist() if n == inside or n.endswith("/" + inside)]
        if len(found) != 1:
            sys.exit(f"{archive} has {len(found)} files {inside}, and one was expected")
        to.mkdir(parents=True, exist_ok=True)
        path = to / (name or pathlib.Path(inside).name)
        path.write_bytes(z.read(found[0]))
        return path


def rival(name):
    """The rival's program: in the folder $RIVALS, else on PATH; None where it is not."""
    return shutil.which(name, path=os.environ.get("RIVALS", "") + os.pathsep + os.environ.get("PATH", ""))


class Bench:
    """What the goals share, made when first asked for."""

    def __init__(self, work):
        self.work, self.starter, self.made = work, work / "starter", None
        self.classes = work / "classes"
        self.compiled = False

    def db(self):
        """A folder with an index of all advisories of data/osv."""
        if not self.made:
            print("Importing all advisories, outside any clock ...", file=sys.stderr, flush=True)
            folder = self.work / "all"
            told = text([REEVE, "advisories", "import", OSV, "--db", folder])
            if "records read" not in told:
                sys.exit("the import failed: " + told)
            self.made = folder
        return self.made

    def index(self):
        return next(self.db().glob("advisories-*.idx"))

    def java(self, *libraries):
        """The class path of the Java programs beside this file, compiled against the built program."""
        path = os.pathsep.join(str(p) for p in (self.classes, JAR, *libraries))
        if not self.compiled:
            sources = sorted(pathlib.Path("benchmarks").glob("*.java"))
            subprocess.run([JDK + "/bin/javac", "-d", self.classes, "-cp", JAR, *sources], check=True)
            self.compiled = True
        return path


def starts(bench):
    """G1 and G2: how much more than nothing a scan costs, and how much more a larger one."""
    work = bench.work
    (work / "Hello.java").write_text(
        'public class Hello { public static void main(String[] a) { System.out.println("Hello, world"); } }')
    subprocess.run([JDK + "/bin/javac", "-d", work, work / "Hello.java"], check=True)
    subprocess.run([JDK + "/bin/jar", "cf", work / "hello.jar", "-C", work, "Hello.class"], check=True)
    subprocess.run([JAVA, *FLAGS, f"-XX:AOTCacheOutput={work}/hello.aot", "-cp", work / "hello.jar", "Hello"],
                   check=True, capture_output=True)
    hello = Measured([JAVA, *FLAGS, f"-XX:AOTCache={work}/hello.aot", "-cp", work / "hello.jar", "Hello"],
                     "Hello, world")
    scans = {}
    for size in (300, 3000):
        subprocess.run([sys.executable, SHARED / "bench/gen_sboms.py", "--out", work / str(size), "--count", "1",
                        "--size", str(size), "--seed", "1"], check=True, capture_output=True)
        sbom = next((work / str(size)).glob("*.cdx.json"))
        scans[size] = Measured([REEVE, "scan", sbom, "--db", bench.starter], f"Looked at {size:,}")
    text(scans[300].command)  # expands the starter snapshot, outside the clock
    judge("G1", "scan of 300 components ÷ hello-world of the same JVM", "≤ 2.5", Ratio(scans[300], hello), 2.5)
    judge("G2", "scan of 3,000 components ÷ scan of 300", "≤ 1.5", Ratio(scans[3000], scans[300]), 1.5)


def lookups(bench):
    """G3: in one JVM, with the JVM's own flags, as a server runs."""
    what, wanted = "warm look-ups ÷ SQLite with the same binary keys", "≥ 20"
    jar = LIBRARIES / ("-".join(SQLITE.split(":")[1:]) + ".jar")
    if not jar.exists():
        mvn = shutil.which("mvn")
        if mvn:
            subprocess.run([mvn, "-q", "-B", "-ntp", "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy",
                            f"-Dartifact={SQLITE}", f"-DoutputDirectory={LIBRARIES}"], capture_output=True,
                           env={**os.environ, "JAVA_HOME": JDK}, check=False)
    if not jar.exists():
        return unmeasured("G3", what, wanted, f"Maven could not fetch {SQLITE}")
    done = subprocess.run([JAVA, "-Xmx1g", "--enable-native-access=ALL-UNNAMED", "-cp", bench.java(jar), "Lookups",
                           bench.index(), bench.work / "sqlite.db", str(REPEATS)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit("the look-ups failed: " + done.stderr)
    ratio, ours, theirs, count, found = (float(word) for word in done.stdout.split())
    note("G3", what, wanted, f"{ratio:.0f} ({ours:,.0f} ÷ {theirs:,.0f} a second; {count:,.0f} look-ups, half of"
         f" absent packages; {found:,.0f} hits, all equal)", "met" if ratio >= 20 else "not met")


def building(bench):
    """G4: both processes with the flags of ./reeve, the import into a fresh folder each time."""
    fresh = bench.work / "fresh"
    build = Measured([REEVE, "advisories", "import", OSV, "--db", fresh], "records read",
                     before=lambda: shutil.rmtree(fresh, ignore_errors=True))
    least = Measured([JAVA, *FLAGS, "-cp", bench.java(), "Tokenise", OSV], "Passed over")
    judge("G4", "building the index from all OSV zips ÷ inflating and tokenising the same JSON", "≤ 2",
          Ratio(build, least), 2)
    if build.answered.split()[0].replace(b",", b"") != least.answered.split()[2]:
        sys.exit(f"not the same records: {build.answered}, {least.answered}")
    shutil.rmtree(fresh)


def answers(bench):
    """G5: not a time."""
    most = 8 if REPEATS >= WHOLE else 2
    done = subprocess.run([JAVA, "-Xmx1g", "-cp", bench.java(), "Answers", bench.index(), str(most)],
                          capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit("the answers failed: " + done.stderr)
    first, *rest = done.stdout.splitlines()
    pairs, differ, fell, packages = (int(word) for word in first.split())
    print("\n".join("   " + line for line in rest))
    note("G5", "answers equal to those of the real comparers on every range", "100 %",
         f"{100 * (pairs - differ) / pairs:.4g} % of {pairs:,} pairs ({packages:,} packages, up to {most} versions"
         f" each); {100 * fell / pairs:.2f} % fell back on the comparer", "met" if differ == 0 else "not met")


def memory(bench):
    """G13."""
    best = None
    for archive in sorted((SHARED / "data/sboms").glob("*.zip")):
        with zipfile.ZipFile(archive) as z:
            for i in z.infolist():
                if i.filename.endswith((".json", ".xml", ".spdx")) and (best is None or i.file_size > best[0]):
                    best = (i.file_size, archive, i.filename)
    size, archive, name = best
    path = member(archive, name, bench.work / "largest")
    big = Measured([REEVE, "scan", path, "--db", bench.db()], "Looked at")
    peaks = []
    for _ in range(3):
        big.run()
        peaks.append(big.peak * 1024 / 1e6)
    peak = statistics.median(peaks)
    note("G13", f"peak resident memory, largest real SBOM ({path.name} of {archive.name}, {size / 1e6:.1f} MB)",
         "≤ 200 MB", f"{peak:.0f} MB", "met" if peak <= 200 else "not met")


FIVE = [
    ("sboms/bomber.zip", "_TESTDATA_/sbom/images/dependencytrack-apiserver.cyclonedx.json", "bom.json", 20),
    ("sboms/cyclonedx-bom-examples.zip", "SBOM/juice-shop/via_npm/bare/bom.1.3.xml", "bom.xml", 10),
    ("lockfiles/Buckinghamshire-Digital-Service+buckinghamshire-council.zip", "package-lock.json", None, 10),
    ("lockfiles/Buckinghamshire-Digital-Service+buckinghamshire-council.zip", "poetry.lock", None, 10),
    ("lockfiles/LBHackney-IT+report-a-defect.zip", "Gemfile.lock", None, 2),
]


def counted(things):
    """How many, and what exactly they are: both must stay the same from run to run."""
    lines = sorted(json.dumps(thing, sort_keys=True) for thing in things)
    return len(lines), hash(tuple(lines))


def reeve_findings(told):
    return counted(json.loads(told)["findings"])


def osv_findings(told):
    return counted([package["package"], sorted(group["ids"])] for result in json.loads(told)["results"]
                   for package in result["packages"] for group in package.get("groups", []))


def empty_zips(theirs, folder):
    """It stops at the first ecosystem that it has no advisories of: give it an empty zip for each that it names."""
    for _ in range(20):
        done = subprocess.run(theirs.command, capture_output=True, text=True)
        missing = re.search(r"ecosystem[ :\"']+([A-Za-z][A-Za-z .]*[A-Za-z])", done.stderr) if done.returncode > 1 else None
        if not missing:
            return
        (folder / missing.group(1)).mkdir(exist_ok=True)
        zipfile.ZipFile(folder / missing.group(1) / "all.zip", "w").close()


def osv_scanner(bench):
    """G16: both as JSON, from the same advisories."""
    program = rival("osv-scanner")
    what = "scan ÷ osv-scanner 2.6.0, the same file and advisories: "
    if not program:
        return unmeasured("G16", what + "five real files", "≤ 1/20 to 1/2",
                          "osv-scanner is neither on PATH nor in $RIVALS (benchmarks/README.md)")
    version = text([program, "--version"]).splitlines()[0].split()[-1]
    if version != "2.6.0":
        return unmeasured("G16", what + "five real files", "≤ 1/20 to 1/2", f"osv-scanner here is {version}")
    local = bench.work / "osv"
    for folder in OSV.iterdir():
        if folder.is_dir():
            (local / "osv-scalibr" / folder.name).mkdir(parents=True)
            (local / "osv-scalibr" / folder.name / "all.zip").symlink_to(folder / "all.zip")
    for number, (archive, inside, name, part) in enumerate(FIVE, 1):
        path = member(archive, inside, bench.work / f"five{number}", name)
        theirs = Measured([program, "scan", "source", "--offline", "--local-db-path", local, "--no-resolve",
                           "--all-packages", "--all-vulns", "--format", "json", "-L", path], '"results"', status=1,
                          answer=osv_findings)
        empty_zips(theirs, local / "osv-scalibr")
        ours = Measured([REEVE, "scan", path, "--db", bench.db(), "--format", "json"], '"findings"',
                        answer=reeve_findings)
        ratio = Ratio(ours, theirs)
        judge("G16", f"{what}({number}) {pathlib.Path(inside).name}, findings {ours.answered[0]} ÷ {theirs.answered[0]}",
              f"≤ 1/{part}", ratio, 1 / part)


def trivy(bench):
    """G17: components alone, since trivy's database cannot be had offline."""
    program = rival("trivy")
    what, wanted = "components of a folder as CycloneDX ÷ trivy 0.74.0", "≤ 0.6"
    if not program:
        return unmeasured("G17", what, wanted, "trivy is neither on PATH nor in $RIVALS (benchmarks/README.md)")
    folder = bench.work / "submit"
    with zipfile.ZipFile(SHARED / "data/lockfiles/digital-land+submit.zip") as z:
        z.extractall(folder)

    def components(told):
        return counted([c.get("purl"), c.get("name"), c.get("version")] for c in json.loads(told)["components"])

    theirs = Measured([program, "fs", "--format", "cyclonedx", "--offline-scan", "--skip-db-update",
                       "--skip-java-db-update", "--include-dev-deps", "--cache-dir", bench.work / "trivy", folder],
                      '"components"', answer=components)
    ours = Measured([REEVE, "sbom", folder], '"components"', answer=components)
    ratio = Ratio(ours, theirs)
    judge("G17", f"{what}, components {ours.answered[0]} ÷ {theirs.answered[0]}", wanted, ratio, 0.6)


GOALS = {"G1": starts, "G2": starts, "G3": lookups, "G4": building, "G5": answers, "G13": memory,
         "G16": osv_scanner, "G17": trivy}


def write():
    memory_kb = next(int(line.split()[1]) for line in open("/proc/meminfo") if line.startswith("MemTotal"))
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    lines = ["# Performance", "",
             "Written by `benchmarks/run`. Whole processes, from start to exit, in turn (A B A B ...); each ratio is the"
             f" median of {REPEATS} pairs' ratios, the times beside it are medians. CPU is user and system time"
             " together. Each run's exit status and answer were checked. How: [benchmarks](../../benchmarks/README.md).",
             "", f"- Date: {datetime.date.today()}",
             f"- Machine: {len(os.sched_getaffinity(0))} cores ({cpu}), {memory_kb / 2**20:.0f} GiB; load"
             f" {LOAD:.1f} before, {os.getloadavg()[0]:.1f} after",
             f"- JDK: {text([JAVA, '--version']).splitlines()[0]}",
             f"- Commit: {text(['git', 'rev-parse', '--short', 'HEAD'])}", "",
             "| | What | Goal | Measured | CPU time | |", "|---|---|---|---|---|---|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    pathlib.Path("docs/reference/performance.md").write_text("\n".join(lines) + "\n")


LOAD = os.getloadavg()[0]
unknown = [word for word in ONLY if word not in GOALS]
if unknown:
    sys.exit(f"no such goal: {' '.join(unknown)}; there are {' '.join(GOALS)}")
with tempfile.TemporaryDirectory() as scratch:
    bench = Bench(pathlib.Path(scratch))
    for measure in dict.fromkeys(GOALS[name] for name in ONLY or GOALS):
        measure(bench)
if REPEATS >= WHOLE and not ONLY:
    write()
else:
    print(f"{REPEATS} repeats of {' '.join(ONLY) or 'all'}: only {WHOLE} or more, of all, are written down")
