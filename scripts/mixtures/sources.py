"""The libraries, and the spectra that may be components of mixtures, from the development data."""
import pathlib
from dataclasses import dataclass, field

import numpy as np

from . import curve, fragments, identity, ions, jcamp, msp

# What a component's axis must cover, the widest mixture, and the half width of its baseline, in cm-1.
COVER = {("raman", "own"): (300, 1700), ("raman", "other"): (500, 1600), ("infrared", "own"): (700, 3500), ("infrared", "other"): (700, 3500)}
WIDEST = {"raman": (200, 2000), "infrared": (600, 3800)}
HALF_WIDTH = {"raman": 60, "infrared": 120}
LEAST_SNR = 150
# How well a curve from another instrument must fit a reference, and how far it may have to be moved.
LEAST_FIT, FARTHEST = 0.85, 12


@dataclass
class Source:
    """One measured spectrum: a curve as (axis, bands), a row of unit masses, or what `fragments.describe` gives."""

    key: str
    name: str
    file: str
    signal: object


@dataclass
class Technique:
    """`library` holds (key, path or record text); `names` the keys by small-letter names; `parts` the
    sources by part; `same` the key that stands for another's."""

    library: list
    names: dict
    parts: dict = field(default_factory=dict)
    same: dict = field(default_factory=dict)


def absorbance(head, y, floor=0.01):
    """Infrared ordinates as absorbance, or nothing where the file has none; less light than `floor` counts as that."""
    units = head.get("YUNITS", "").upper()
    if "TRANS" in units:
        scale = 100.0 if np.percentile(y, 95) > 2 else 1.0
        return -np.log10(np.clip(y / scale, floor, None))
    return None if "REFLECT" in units else y


def component(technique, part, head, x, y):
    """The curve above its baseline, or nothing where the file does not serve."""
    if "coarse" in head.get("$AXIS QUALITY", "") or "uncalibrated" in head.get("$AXIS QUALITY", ""):
        return None
    low, high = COVER[technique, part]
    if x[0] > low or x[-1] < high or (x[-1] - x[0]) / len(x) > 6:
        return None
    return bands(technique, head, x, y, LEAST_SNR)


def bands(technique, head, x, y, least_snr=0):
    """Fine axis and curve above its baseline, highest 1; nothing without an absorbance or with noise."""
    if technique == "infrared":
        y = absorbance(head, y)
    if y is None or len(x) < 50:
        return None
    widest = WIDEST[technique]
    axis, fine = curve.on_fine(x, y, max(x[0], widest[0]), min(x[-1], widest[1]))
    above = curve.bands(fine, HALF_WIDTH[technique])
    measured = y[(x >= axis[0]) & (x <= axis[-1])]
    if above.max() <= 0 or above.max() < least_snr * curve.noise(measured):
        return None
    return axis, above / above.max()


def aligned(signal, references):
    """The curve moved onto the axis of the reference it fits best, or nothing where it fits none.

    Components measured on different instruments are to share one axis in a mixture, whose own error
    is put on afterwards; a reference whose axis is bent serves no truth.
    """
    x, y = signal
    best = (LEAST_FIT, None)
    for axis, reference in references:
        for shift in range(-FARTHEST, FARTHEST + 1):
            inside = (axis >= x[0] + shift) & (axis <= x[-1] + shift)
            if inside.sum() < 500:
                continue
            fit = np.corrcoef(reference[inside], np.interp(axis[inside], x + shift, y))[0, 1]
            best = max(best, (fit, shift), key=lambda pair: pair[0])
    return None if best[1] is None else (x + best[1], y)


def matrix(signals, grid):
    """Curves on a grid as centred unit rows."""
    rows = np.array([np.interp(grid, x, y) for x, y in signals])
    rows -= rows.mean(axis=1, keepdims=True)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(norms > 0, norms, np.inf)


def own_fits_best(signal, key, rows, keys, grid):
    """Whether no other substance's reference fits the undisturbed curve better, moved by up to 4 cm-1.

    What cannot be told from others when pure says nothing of mixtures.
    """
    x, y = signal
    fits = (rows @ matrix([(x + shift, y) for shift in range(-4, 5)], grid).T).max(axis=1)
    return keys[int(np.argmax(fits))] == key


def curves(data, technique, folder):
    own, by_stem = [], {}
    paths = sorted((data / folder / "library").glob("*.jdx"))
    read = [jcamp.read(path) for path in paths]
    titles = [head.get("TITLE") for head, _, _ in read]
    keys = identity.united([(head.get("$INCHIKEY"), head.get("TITLE")) for head, _, _ in read])
    for path, key, (head, x, y) in zip(paths, keys, read):
        by_stem[path.stem] = key
        signal = component(technique, "own", head, x, y)
        if signal is not None:
            own.append(Source(key, head.get("TITLE"), path.stem, signal))
    names = {identity.plain(title): key for title, key in reversed(list(zip(titles, keys)))}
    library = [(key, str(path)) for key, path in zip(keys, paths)]
    other = []
    shown = [bands(technique, *r) for r in read]
    low, high = COVER[technique, "other"]
    grid = np.arange(low, high + 1, 2.0)
    rows = matrix([b if b is not None else (grid, 0 * grid) for b in shown], grid)
    for line in (data / folder / "truth.tsv").read_text(encoding="utf-8").splitlines():
        query, name, stem = line.split("\t")[:3]
        path = data / folder / "queries" / f"{query}.jdx"
        if stem not in by_stem or not path.exists():
            continue
        signal = component(technique, "other", *jcamp.read(path))
        if signal is not None:
            signal = aligned(signal, [b for b, key in zip(shown, keys) if key == by_stem[stem] and b is not None])
        if signal is not None and own_fits_best(signal, by_stem[stem], rows, keys, grid):
            other.append(Source(by_stem[stem], name, query, signal))
    return Technique(library, names, {"own": own, "other": other})


def masses(data):
    library, names = [], {}
    for fields, _, text in msp.read(data / "ei-ms" / "swgdrug-3.9.msp"):
        key = identity.key(fields.get("InChIKey"), fields.get("Name"))
        library.append((key, text))
        names.setdefault(identity.plain(fields.get("Name")), key)
    known = {key for key, _ in library}
    parts = {}
    for part in ("replicates", "cross-lab"):
        parts[part] = []
        for fields, peaks, _ in msp.read(data / "ei-ms" / f"queries-{part}.msp"):
            key = identity.key(fields.get("InChIKey"), fields.get("Name"))
            if key not in known or len(peaks) < 15 or peaks[0][0] > 46:
                continue
            row = ions.unit_mass(peaks)
            if np.count_nonzero(row) >= 12:
                parts[part].append(Source(key, fields["Name"], fields["ID"], row))
    return Technique(library, names, parts)


def peak_lists(data):
    """Both parts are of the same sources: what differs is which of them are put together. Entries of one name are
    one substance, whatever their InChIKeys."""
    records = list(msp.read(data / "msms" / "library.msp"))
    names, same = {}, {}
    for fields, _, _ in records:
        found = identity.key(fields.get("InChIKey"), fields.get("Name"))
        same[found] = names.setdefault(identity.plain(fields.get("Name")), same.get(found, found))

    def key(fields):
        found = identity.key(fields.get("InChIKey"), fields.get("Name"))
        return same.get(found, found)

    queries = list(msp.read(data / "msms" / "queries.msp"))
    kept, more = fragments.held_out(records, {key(f) for f, _, _ in queries}, key)
    known = {key(f) for f, _, _ in kept}
    found = []
    for fields, peaks, _ in queries + more:
        signal = fragments.describe(fields, peaks)
        if key(fields) in known and fragments.serves(signal):
            found.append(Source(key(fields), fields["Name"], fields["ID"], signal))
    library = [(key(f), text) for f, _, text in kept]
    return Technique(library, names, {"window": found, "open": found}, same)


def load(data, technique):
    """One of raman, infrared, ei, msms."""
    data = pathlib.Path(data)
    if technique == "msms":
        return peak_lists(data)
    if technique == "ei":
        return masses(data)
    return curves(data, technique, {"raman": "raman", "infrared": "ir"}[technique])
