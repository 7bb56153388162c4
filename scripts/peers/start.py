"""One `specid identify` as a whole process on a large library file, beside Python that only imports numpy."""
import os
import subprocess
import sys

from .lists import Lists
from .program import ROOT, median, program, timed, worst

PROGRAM = ROOT / "target" / "release" / "specid"
# Processes timed of each kind.
RUNS = 20
# What is asked of specid, and how it is called in the table.
ASKED = {
    "ranking and verdict": ["--hypotheses", "never", "--max-components", "1"],
    "and components": ["--hypotheses", "never"],
    "as by default (an unknown: hypotheses, too)": [],
}


def record(lists, row, name):
    peaks = "\n".join(f"{mz:.0f} {height:.3f}" for mz, height in lists.peaks(row))
    return f"Name: {name}\nID: {name}\nComments: instrument_type=EI-Q\nNum Peaks: {lists.offsets[row + 1] - lists.offsets[row]}\n{peaks}\n\n"


def run(arguments, **more):
    return subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **more)


def must(arguments):
    done = run(arguments)
    if done.returncode != 0:
        sys.exit(f"compare-peers: {' '.join(map(str, arguments))}: {done.stderr}")


def ei(folder):
    """The library file, with a decision rule learned from it, and files of one query each."""
    library, source = folder / "library.h5", folder / "library.msp"
    if not library.exists():
        lists = Lists(folder, "library")
        with open(source, "w") as out:
            out.writelines(record(lists, row, f"made up {row}") for row in range(len(lists)))
        must([PROGRAM, "library", "import", "--library", library, "--technique", "ei-ms", source])
        source.unlink()
    asked, files = Lists(folder, "queries"), []
    for query in range(min(RUNS, len(asked))):
        files.append(folder / f"query-{query}.msp")
        files[-1].write_text(record(asked, query, "unknown"))
    return library, files, "ei-ms"


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


def start(made_of, folder):
    """Lines of the table for one library file; all kinds of processes in turn."""
    library, files, technique = made_of(folder)
    numpy = [sys.executable, "-c", "import numpy"]
    times = {"python -c \"import numpy\"": []} | {words: [] for words in ASKED}
    for round_ in range(RUNS + 2):
        query = files[round_ % len(files)]
        common = [PROGRAM, "identify", "--threads", "1", "--technique", technique, "--library", library, query]
        for (words, list_), arguments in zip(times.items(), [numpy, *([*common, *more] for more in ASKED.values())]):
            ms, done = timed(run, arguments)
            if done.returncode not in (0, 1):
                sys.exit(f"compare-peers: {done.stderr}")
            if round_ >= 2:
                list_.append(ms)
    of = times["python -c \"import numpy\""]
    table = [f"| {words} | {median(values):.1f} | {worst(values):.0f} | {median(a / b for a, b in zip(values, of)):.2f} |" for words, values in times.items()]
    return [
        f"### One `specid identify --threads 1`, {technique}, {folder.name} ({os.path.getsize(library) / 1e6:.0f} MB, in the system's cache)",
        "",
        "| ms, the whole process | median | worst 1 % | times numpy |",
        "|---|---|---|---|",
        *table,
        "",
    ]
