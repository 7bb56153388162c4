"""MS/MS spectra: their mixtures, which of them may be isolated together, and peaks side by side.

Two ways of being measured together: "window", two precursors within WINDOW of one another, of which the
mixture states one; and "open", no isolation and no precursor stated. Components of one mixture are of one polarity and
of instruments of one resolution.
"""
import math
import re

import numpy as np

from . import draw, identity

WINDOW = 1.5
TOLERANCE = {"fine": 0.02, "unit": 0.3}
NOISE = 0.01
UNIT = {"qq", "qqq", "it", "qit", "triple"}
# A component has so many fragments of at least NOISE of its base peak beside the precursor.
FRAGMENTS = 3
# Peaks of two components that are nearer than this are one.
SAME_PEAK = 0.005
# Of substances that have no queries, so many spectra of the contributor with the fewest are kept out of the library.
HELD = 6
# How often the precursor that is stated is that of the largest component; else of any.
LARGEST = 0.7


def number(text):
    found = re.match(r"[\d.]+", text or "")
    return float(found.group()) if found and float(found.group()) > 0 else math.nan


def resolution(fields, peaks):
    """`unit` for quadrupoles and ion traps and for m/z of one decimal, else `fine`."""
    words = [w.lower() for label in ("Instrument", "Instrument_type") for w in re.split(r"[^A-Za-z0-9]+", fields.get(label, ""))]
    short = sum(abs(10 * m - round(10 * m)) < 1e-3 for m, _ in peaks)
    return "unit" if UNIT & set(words) or 10 * short >= 9 * len(peaks) else "fine"


def contributor(fields):
    found = re.search(r'contributor="([^"]*)"', fields.get("Comment", ""))
    return found.group(1) if found else ""


def cleaned(peaks, tolerance, noise=NOISE):
    """m/z and intensities of merged peaks, those below `noise` of the base peak left out."""
    out = []
    for mass, intensity in sorted(p for p in peaks if p[0] > 0 and p[1] > 0):
        if out and mass - out[-1][0] < 2 * tolerance:
            before = out[-1]
            total = before[1] + intensity
            out[-1] = ((before[0] * before[1] + mass * intensity) / total, total)
        else:
            out.append((mass, intensity))
    base = max(i for _, i in out)
    rows = np.array([p for p in out if p[1] >= noise * base])
    return rows[:, 0], rows[:, 1]


def describe(fields, peaks):
    """What is needed of one measured spectrum."""
    return {
        "peaks": peaks,
        "precursor": number(fields.get("PrecursorMZ")),
        "polarity": fields.get("Ion_mode", "").upper()[:1],
        "resolution": resolution(fields, peaks),
    }


def serves(signal):
    """Whether it has enough fragments."""
    base = max(i for _, i in signal["peaks"])
    found = [m for m, i in signal["peaks"] if i >= NOISE * base and not abs(m - signal["precursor"]) < 0.5]
    return len(found) >= FRAGMENTS


def held_out(records, queried, key):
    """Records split into library and queries: of substances without queries of their own and with several
    contributors, the spectra of the one with the fewest become queries."""
    by_substance = {}
    for at, (fields, peaks, _) in enumerate(records):
        by_substance.setdefault(key(fields), {}).setdefault(contributor(fields), []).append(at)
    held, queries = set(), []
    for substance, contributors in sorted(by_substance.items()):
        if substance in queried or len(contributors) < 2:
            continue
        fewest = min(sorted(contributors), key=lambda c: len(contributors[c]))
        held |= set(contributors[fewest])
        good = [at for at in contributors[fewest] if len(records[at][1]) >= FRAGMENTS]
        queries += [records[at] for at in good[:: max(1, -(-len(good) // HELD))]]
    return [r for at, r in enumerate(records) if at not in held], queries


def pairs(groups):
    """Sources that can be in one isolation window, by pair of substances."""
    found = {}
    known = [s for group in groups.values() for s in group if s.signal["precursor"] == s.signal["precursor"]]
    for a in known:
        for b in known:
            if a.key < b.key and together(a, b) and abs(a.signal["precursor"] - b.signal["precursor"]) <= WINDOW:
                found.setdefault((a.key, b.key), []).append((a, b))
    return [found[k] for k in sorted(found)]


def together(a, b):
    return all(a.signal[k] == b.signal[k] for k in ("polarity", "resolution"))


def choice(random, part, kind, count, groups, paired):
    """The sources of one spectrum; in `absent` the first is of a substance that the smaller library lacks."""
    flat = [s for group in groups.values() for s in group]
    if count == 1:
        return [flat[random.integers(len(flat))]]
    for _ in range(200):
        if part == "window":
            same = paired[random.integers(len(paired))]
            chosen = list(same[random.integers(len(same))])
        else:
            first = flat[random.integers(len(flat))]
            fit = {k: [s for s in g if together(first, s)] for k, g in groups.items() if k != first.key}
            fit = {k: g for k, g in fit.items() if g}
            if len(fit) < count - 1:
                continue
            chosen = [first, *draw.pick(random, fit, count - 1)]
        if kind != "absent":
            return chosen
        chosen.sort(key=lambda s: not identity.absent(s.key))
        if [identity.absent(s.key) for s in chosen] == [True] + [False] * (count - 1):
            return chosen
    return None


def instrument(random):
    return {"threshold": float(np.exp(random.uniform(math.log(0.001), math.log(0.01)))), "noise_peaks": int(random.integers(0, 6))}


def mix(random, components, shares, setting):
    """Peaks of a mixture with 10 % scatter, a threshold and noise peaks, and the shares as they are then."""
    every = []
    for at, (signal, share) in enumerate(zip(components, shares)):
        base = max(i for _, i in signal["peaks"])
        kept = [(m, i) for m, i in signal["peaks"] if i >= 0.001 * base]
        total = sum(i for _, i in kept)
        every += [(m, share * i / total * math.exp(random.normal(0, 0.1)), at) for m, i in kept]
    masses, parts = [], []
    for mass, intensity, at in sorted(every):
        if masses and mass - masses[-1] < SAME_PEAK:
            total = parts[-1].sum()
            masses[-1] = (masses[-1] * total + mass * intensity) / (total + intensity)
        else:
            masses.append(mass)
            parts.append(np.zeros(len(components)))
        parts[-1][at] += intensity
    masses, parts = np.array(masses), np.array(parts)
    height = parts.sum(axis=1)
    least = setting["threshold"] * height.max()
    kept = height >= least
    found = parts[kept].sum(axis=0) / parts[kept].sum()
    low, high = masses[kept].min(), masses[kept].max()
    noise = [(random.uniform(low, max(high, low + 1)), least * random.uniform(1, 3)) for _ in range(setting["noise_peaks"])]
    peaks = sorted([*zip(masses[kept], height[kept]), *noise])
    return [(float(m), float(i / height.max() * 999)) for m, i in peaks], [float(s) for s in found]


def stated(random, chosen, shares):
    """The precursor that the mixture states."""
    at = int(np.argmax(shares)) if random.random() < LARGEST else int(random.integers(len(chosen)))
    return chosen[at].signal["precursor"]


def record(name, signal, precursor, peaks):
    """The text of one spectrum that says nothing of its identity."""
    kind = "LC-ESI-QQ" if signal["resolution"] == "unit" else "LC-ESI-QTOF"
    lines = [f"Name: {name}", f"ID: {name}", "Spectrum_type: MS2", f"Instrument_type: {kind}", f"Ion_mode: {signal['polarity']}"]
    if precursor == precursor:
        lines.append(f"PrecursorMZ: {precursor}")
    lines.append(f"Num Peaks: {len(peaks)}")
    return "\n".join([*lines, *(f"{m:.5f} {i:.6g}" for m, i in peaks)]) + "\n\n"
