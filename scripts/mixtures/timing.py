"""Milliseconds a spectrum against 10 000 references: real ones, filled up with blends of them.

The time is the difference of two calls of different size, divided by the difference, so that neither
the program's start nor opening the library counts; the median of several such pairs.
"""
import time
from statistics import median

import numpy as np

from . import ions, jcamp, make, msp, peers, sources

REFERENCES = 10_000
FEW, MANY, PAIRS = 5, 45, 5
DATA_TYPE = {"raman": ("RAMAN SPECTRUM", "COUNTS"), "infrared": ("INFRARED SPECTRUM", "ABSORBANCE")}


def blended_curves(data, folder, technique, count):
    """Paths of the real references and of blends of two or three of them, with noise, to make `count`."""
    held = sources.load(data, technique)
    real = [path for _, path in held.library][:count]
    random = np.random.default_rng([7, len(technique)])
    low, high = (300, 1700) if technique == "raman" else (700, 3500)
    axis = np.arange(low, high + 1, 2.0)
    rows = []
    for source in held.parts["own"]:
        x, y = source.signal
        rows.append(np.interp(axis, x, y))
    rows = np.array(rows)
    place = folder / f"blends-{technique}"
    place.mkdir(parents=True, exist_ok=True)
    kind, units = DATA_TYPE[technique]
    paths = list(real)
    for at in range(count - len(real)):
        chosen = random.integers(0, len(rows), random.integers(2, 4))
        blend = random.uniform(0.2, 1, len(chosen)) @ rows[chosen]
        moved = np.interp(axis - random.uniform(-8, 8), axis, blend / blend.max())
        noisy = moved + random.normal(size=len(axis)) / random.uniform(100, 1000)
        path = place / f"blend{at:05}.jdx"
        if not path.exists():
            jcamp.write(path, f"blend {at}", kind, units, axis, 1000 * noisy)
        paths.append(str(path))
    return paths


def blended_ions(data, folder, count):
    """One file of the drug library, the background, and blends of their spectra to make `count`."""
    texts = [text for part in ("swgdrug-3.9", "background-not-in-swgdrug") for _, _, text in msp.read(data / "ei-ms" / f"{part}.msp")]
    texts = texts[:count]
    rows = [ions.unit_mass(peaks) for _, peaks, _ in msp.read(data / "ei-ms" / "swgdrug-3.9.msp")]
    random = np.random.default_rng(8)
    for at in range(count - len(texts)):
        a, b = random.integers(0, len(rows), 2)
        row = rows[a] + random.uniform(0.1, 0.5) * rows[b]
        peaks = [(int(m), row[m] / row.max() * 999) for m in np.nonzero(row > 0.002 * row.max())[0]]
        texts.append(msp.record(f"blend {at}", peaks).strip())
    path = folder / "ei-references.msp"
    path.write_text("\n\n".join(texts) + "\n\n", encoding="utf-8")
    return path


def queries(folder, technique, truth, count):
    """Files of `count` mixtures, and for ions one file of them."""
    mixtures = [m for m in truth["techniques"][technique]["mixtures"] if m["kind"] == "mixture"]
    spread = mixtures[:: max(1, len(mixtures) // count)][:count]
    if technique != "ei":
        return [folder / m["file"] for m in spread]
    spectra = {f["ID"]: text for file in {m["file"] for m in spread} for f, _, text in msp.read(folder / file)}
    files = []
    for m in spread:
        path = folder / "ei" / "single" / f"{m['id']}.msp"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(spectra[m["id"]] + "\n\n", encoding="utf-8")
        files.append(path)
    return files


def by_difference(runner, library, files, extra=()):
    """Median and range of the milliseconds a spectrum over PAIRS of calls."""
    found = []
    for _ in range(PAIRS):
        few = runner.identify(files[:FEW], library, extra)[0]
        many = runner.identify(files, library, extra)[0]
        found.append(1e3 * (many - few) / (len(files) - FEW))
    return median(found), min(found), max(found)


def peer_seconds(library, technique, files):
    """Median milliseconds of the three peers together, reading the query included."""
    taken = []
    for file in files:
        query = next(iter(msp.read(file)))[1] if technique == "ei" else file
        began = time.perf_counter()
        library.ask(query)
        taken.append(1e3 * (time.perf_counter() - began))
    return median(taken)


def measure(data, work, technique, half, seed, runner, quick):
    """One row: references, specid's milliseconds with and without mixtures, the peers' together."""
    references = REFERENCES // 10 if quick else REFERENCES
    folder = work / f"time-{half}-{seed}"
    truth = make.make(data, folder, half, seed, True, (technique,))
    files = queries(folder, technique, truth, MANY)
    if technique == "ei":
        given = [blended_ions(data, folder, references)]
        library = peers.Masses(given[0])
    else:
        given = blended_curves(data, folder, technique, references)
        library = peers.Curves(technique, [(path, path) for path in given])
    row = {"technique": technique, "references": references, "spectra": len(files), "peers": peer_seconds(library, technique, files[:3])}
    if runner:
        path = runner.library(f"time-{technique}", given)
        row["specid"] = by_difference(runner, path, files)
        row["one"] = by_difference(runner, path, files, ("--max-components", "1"))
    return row
