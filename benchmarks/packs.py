"""Packs what is installed back into archives, the same bytes each time, for signs.py."""
import csv
import gzip
import io
import json
import pathlib
import subprocess
import tarfile
import zipfile

LARGEST = 8_000_000  # bytes unpacked: larger ones would be most of the time and say nothing more
SKIP = {"node_modules", "__pycache__", ".git"}


def tgz(files):
    """Of (name, bytes, mode)."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, data, mode in sorted(files):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(data), mode
            tar.addfile(entry, io.BytesIO(data))
    return gzip.compress(raw.getvalue(), mtime=0)


def zipped(files):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data, _ in sorted(files):
            out.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return raw.getvalue()


def ar(members):
    out = b"!<arch>\n"
    for name, data in members:
        out += f"{name:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n".encode() + data + b"\n" * (len(data) % 2)
    return out


def within(files):
    """The list, or None where it is empty or too large."""
    files = list(files)
    return files if files and sum(len(data) for _, data, _ in files) <= LARGEST else None


def published(manifest):
    """The manifest without what npm 6 wrote into it when it installed it (`_resolved`, `_from` …)."""
    told = json.loads(manifest)
    kept = {key: value for key, value in told.items() if key[:1] != "_"}
    return manifest if kept == told else json.dumps(kept, indent=2).encode()


def npm_module(folder):
    """A folder of node_modules as `npm pack` lays it out; what is installed in it stays out."""
    found = []
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        if path.is_file() and not path.is_symlink() and not SKIP.intersection(inside.parts):
            data = published(path.read_bytes()) if inside.as_posix() == "package.json" else path.read_bytes()
            found.append((f"package/{inside.as_posix()}", data, path.stat().st_mode & 0o777))
    files = within(found)
    return files and tgz(files)


def wheel(info):
    """A dist-info folder and what its RECORD names."""
    site, found = info.parent, []
    record = info / "RECORD"
    if not record.is_file():
        return None
    for row in csv.reader(record.read_text(errors="replace").splitlines()):
        path = site / row[0] if row else None
        if path and ".." not in row[0] and row[0][:1] != "/" and path.suffix != ".pyc" and path.is_file():
            found.append((row[0], path.read_bytes(), 0o644))
    files = within(found)
    return files and zipped(files)


def deb(package):
    """An installed Debian package: its maintainer scripts and its files, as dpkg lists them."""
    name = package.split(":")[0]
    status = subprocess.run(["dpkg", "-s", package], capture_output=True, text=True, check=True).stdout
    control = "\n".join(line for line in status.splitlines() if not line.startswith(("Status:", "Conffiles:"))) + "\n"
    scripts = [("./control", control.encode(), 0o644)]
    for word in ("preinst", "postinst", "prerm", "postrm"):
        for script in (f"/var/lib/dpkg/info/{package}.{word}", f"/var/lib/dpkg/info/{name}.{word}"):
            if pathlib.Path(script).is_file():
                scripts.append((f"./{word}", pathlib.Path(script).read_bytes(), 0o755))
                break
    listed = subprocess.run(["dpkg", "-L", package], capture_output=True, text=True, check=True).stdout
    found = []
    for path in map(pathlib.Path, listed.splitlines()):
        if path.is_file() and not path.is_symlink():
            found.append(("." + str(path), path.read_bytes(), path.stat().st_mode & 0o777))
    files = within(found)
    return files and ar([("debian-binary", b"2.0\n"), ("control.tar.gz", tgz(scripts)), ("data.tar.gz", tgz(files))])
