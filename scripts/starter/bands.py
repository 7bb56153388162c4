"""Band tables of Raman and infrared spectra."""
import collections
import json
import re

from . import register

COLUMNS = (
    "entry_id name inchikey form technique mode excitation_nm reference_kind derived source "
    "axis_uncertainty_cm1 note bands"
).split()
FEWEST = 4
# Ripple of digitised figures lies below this share of the strongest band.
WEAKEST = 0.1
CLOSED = ("internal evaluation only", "none stated", "COPYRIGHT", "Copyright", "COBLENTZ")


def rows(substances, path):
    by_key = {s["InChIKey"]: s for s in substances}
    by_name = {}
    for s in substances:
        for name in [s["name"], *s["synonyms"].split("|")]:
            if name:
                by_name.setdefault(register.normal(name), s)
    tables = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    names_of_key = collections.defaultdict(set)
    for t in tables:
        if t["inchikey"]:
            names_of_key[t["inchikey"]].add(register.normal(t["name"]))
    taken, notes, used = [], collections.Counter(), collections.Counter()
    for t in tables:
        if any(word in t["license_note"] for word in CLOSED):
            notes["left out: the source's licence is closed or not stated"] += 1
            continue
        bands = kept(t)
        if len(bands) < FEWEST:
            notes[f"left out: fewer than {FEWEST} bands"] += 1
            continue
        name, key = identity(t, by_key, by_name, names_of_key, notes)
        technique = {"raman": "raman", "ir": "infrared"}[t["technique"]]
        stem = register.skeleton(key) or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        prefix = "RA" if technique == "raman" else "IR"
        used[prefix + stem] += 1
        notes[f"taken: {technique}"] += 1
        taken.append({
            "entry_id": f"{prefix}-{stem}-{used[prefix + stem]}",
            "name": name,
            "inchikey": key,
            "form": ", ".join(x for x in (t.get("salt_form"), t.get("state")) if x),
            "technique": technique,
            "mode": t.get("mode") or "",
            "excitation_nm": t.get("excitation_nm") or "",
            "reference_kind": "band table",
            "derived": "peak-picked" if t.get("measured_peaks") else "literature",
            "source": cite(t),
            "axis_uncertainty_cm1": t.get("axis_uncertainty_cm1") or "",
            "note": "; ".join(x for x in (t.get("note"), t.get("quality")) if x),
            "bands": " ".join(bands),
        })
    return taken, [f"{count} band tables {what}" for what, count in sorted(notes.items())]


def kept(table):
    bands = sorted(table["bands"], key=lambda b: b["position_cm1"])
    strongest = max((b["intensity"] or 0 for b in bands), default=0)
    result = []
    for b in bands:
        if b["intensity"] is not None and strongest and b["intensity"] < WEAKEST * strongest:
            continue
        relative = "" if b["intensity"] is None else f"{b['intensity'] / strongest:.3f}"
        width = "" if b["width_cm1"] is None else f"{b['width_cm1']:.1f}"
        result.append(f"{b['position_cm1']:.1f}:{relative}:{width}")
    return result


def identity(table, by_key, by_name, names_of_key, notes):
    """Name and InChIKey. A key that the register gives to another name, or that two unlike names
    share, is a mistake of the source: the register's own key by name stands in, or none."""
    key, name = table["inchikey"] or "", table["name"]
    named = by_name.get(register.normal(name))
    if named:
        if key and register.skeleton(key) != register.skeleton(named["InChIKey"]):
            notes["with an InChIKey corrected from the register"] += 1
        return name, named["InChIKey"]
    if key and (key in by_key or len(names_of_key[key]) > 1):
        known = by_key.get(key)
        if known is None or register.normal(known["name"]) != register.normal(name):
            notes["with a doubtful InChIKey left out"] += 1
            return name, ""
    return name, key


def cite(table):
    source, url = table["source"], table.get("source_url")
    # Paths and record numbers inside a source do not help a reader; the address does.
    return f"{source}; {url}" if url and url not in source else source
