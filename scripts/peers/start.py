"""One `specid identify` as a whole process on a large library file, beside Python that only imports numpy.

Time by the clock, and time of the processor, which other work on the machine changes less.
"""
import os
import resource
import subprocess
import sys

from .lists import Lists
from .program import ROOT, median, program, timed, worst

PROGRAM = ROOT / "target" / "release" / "specid"
# Processes timed of each kind.
RUNS = 20
# What is asked of specid, and how it is called in the table.
RANKED = ["--hypotheses", "never", "--max-components", "1"]
ASKED = {
    "ranking and verdict": RANKED,
    "and components": ["--hypotheses", "never"],
    "as by default (an unknown: hypotheses, too)": [],
}


def record(lists, row, name, ms_ms=False):
    """A spectrum as MSP; heights of MS/MS spectra at their full m/z."""
    if ms_ms:
        peaks = "\n".join(f"{lists.mz[at]:.5f} {lists.height[at]:.3f}" for at in range(lists.offsets[row], lists.offsets[row + 1]))
        about = f"PrecursorMZ: {lists.precursor[row]:.5f}\nIon_mode: P"
        return f"Name: {name}\nID: {name}\n{about}\nNum Peaks: {lists.offsets[row + 1] - lists.offsets[row]}\n{peaks}\n\n"
    peaks = "\n".join(f"{mz:.0f} {height:.3f}" for mz, height in lists.peaks(row))
    return f"Name: {name}\nID: {name}\nComments: instrument_type=EI-Q\nNum Peaks: {lists.offsets[row + 1] - lists.offsets[row]}\n{peaks}\n\n"


def run(arguments, **more):
    return subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **more)


def must(arguments):
    done = run(arguments)
    if done.returncode != 0:
        sys.exit(f"compare-peers: {' '.join(map(str, arguments))}: {done.stderr}")


def ei(folder):
    return lists(folder, "ei-ms")


def ms_ms(folder):
    return lists(folder, "ms-ms")


def lists(folder, technique):
    """The library file, with what decision rule is learned from it, and files of one query each."""
    fine = technique == "ms-ms"
    library, source = folder / "library.h5", folder / "library.msp"
    if not library.exists():
        held = Lists(folder, "library")
        with open(source, "w") as out:
            out.writelines(record(held, row, f"made up {row}", fine) for row in range(len(held)))
        must([PROGRAM, "library", "import", "--library", library, "--technique", technique, source])
        source.unlink()
    asked, files = Lists(folder, "queries"), []
    for query in range(min(RUNS, len(asked))):
        files.append(folder / f"query-{query}.msp")
        files[-1].write_text(record(asked, query, "unknown", fine))
    return library, files, technique


def raman(folder):
    """The library file, without a decision rule, and files of one query each."""
    import json

    import numpy as np

    library, files = folder / "library.h5", []
    if not library.exists():
        must([program(), "library", folder, library])
    points = json.loads((folder / "shape.json").read_text())["points"]
    rows = np.fromfile(folder / "queries.f32", np.float32).reshape(-1, points)
    for query, row in enumerate(rows[:RUNS]):
        files.append(folder / f"query-{query}.csv")
        lines = "".join(f"{600 + at},{value:.6g}\n" for at, value in enumerate(row))
        files[-1].write_text("Raman shift (cm-1),Intensity (counts)\n" + lines)
    return library, files, "raman"


def spent():
    """Milliseconds of the processor that all processes started here have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1e3


def start(made_of, folder):
    """Lines of the table for one library file; all kinds of processes in turn."""
    library, files, technique = made_of(folder)
    numpy = [sys.executable, "-c", "import numpy"]
    kinds = {"python -c \"import numpy\"": None} | ASKED
    if technique == "ms-ms":
        kinds["ranking and verdict, any precursor"] = [*RANKED, "--any-precursor"]
    times = {words: [] for words in kinds}
    processor = {words: [] for words in kinds}
    for round_ in range(RUNS + 2):
        query = files[round_ % len(files)]
        common = [PROGRAM, "identify", "--threads", "1", "--technique", technique, "--library", library, query]
        for words, more in kinds.items():
            before = spent()
            ms, done = timed(run, numpy if more is None else [*common, *more])
            if done.returncode not in (0, 1):
                sys.exit(f"compare-peers: {done.stderr}")
            if round_ >= 2:
                times[words].append(ms)
                processor[words].append(spent() - before)
    first = next(iter(kinds))

    def ratio(of, words):
        return median(a / b for a, b in zip(of[words], of[first]))

    table = [
        f"| {words} | {median(times[words]):.1f} | {worst(times[words]):.0f} | {ratio(times, words):.2f} "
        f"| {median(processor[words]):.1f} | {ratio(processor, words):.2f} |"
        for words in kinds
    ]
    return [
        f"### One `specid identify --threads 1`, {technique}, {folder.name} ({os.path.getsize(library) / 1e6:.0f} MB, in the system's cache)",
        "",
        "| ms, the whole process | median | worst 1 % | times numpy | of the processor | times numpy |",
        "|---|---|---|---|---|---|",
        *table,
        "",
    ]
