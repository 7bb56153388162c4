"""Makes the mixtures of one half, from a fixed seed, as files that do not name their substances.

The folder then holds, for each technique, `spectra/PART/*.jdx` or `spectra/PART.msp`, `library.txt`
(paths) or `library.msp`, and the same with `-less` without the absent substances; and truth.json:

    {"seed", "half", "techniques": {TECHNIQUE: {"absent": [KEY], "names": {NAME: KEY}, "mixtures":
        [{"id", "part", "kind", "library", "file", "components": [{"key", "name", "share", "source"}],
          "setting"}]}}}

`kind` is mixture, pure or absent; `library` is full or less.
"""
import json
import pathlib
import zlib

import numpy as np

from . import curve, draw, fragments, identity, ions, jcamp, msp, sources

TECHNIQUES = ("raman", "infrared", "ei", "msms")
# Techniques whose spectra of a part are one MSP file.
LISTS = ("ei", "msms")
# Mixtures of two, three and four; pure spectra; mixtures of two and three with one component absent.
COUNTS = {
    "raman": {"own": (140, 70, 40, 60, 60), "other": (60, 30, 20, 40, 30)},
    "infrared": {"own": (140, 70, 40, 60, 60), "other": (60, 30, 20, 20, 0)},
    "ei": {"replicates": (100, 50, 30, 50, 40), "cross-lab": (100, 50, 30, 50, 40)},
    "msms": {"window": (200, 0, 0, 80, 60), "open": (120, 60, 0, 80, 60)},
}
# Substances of a part from which whole mixtures are drawn; of fewer, one component comes from it.
ENOUGH = 4
DATA_TYPE = {"raman": ("RAMAN SPECTRUM", "COUNTS", 20_000.0), "infrared": ("INFRARED SPECTRUM", "ABSORBANCE", 0.6)}


def plan(random, counts):
    """(kind, number of components, stratum of the first share) of every spectrum."""
    two, three, four, pure, missing = counts
    strata = (np.arange(two) + random.random(two)) / max(two, 1)
    out = [("mixture", 2, s) for s in random.permutation(strata)]
    out += [("mixture", 3, None)] * three + [("mixture", 4, None)] * four
    out += [("pure", 1, None)] * pure
    return out + [("absent", 2 + at % 2, None) for at in range(missing)]


def absent_choice(random, groups, count):
    """One component that the smaller library lacks, and others that it has."""
    lacking = {k: g for k, g in groups.items() if identity.absent(k)}
    having = {k: g for k, g in groups.items() if not identity.absent(k)}
    if not lacking or len(having) < count - 1:
        return None
    return draw.pick(random, having, count, lacking)


def choice(random, kind, count, part, groups, own, paired=()):
    """The sources of one spectrum, or nothing where the half has too few."""
    if part in ("window", "open"):
        return fragments.choice(random, part, kind, 2 if kind == "absent" else count, groups, paired)
    if kind == "absent":
        return absent_choice(random, groups, count)
    if len(groups) >= ENOUGH:
        return draw.pick(random, groups, count)
    # Few measured elsewhere: one of them, the others from the library's own.
    return draw.pick(random, own, count, groups) if groups and len(own) >= count else None


def write_curve(folder, technique, name, random, chosen, shares):
    setting = curve.instrument(random, technique)
    axis, y, found = curve.mix(random, technique, [s.signal for s in chosen], shares, setting)
    kind, units, height = DATA_TYPE[technique]
    jcamp.write(folder / f"{name}.jdx", name, kind, units, axis, y * height)
    return found, setting


def make_technique(data, folder, technique, half, seed, scale):
    """Writes one technique's files and gives its part of the truth."""
    held = sources.load(data, technique)
    home = folder / technique
    home.mkdir(parents=True, exist_ok=True)
    absent = write_libraries(home, technique, held.library)
    in_half = {p: draw.by_substance(s for s in all_ if identity.half(s.key) == half) for p, all_ in held.parts.items()}
    mixtures = []
    for part, groups in in_half.items():
        random = np.random.default_rng([seed, zlib.crc32(f"{technique}/{part}/{half}".encode())])
        place = home / "spectra" / part
        place.parent.mkdir(exist_ok=True)
        if technique not in LISTS:
            place.mkdir(exist_ok=True)
            for old in place.glob("*.jdx"):
                old.unlink()
        texts = []
        paired = fragments.pairs(groups) if part == "window" else ()
        counts = [max(1, round(c * scale)) if c else 0 for c in COUNTS[technique][part]]
        for at, (kind, count, stratum) in enumerate(plan(random, counts)):
            chosen = choice(random, kind, count, part, groups, in_half.get("own", groups), paired)
            if chosen is None:
                continue
            count = len(chosen)
            shares = draw.shares(random, count, stratum)
            order = random.permutation(count)
            chosen = [chosen[i] for i in order] if kind != "absent" else chosen
            name = f"{technique}-{part}-{at:04}"
            if technique == "ei":
                setting = ions.instrument(random)
                peaks, found = ions.mix(random, [s.signal for s in chosen], shares, setting)
                texts.append(msp.record(name, peaks))
                file = f"{technique}/spectra/{part}.msp"
            elif technique == "msms":
                setting = fragments.instrument(random)
                peaks, found = fragments.mix(random, [s.signal for s in chosen], shares, setting)
                mz = fragments.stated(random, chosen, shares) if part == "window" else float("nan")
                texts.append(fragments.record(name, chosen[0].signal, mz, peaks))
                file = f"{technique}/spectra/{part}.msp"
            else:
                found, setting = write_curve(place, technique, name, random, chosen, shares)
                file = f"{technique}/spectra/{part}/{name}.jdx"
            components = [
                {"key": s.key, "name": s.name, "share": round(share, 5), "source": s.file}
                for s, share in zip(chosen, found)
            ]
            library = "less" if kind == "absent" else "full"
            mixtures.append({"id": name, "part": part, "kind": kind, "library": library, "file": file, "components": components, "setting": setting})
        if technique in LISTS:
            place.with_suffix(".msp").write_text("".join(texts), encoding="utf-8")
    substances = {p: len(g) for p, g in in_half.items()}
    return {"absent": absent, "names": held.names, "substances": substances, "mixtures": mixtures}


def write_libraries(home, technique, library):
    """The whole library and the one without the absent substances; gives the keys of these."""
    for suffix, entries in (("", library), ("-less", [e for e in library if not identity.absent(e[0])])):
        if technique in LISTS:
            (home / f"library{suffix}.msp").write_text("\n\n".join(t for _, t in entries) + "\n\n", encoding="utf-8")
        else:
            (home / f"library{suffix}.txt").write_text("".join(f"{p}\n" for _, p in entries), encoding="utf-8")
    return sorted({key for key, _ in library if identity.absent(key)})


def make(data, folder, half, seed, quick=False, techniques=TECHNIQUES):
    """Writes the files of all techniques; returns the truth, which truth.json holds too."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    scale = 0.2 if quick else 1.0
    truth = {"seed": seed, "half": half, "quick": quick, "techniques": {}}
    for technique in techniques:
        truth["techniques"][technique] = make_technique(pathlib.Path(data), folder, technique, half, seed, scale)
    (folder / "truth.json").write_text(json.dumps(truth, indent=1) + "\n", encoding="utf-8")
    return truth
