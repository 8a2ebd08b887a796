"""What benchmarks/signs calls: two sets of archives, two programs on each, and a table. See README.md beside this file."""
import datetime
import hashlib
import json
import os
import pathlib
import re
import shutil
import site
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter, defaultdict

import packs
from process import text

JDK, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])
STEPS = sys.argv[3:] or ["gather", "reeve", "guarddog", "table"]
REEVE = pathlib.Path("reeve").resolve()
JAR = pathlib.Path("cli/target/reeve.jar").resolve()
TEXTS = pathlib.Path("scanner/src/test/resources/imitations")
UNSEEN_TEXTS = pathlib.Path("scanner/src/test/resources/imitations-held-out")
BUILDER = pathlib.Path("scanner/src/test/java/uk/reeve/scanner/imitations")
ARCHIVES = os.environ.get("ARCHIVES")  # a folder with npm-6.14.8.tgz and other archives (data/archives/coordinates.csv)
DB = os.environ.get("DB")  # a folder filled by `reeve advisories import`; else the starter snapshot
ALARM, LEAST = 60, {"honest": 300, "imitations": 150}
SECONDS = 180  # of one program on one archive

# At most so many of a kind: which ones is decided by a digest of their names, so that nobody chooses and a repeat agrees.
MOST = {"npm": 150, "pypi": 50, "maven": 80, "debian": 70}

FETCHED = {
    "npm": "core-js@3.6.5 esbuild@0.19.0 esbuild@0.25.0 sharp@0.33.5 puppeteer@22.15.0 husky@9.1.7 bcrypt@5.1.1 sqlite3@5.1.7"
           " protobufjs@7.4.0 node-gyp@10.2.0 patch-package@8.0.0 nodemon@3.1.7 electron@31.7.7 cypress@13.15.0 axios@1.7.7"
           " dotenv@16.4.5 ethers@6.13.4 @solana/web3.js@1.95.8".split(),
    "pypi": "psutil==6.1.0 PyYAML==6.0.2 MarkupSafe==3.0.2 simplejson==3.19.3 cffi==1.17.1 regex==2024.11.6 requests==2.32.3"
            " paramiko==3.5.0 boto3==1.35.60 keyring==25.5.0".split(),
    "go": "github.com/spf13/cobra@v1.8.1 github.com/pkg/sftp@v1.13.7 golang.org/x/crypto@v0.29.0 github.com/creack/pty@v1.1.24"
          " github.com/go-git/go-git/v5@v5.12.0 github.com/miekg/dns@v1.1.62".split(),
    "crates": "openssl-sys=0.9.104 ring=0.17.8 libz-sys=1.1.20 cc=1.2.1 reqwest=0.12.9 prost-build=0.13.3".split(),
}
# Nobody had looked at these when the signs were written. The first ones were measured once, and then read and learnt from; the
# second ones were measured once, and nothing was changed by them.
UNSEEN = {
    "held-out-1": {
        "npm": "bufferutil@4.0.8 better-sqlite3@11.5.0 node-pty@1.0.0 canvas@2.11.2 playwright-core@1.48.2 msw@2.6.0 @parcel/watcher@2.4.1"
               " @sentry/cli@2.38.2 chromedriver@130.0.4 lodash@4.17.21 react-dom@18.3.1 vue@3.5.12 jquery@3.7.1 moment@2.30.1 ssh2@1.16.0"
               " nodemailer@6.9.16 discord.js@14.16.3 bitcoinjs-lib@6.1.6 node-notifier@10.0.1 clipboardy@4.0.0 systeminformation@5.23.5"
               " pm2@5.4.2 semantic-release@24.2.0 javascript-obfuscator@4.1.1".split(),
        "pypi": "pynput==1.7.7 pyperclip==1.9.0 mss==9.0.2 GitPython==3.1.43 fabric==3.2.2 twine==5.1.1 detect-secrets==1.5.0 web3==7.4.0"
                " python-telegram-bot==21.7 discord.py==2.4.0 cloudpickle==3.1.0 jedi==0.19.1 black==24.10.0 scapy==2.6.1 gevent==24.10.3"
                " lxml==5.3.0 pillow==11.0.0 pyinstaller==6.11.0".split(),
    },
    "held-out-2": {
        "npm": "fsevents@2.3.3 keytar@7.9.0 argon2@0.41.1 rollup@4.24.4 socket.io@4.8.1 express@4.21.1 winston@3.17.0 mongodb@6.10.0"
               " web-push@3.6.7 ws@8.18.0 puppeteer-core@23.7.1 preact@10.24.3 leaflet@1.9.4 chart.js@4.4.6 handlebars@4.7.8".split(),
        "pypi": "flask==3.1.0 sqlalchemy==2.0.36 rich==13.9.4 httpx==0.27.2 celery==5.4.0 ipython==8.29.0 docker==7.1.0 pexpect==4.9.0"
                " pyserial==3.5 watchdog==6.0.0 aiohttp==3.11.2 setuptools-scm==8.1.0 virtualenv==20.27.1 tox==4.23.2 jinja2==3.1.4".split(),
    },
}
# guarddog's own name of an ecosystem, where it reads archives of it
GUARDDOG = {"npm": "npm", "pypi": "pypi", "go": "go", "rubygems": "rubygems", "github": "github_action"}


def reeve_said(status, told):
    """The one place that knows how `check` answers: docs/reference/check.schema.json."""
    told = told["packages"][0]
    return {"alarm": told["looksMalicious"], "score": told["score"], "signs": sorted({sign["name"] for sign in told["signs"]})}


def guarddog_said(status, told):
    """Its verdict is its list of risks; beside it, its own label of them all. What it did not finish is no alarm."""
    label = told.get("risk_score", {}).get("label") if status == 0 else None
    return {"alarm": status == 0 and bool(told.get("risks")), "labelled": label in ("suspicious", "high_risk"), "finished": status == 0}


# ---- gathering

def sha256(data):
    return hashlib.sha256(data).hexdigest()


def drawn(candidates, most):
    """`most` of the (name, version, make) with a name and version of their own, by the digest of both."""
    once = {(name, version): (name, version, make) for name, version, make in candidates}
    yield from sorted(once.values(), key=lambda c: sha256(f"{c[0]}@{c[1]}".encode()))[:most * 2]


def keep(kind, ending, origin, candidates, most, rows):
    folder, kept = FOLDER / "honest" / kind, 0
    folder.mkdir(parents=True, exist_ok=True)
    for name, version, make in drawn(candidates, most):
        data = make()
        if data and kept < most:
            file = folder / (re.sub(r"[^\w.+-]+", "-", f"{name}-{version}").strip("-") + ending)
            file.write_bytes(data)
            rows.append((kind, name, version, origin, sha256(data), str(file.relative_to(FOLDER))))
            kept += 1
    print(f"{kept} {kind}: {origin}", flush=True)


def npm_modules(root):
    for manifest in sorted(root.rglob("package.json")):
        parts = manifest.parts
        if parts[-3:-2] == ("node_modules",) or (len(parts) > 3 and parts[-4] == "node_modules" and parts[-3][:1] == "@"):
            try:
                told = json.loads(manifest.read_bytes())
            except ValueError: # a fixture of somebody's test
                continue
            if told.get("name") and told.get("version"):
                yield told["name"], told["version"], lambda folder=manifest.parent: packs.npm_module(folder)


def wheels():
    places = {pathlib.Path(p) for p in site.getsitepackages()}
    places |= set((pathlib.Path.home() / ".pyenv/versions").glob("*/lib/python3*/site-packages"))
    for place in sorted(places):
        for info in sorted(place.glob("*.dist-info")):
            name, _, version = info.name.removesuffix(".dist-info").partition("-")
            yield name, version, lambda info=info: packs.wheel(info)


def jars():
    for jar in sorted((pathlib.Path.home() / ".m2/repository").rglob("*.jar")):
        name, version = jar.parts[-3], jar.parts[-2]
        if jar.name == f"{name}-{version}.jar" and jar.stat().st_size <= packs.LARGEST // 2 and "reeve" not in jar.parts:
            yield name, version, jar.read_bytes


def debs():
    told = subprocess.run(["dpkg-query", "-W", "-f", "${binary:Package}\t${Version}\t${Status}\n"], capture_output=True, text=True)
    for line in told.stdout.splitlines():
        package, version, status = line.split("\t")
        if status.endswith(" installed") and re.match(r"(ruby|php|python3|node|golang)-|lib.*-perl", package):
            yield package, version, lambda package=package: packs.deb(package)


def fetched(rows):
    """By each ecosystem's own client, one by one; what cannot be had is said and left out."""
    away = FOLDER / "fetched"
    for kind, names in FETCHED.items():
        folder = away / kind
        folder.mkdir(parents=True, exist_ok=True)
        for wanted in names:
            done = folder / (re.sub(r"\W+", "-", wanted) + ".done")
            if not done.exists():
                file = fetch(kind, wanted, folder)
                if not file:
                    print(f"not fetched: {kind} {wanted}", flush=True)
                    continue
                done.write_text(str(file))
            file = pathlib.Path(done.read_text())
            name, _, version = re.sub(r"==|(?<=\w)=", "@", wanted).rpartition("@")
            ending = {"npm": ".tgz", "crates": ".crate", "go": ".zip"}.get(kind) or re.search(r"(\.tar\.gz|-py\S+\.whl|-cp\S+\.whl|\.whl)$", file.name)[0]
            keep(kind, ending, "fetched", [(name, version, file.read_bytes)], 1, rows)


def fetch(kind, wanted, folder):
    with tempfile.TemporaryDirectory() as scratch:
        work = pathlib.Path(scratch)
        if kind == "npm":
            run(["npm", "pack", wanted, "--silent", "--pack-destination", scratch], work)
        elif kind == "pypi":
            source = ["--no-binary", wanted.split("==")[0]] if wanted in FETCHED["pypi"][:6] else []
            run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", *source, "-d", scratch, wanted], work)
        elif kind == "go":
            told = run(["go", "mod", "download", "-json", wanted], work)
            if told:
                shutil.copy(json.loads(told)["Zip"], work / "module.zip")
        else:
            name, _, version = wanted.partition("=")
            (work / "src").mkdir()
            (work / "src/lib.rs").write_text("")
            (work / "Cargo.toml").write_text(f'[package]\nname = "scratch"\nversion = "0.1.0"\n[dependencies]\n{name} = "={version}"\n')
            home = FOLDER / "fetched/cargo"
            run(["cargo", "fetch", "-q"], work, {"CARGO_HOME": str(home)})
            for crate in home.rglob(f"{name}-{version}.crate"):
                shutil.copy(crate, work)
        for file in sorted(work.iterdir()):
            if file.suffix in (".tgz", ".gz", ".whl", ".zip", ".crate"):
                return shutil.move(file, folder / (re.sub(r"\W+", "-", wanted) + "--" + file.name))
    return None


def run(command, where, more=()):
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, env={**os.environ, **dict(more)})
    return done.stdout if done.returncode == 0 else None


def unseen():
    for name, kinds in UNSEEN.items():
        for kind, names in kinds.items():
            folder = FOLDER / name / kind
            folder.mkdir(parents=True, exist_ok=True)
            for wanted in names:
                done = folder / (re.sub(r"\W+", "-", wanted) + ".done")
                if not done.exists() and fetch(kind, wanted, folder):
                    done.write_text("")


def gather():
    unseen()
    if (FOLDER / "honest.tsv").exists():
        return
    rows = []
    fetched(rows)
    with tempfile.TemporaryDirectory() as scratch:
        roots = [pathlib.Path(text(["npm", "root", "-g"]).strip())]
        if ARCHIVES:
            with tarfile.open(pathlib.Path(ARCHIVES) / "npm-6.14.8.tgz") as tar:
                tar.extractall(scratch, filter="data")
            roots.append(pathlib.Path(scratch))
        keep("npm", ".tgz", "inside npm", [m for root in roots for m in npm_modules(root)], MOST["npm"], rows)
    keep("pypi", "-py3-none-any.whl", "site-packages", wheels(), MOST["pypi"], rows)
    keep("maven", ".jar", "local Maven repository", jars(), MOST["maven"], rows)
    keep("debian", ".deb", "installed", debs(), MOST["debian"], rows)
    imitations()
    (FOLDER / "honest.tsv").write_text("".join("\t".join(row) + "\n" for row in sorted(rows)))


def imitations():
    classes = FOLDER / "classes"
    subprocess.run([JDK + "/bin/javac", "-d", classes, "-cp", JAR, *(f for f in sorted(BUILDER.glob("*.java")) if "Test" not in f.name)], check=True)
    for texts, archives in ((TEXTS, "imitations"), (UNSEEN_TEXTS, "imitations-held-out")):
        subprocess.run([JDK + "/bin/java", "-cp", f"{classes}{os.pathsep}{JAR}", "uk.reeve.scanner.imitations.Imitations", texts,
                        FOLDER / archives], check=True)


# ---- running

def members():
    """(set, kind, path within FOLDER) of every archive, and an end of it all where a set is too small."""
    found = [("honest", row.split("\t")[0], row.split("\t")[5]) for row in (FOLDER / "honest.tsv").read_text().splitlines()]
    for name in ("imitations", "imitations-held-out", *UNSEEN):
        for file in sorted((FOLDER / name).glob("*/*")):
            if file.suffix != ".done":
                found.append((name, file.parent.name, str(file.relative_to(FOLDER))))
    found.sort(key=lambda member: sha256(member[2].encode())) # so that what an interrupted run has is a fair draw
    for name, least in LEAST.items():
        have = sum(1 for member in found if member[0] == name)
        if have < least:
            sys.exit(f"{have} {name}, and at least {least} were wanted")
    return found


def results(tool, said):
    """What the tool said of each archive, by path."""
    file = FOLDER / f"{tool}.jsonl"
    rows = map(json.loads, file.read_text().splitlines()) if file.exists() else []
    return {row["path"]: row | said(row["status"], row["told"]) for row in rows}


def measure(tool, command, statuses):
    """Each archive once; an answer is written when it is there, so an interrupted run goes on where it was."""
    file = FOLDER / f"{tool}.jsonl"
    have = {json.loads(line)["path"] for line in file.read_text().splitlines()} if file.exists() else set()
    with open(file, "a", encoding="utf-8") as out:
        for which, kind, path in members():
            line = command(kind, FOLDER / path)
            if path in have or not line:
                continue
            start = time.monotonic()
            try:
                done = subprocess.run(line, capture_output=True, text=True, timeout=SECONDS, stdin=subprocess.DEVNULL)
                status, printed, said = done.returncode, done.stdout, (done.stderr or done.stdout).strip()[-400:]
            except subprocess.TimeoutExpired:
                status, printed, said = -1, "", f"more than {SECONDS} s"
            seconds = round(time.monotonic() - start, 3)
            if statuses and status not in statuses:
                sys.exit(f"{path}: {tool} ended with {status}: {said}")
            told = json.loads(printed[printed.index("{"):]) if status >= 0 and "{" in printed else {"said": said}
            out.write(json.dumps({"path": path, "set": which, "kind": kind, "seconds": seconds, "status": status, "told": told}) + "\n")
            out.flush()


def reeve_command(kind, file):
    return [str(REEVE), "check", "--format", "json", *(["--db", DB] if DB else []), str(file)]


def guarddog_program():
    return shutil.which("guarddog", path=os.environ.get("RIVALS", "") + os.pathsep + os.environ.get("PATH", ""))


def guarddog_command(kind, file):
    return [guarddog_program(), GUARDDOG[kind], "scan", str(file), "--output-format", "json"] if kind in GUARDDOG else None


# ---- the table

def share(part, of):
    return f"{part} of {of} ({100 * part / of:.1f} %)" if of else "-"


def table():
    reeve, rival = results("reeve", reeve_said), results("guarddog", guarddog_said)
    all_members = members()
    missing = [path for name, _, path in all_members if path not in reeve and name in LEAST]
    if missing:
        sys.exit(f"{len(missing)} archives were not checked, {missing[0]} the first")
    lines = ["# Signs, measured", "",
             "Written by `benchmarks/signs`. *Honest*: packages that lay at hand or are well known, drawn by a digest of their names;"
             " their versions and SHA-256: [list](results/signs-honest.tsv). *Imitations*: harmless, self-written, each of a published"
             " attack that it cites; their addresses are those set aside for documentation, so no sign can know them. An *alarm* is a"
             f" score above {ALARM} of 100; with guarddog any risk, or its own label for all of them. How: [benchmarks](../../benchmarks/README.md#signs-of-compromise).", "",
             f"- Date: {datetime.date.today()}", f"- Commit of the signs: {os.environ.get('COMMIT') or text(['git', 'rev-parse', '--short', 'HEAD']).strip()}",
             f"- guarddog: {version()}", *(f"- {line}" for line in os.environ.get("NOTE", "").splitlines()), "",
             "| | Reeve | guarddog, the same archives | guarddog, labelled suspicious or high risk |", "|---|--:|--:|--:|"]
    for name, alarms, word in (("honest", True, "False alarms"), ("imitations", False, "Misses")):
        lines.append(f"| {word}, all {name} | {counted(reeve, name, alarms)} | | |")
        both = {path: told for path, told in reeve.items() if path in rival}
        strict = {path: told | {"alarm": told["labelled"]} for path, told in rival.items()}
        lines.append(f"| {word}, {name} that both read | {counted(both, name, alarms)} | {counted(rival, name, alarms)} | {counted(strict, name, alarms)} |")
    both = [path for path in reeve if path in rival and reeve[path]["set"] in LEAST]
    lines.append("| Time, archives that both read | " + " | ".join(f"{sum(of[p]['seconds'] for p in both):.0f} s, median {median([of[p]['seconds'] for p in both]):.2f} s" if both else "-"
                                                            for of in (reeve, rival)) + " | |")
    lines += ["", "## Held out", "", "Not in the figures above. The imitations and `held-out-2` changed nothing in the signs; `held-out-1` did"
              " after its first measurement, and what it told before stands in [trials](../explanation/trials.md).", "",
              "| | Members | Above the alarm |", "|---|--:|--:|"]
    for name in ("imitations-held-out", *UNSEEN):
        told = [t for t in reeve.values() if t["set"] == name]
        if told:
            lines.append(f"| {name} | {len(told)} | {sum(t['alarm'] for t in told)} |")
    lines += ["", "## By ecosystem", "", "| | Honest | False alarms | Imitations | Misses | guarddog: false alarms | misses |", "|---|--:|--:|--:|--:|--:|--:|"]
    for kind in sorted({kind for _, kind, _ in all_members}):
        told = [t for t in reeve.values() if t["kind"] == kind and t["set"] in LEAST]
        its = [t for t in rival.values() if t["kind"] == kind and t["set"] in LEAST]
        honest, bad = [t for t in told if t["set"] == "honest"], [t for t in told if t["set"] == "imitations"]
        lines.append(f"| {kind} | {len(honest)} | {sum(t['alarm'] for t in honest)} | {len(bad)} | {sum(not t['alarm'] for t in bad)}"
                     + (f" | {sum(t['alarm'] for t in its if t['set'] == 'honest')} | {sum(not t['alarm'] for t in its if t['set'] == 'imitations')} |" if its else " | not read | not read |"))
    fired = defaultdict(Counter)
    for told in (told for told in reeve.values() if told["set"] in LEAST):
        for sign in told["signs"]:
            fired[sign][told["set"]] += 1
    lines += ["", "## By sign", "", "| Sign | Imitations with it | Honest with it |", "|---|--:|--:|"]
    lines += [f"| {sign} | {counts['imitations']} | {counts['honest']} |" for sign, counts in sorted(fired.items(), key=lambda f: (-f[1]["imitations"], f[0]))]
    for title, which, alarms in (("False alarms", "honest", True), ("Misses", "imitations", False)):
        lines += ["", f"## {title}", ""]
        for path, told in sorted(reeve.items()):
            if told["set"] == which and told["alarm"] == alarms:
                lines.append(f"- `{path.split('/', 1)[1]}`: {told['score']}" + (", " + ", ".join(told["signs"]) if told["signs"] else ", no sign"))
    unfinished = sum(not told["finished"] for told in rival.values())
    lines += ["", f"guarddog did not finish {unfinished} archives (counted as no alarm)."] if rival else []
    (FOLDER / "signs-measured.md").write_text("\n".join(lines) + "\n")
    print("\n".join(lines))


def counted(of, name, alarms):
    told = [t for t in of.values() if t["set"] == name]
    return share(sum(t["alarm"] == alarms for t in told), len(told))


def median(numbers):
    return sorted(numbers)[len(numbers) // 2]


def version():
    if not guarddog_program():
        return "neither on PATH nor in $RIVALS"
    return re.search(r"\d+\.\d+\.\d+", text([guarddog_program(), "--version"]))[0]


for step in STEPS:
    if step == "gather":
        gather()
        members()
    elif step == "reeve":
        measure("reeve", reeve_command, (0, 1, 3))
    elif step == "guarddog":
        if guarddog_program():
            measure("guarddog", guarddog_command, ())
        else:
            print("guarddog is neither on PATH nor in $RIVALS (benchmarks/README.md)")
    elif step == "table":
        table()
    else:
        sys.exit(f"no such step: {step}; there are gather reeve guarddog table")
