"""The libraries, and the spectra of known substances that are disturbed."""
import pathlib
from dataclasses import dataclass

import numpy as np

from mixtures import identity, jcamp, msp, sources

# Entries of a library of curves that are asked of it, at most one a substance.
MOST = 60
# Transmittance that is taken for no less, as specid does.
LEAST_LIGHT = 1e-4


@dataclass
class Spectrum:
    """A curve (axis, ordinate) or ions (m/z, abundance); `units` of a curve's ordinate."""

    id: str
    key: str
    signal: tuple
    units: str = ""


@dataclass
class Entry:
    """`text` is a path (curves) or a record (ions)."""

    key: str
    name: str
    text: str
    signal: tuple


@dataclass
class Set:
    """Spectra asked of one library. Those of the substances `absent` are also asked of the library without these."""

    name: str
    title: str
    technique: str
    library: list
    spectra: list
    absent: set

    def names(self):
        """Keys by the library's names."""
        return {identity.plain(e.name): e.key for e in reversed(self.library)}

    def less(self):
        """The library without the absent substances."""
        return [e for e in self.library if e.key not in self.absent]

    def substances(self):
        return len({s.key for s in self.spectra})


def ordinate(head, y):
    """Absorbance of infrared files, the ordinate as it is of others, with its unit; nothing of a reflectance."""
    if head.get("DATA TYPE", "").upper().startswith("RAMAN"):
        return y, head.get("YUNITS", "COUNTS")
    return sources.absorbance(head, y, LEAST_LIGHT), "ABSORBANCE"


def of_library(technique, title, library, readings):
    """The library's own curves, one a substance, the most of them by hash; half of their substances absent."""
    first = {}
    for entry, (stem, signal, units) in zip(library, readings):
        if signal is not None:
            first.setdefault(entry.key, Spectrum(stem, entry.key, signal, units))
    chosen = sorted(first.values(), key=lambda s: identity.digest(s.key))[:MOST]
    absent = {s.key for s in chosen if identity.half(s.key) == "report"}
    return Set(f"{technique}-own", title, technique, library, chosen, absent)


def curve(path):
    """Header of a file, stem, curve and unit; no curve where the file gives no absorbance."""
    head, x, y = jcamp.read(path)
    y, units = ordinate(head, y)
    return head, path.stem, None if y is None else (x, y), units


def curves(data, technique):
    """The set of other instruments' queries, and that of the library's own."""
    folder = data / {"raman": "raman", "infrared": "ir"}[technique]
    paths = sorted((folder / "library").glob("*.jdx"))
    read = [curve(path) for path in paths]
    keys = identity.united([(head.get("$INCHIKEY"), head.get("TITLE")) for head, *_ in read])
    library = [Entry(k, r[0].get("TITLE"), str(p), r[2]) for k, p, r in zip(keys, paths, read)]
    by_stem = {path.stem: key for path, key in zip(paths, keys)}
    asked = []
    for line in (folder / "truth.tsv").read_text(encoding="utf-8").splitlines():
        query, _, stem = line.split("\t")[:3]
        _, _, signal, units = curve(folder / "queries" / f"{query}.jdx")
        asked.append(Spectrum(query, by_stem[stem], signal, units))
    other = Set(f"{technique}-other", "spectra of other instruments", technique, library, asked, {s.key for s in asked})
    return other, of_library(technique, "spectra of the library itself", library, [r[1:] for r in read])


def ions(data):
    """Other laboratories' EI spectra of substances of the library."""
    records = list(msp.read(data / "ei-ms" / "swgdrug-3.9.msp"))
    keys = identity.united([(fields.get("InChIKey"), fields.get("Name")) for fields, *_ in records])
    library = [Entry(k, f.get("Name"), text, arrays(peaks)) for k, (f, peaks, text) in zip(keys, records)]
    known, asked = set(keys), []
    for fields, peaks, _ in msp.read(data / "ei-ms" / "queries-cross-lab.msp"):
        key = identity.key(fields.get("InChIKey"), fields.get("Name"))
        if key in known:
            asked.append(Spectrum(fields["ID"], key, arrays(peaks)))
    return Set("ei-other", "spectra of other laboratories", "ei", library, asked, {s.key for s in asked})


def arrays(peaks):
    m, a = np.array(sorted(peaks)).T
    return m, a


def load(data, technique, quick):
    """The sets of a technique; a fifth of their spectra where it is to be quick."""
    data = pathlib.Path(data)
    found = [ions(data)] if technique == "ei" else list(curves(data, technique))
    for each in found:
        if quick and len(each.spectra) > 20:
            each.spectra = each.spectra[::5]
    return found
