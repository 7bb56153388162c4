"""Principal ions of EI mass spectra, one entry a substance."""
import collections
import math
import re

from . import register

COLUMNS = "entry_id name inchikey measured_as match laboratory source record instrument ions".split()
MOST = 20
# Below this lie the ions of air, water and the carrier gas; scans begin here or a little below.
FROM = 40
# An ion of an organic molecule lies up to about 0.4 above (hydrogens) and 0.2 below (halogens) its
# nominal mass, so a unit-mass bin reaches from 0.38 below to 0.62 above.
OFFSET = 0.38
# (file, source, laboratory where the record names none), best source first.
SOURCES = [
    ("swgdrug-3.9.msp", "SWGDRUG mass spectral library 3.9", "DEA Special Testing and Research Laboratory and contributors"),
    ("queries-replicates.msp", "NIST mds2-2418", "NIST"),
    ("background-not-in-swgdrug.msp", "MassBank-data 2025.05.1", ""),
]
LABELLED = re.compile(r"(\bd\d+\b|-d\d+|\bD\d+\b|13C|15N|deuter|labell?ed)", re.I)
DERIVATIVE = re.compile(r"\b(TMS|TBDMS|AC|PFP|TFA|HFB|artifact|artefact|derivative|M-H2O)\b", re.I)


def records(path):
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        head, found, tail = block.partition("Num Peaks")
        if not found:
            continue
        fields = collections.defaultdict(list)
        for line in head.strip().split("\n"):
            key, _, value = line.partition(": ")
            fields[key].append(value)
        peaks = [tuple(map(float, line.split()[:2])) for line in tail.split("\n")[1:] if line.strip()]
        get = lambda key: (fields.get(key) or [""])[0]
        kind = get("Instrument_type")
        if not re.search(r"\bEI\b", kind) or not peaks:
            continue
        yield {
            "name": get("Name"),
            "names": fields["Name"] + fields["Synon"],
            "inchikey": get("InChIKey"),
            "formula": get("Formula"),
            "id": get("ID"),
            "instrument": get("Instrument"),
            "laboratory": (re.search(r'contributor="([^"]*)"', get("Comment")) or [None, ""])[1],
            "peaks": peaks,
        }


def unit_mass(peaks):
    """Sum of the abundances in each unit-mass bin."""
    bins = collections.Counter()
    for mz, abundance in peaks:
        if abundance > 0:
            bins[math.floor(mz + OFFSET)] += abundance
    return bins


def principal(bins):
    """The most abundant ions as whole per cent of the base peak, ascending m/z."""
    heavy = {m: a for m, a in bins.items() if m >= FROM} or dict(bins)
    base = max(heavy.values())
    per_cent = {m: math.floor(100 * a / base + 0.5) for m, a in heavy.items()}
    # Of equals the heavier ion stays: it says more.
    order = sorted((m for m in per_cent if per_cent[m] > 0), key=lambda m: (-heavy[m], -m))
    return [(m, per_cent[m]) for m in sorted(order[:MOST])]


def mean_of(group):
    """Mean of base-peak-normalised unit-mass spectra."""
    total = collections.Counter()
    for record in group:
        bins = unit_mass(record["peaks"])
        base = max(bins.values())
        for mz, abundance in bins.items():
            total[mz] += abundance / base / len(group)
    return total


def match(substance, record):
    """How a record's identity fits a substance: exact, skeleton, name or None."""
    own, other = substance["InChIKey"], record["inchikey"]
    if LABELLED.search(record["name"]) and not LABELLED.search(substance["name"]):
        return None
    same_formula = formula_key(record["formula"]) == formula_key(substance["formula"])
    if other:
        if other == own:
            return "exact"
        same = register.skeleton(other) == register.skeleton(own)
        # The first block ignores isotopes and charge, so the formula must agree too.
        return "skeleton" if same and same_formula and not DERIVATIVE.search(record["name"]) else None
    names = {register.normal(n) for n in [substance["name"], *substance["synonyms"].split("|")] if n}
    named = any(register.normal(n) in names for n in record["names"])
    return "name" if named and same_formula else None


def formula_key(text):
    counts = collections.Counter()
    for element, count in re.findall(r"([A-Z][a-z]?)(\d*)", text.split(".")[0]):
        counts[element] += int(count or 1)
    return tuple(sorted(counts.items()))


def rows(substances, folder):
    pools = []
    for file, source, laboratory in SOURCES:
        pool = collections.defaultdict(list)
        unnamed = []
        for record in records(folder / file):
            key = register.skeleton(record["inchikey"])
            (pool[key] if key else unnamed).append(record)
        pools.append((pool, unnamed, source, laboratory))
    taken, notes, missing = [], collections.Counter(), []
    used = collections.Counter()
    for substance in substances:
        found = best(substance, pools)
        if not found:
            if substance["instrument"].startswith("1988"):
                missing.append(substance["name"])
            continue
        how, group, source, laboratory = found
        first = group[0]
        key = register.skeleton(substance["InChIKey"])
        used[key] += 1
        notes[source] += 1
        record_id = first["id"] if len(group) == 1 else f"{first['id']} and {len(group) - 1} more, mean"
        taken.append({
            "entry_id": f"EI-{key}-{used[key]}",
            "name": substance["name"],
            "inchikey": substance["InChIKey"],
            "measured_as": first["name"],
            "match": how,
            "laboratory": laboratory or first["laboratory"],
            "source": source,
            "record": record_id,
            "instrument": first["instrument"],
            "ions": " ".join(f"{m}:{p}" for m, p in principal(mean_of(group))),
        })
    report = [f"{count} entries from {source}" for source, count in notes.items()]
    report.append("listed in 1988 Tables I or II, without a measured EI spectrum: " + "; ".join(missing))
    return taken, report


def best(substance, pools):
    """(match, records, source, laboratory) of the best source that has the substance."""
    rank = {"exact": 0, "skeleton": 1, "name": 2}
    for pool, unnamed, source, laboratory in pools:
        candidates = []
        for record in pool.get(register.skeleton(substance["InChIKey"]), []) + unnamed:
            how = match(substance, record)
            if how:
                candidates.append((rank[how], how, record))
        if not candidates:
            continue
        top = min(c[0] for c in candidates)
        same = [c[2] for c in candidates if c[0] == top]
        how = next(c[1] for c in candidates if c[0] == top)
        if source.startswith("NIST"):
            return how, same, source, laboratory
        # Of several records: the one that carries the substance's own name, then the fullest.
        names = {register.normal(n) for n in [substance["name"], *substance["synonyms"].split("|")] if n}
        same.sort(key=lambda r: (register.normal(r["name"]) not in names, -len(r["peaks"]), r["id"]))
        return how, same[:1], source, laboratory
    return None
