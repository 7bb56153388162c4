"""Runs specid: libraries, identification, and the time it takes."""
import json
import pathlib
import shutil
import subprocess
import sys
import time

from . import identity


class Program:
    """One binary, with its libraries in a working folder."""

    def __init__(self, binary, work, threads=1):
        self.binary, self.work, self.threads = str(pathlib.Path(binary).resolve()), pathlib.Path(work), threads
        self.work.mkdir(parents=True, exist_ok=True)

    def run(self, arguments):
        command = [self.binary, "--threads", str(self.threads), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)

    def version(self):
        return self.run(["--version"]).stdout.strip()

    def library(self, name, files):
        """Imports the files into a new library and gives its path."""
        path = self.work / f"{name}.h5"
        for old in self.work.glob(f"{name}.h5*"):
            if old.is_dir():
                shutil.rmtree(old)
            else:
                old.unlink()
        done = self.run(["library", "import", *files, "--library", path])
        if done.returncode not in (0, 1) or not path.exists():
            last = (done.stderr.strip().splitlines() or ["nothing said"])[-1]
            sys.exit(f"compare-mixtures: specid could not import the library {name}: {last}")
        return path

    def identify(self, files, library, extra=()):
        """Seconds of the call, and its records."""
        began = time.perf_counter()
        done = self.run(["identify", *files, "--library", library, "--format", "jsonl", *extra])
        seconds = time.perf_counter() - began
        records = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        if not records:
            last = (done.stderr.strip().splitlines() or ["nothing said"])[-1]
            sys.exit(f"compare-mixtures: specid identified nothing: {last}")
        return seconds, records


class Names:
    """Identities of what the program names, by the library's own words."""

    def __init__(self, names):
        self.names, self.keys = names, set(names.values())

    def key(self, thing):
        found = identity.key(thing.get("inchikey"), thing.get("name"))
        if found in self.keys:
            return found
        return self.names.get(identity.plain(thing.get("name")), found)


def answer(record, names):
    """Reported components as score.py wants them, and whether the rest was called structured."""
    components = []
    for c in record.get("components") or []:
        key = names.key(c)
        alike = sorted({names.key(a) for a in c.get("look_alikes") or []} - {key})
        components.append({"key": key, "share": c.get("share"), "low": c.get("low"), "high": c.get("high"), "look_alikes": alike})
    residual = record.get("residual") or {}
    return components, residual.get("structured")


def first(record, names):
    """The first candidate as if it were all there is: what the program says without mixtures."""
    candidates = record.get("candidates") or []
    return [{"key": names.key(c), "share": 1.0} for c in candidates[:1]], None


def answers(records, names, of=answer):
    """Answers by the id of the spectrum: the file's stem, or the record's own id."""
    found = {}
    for record in records:
        source = record.get("source") or {}
        path = source.get("path") or ""
        name = source.get("id") if path.endswith(".msp") else pathlib.Path(path).stem
        found[name] = of(record, names)
    return found
