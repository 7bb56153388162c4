"""Each target substance is left out in turn; its own library spectra and other laboratories' spectra of it
are then identified."""
import collections
import sys

from mixtures import msp

from . import sources

SHOWN = 3


def queries(data, root, half):
    """Spectra by key of the target: its library spectra, and at most two of each query set and substance."""
    folder = data / "ei-ms"
    register = sources.register(root)
    library = sources.read(folder / "swgdrug-3.9.msp")
    chosen = {s.key for s in library if sources.is_target(register.get(s.key)) and half in ("all", sources.half(s.key))}
    found = collections.defaultdict(list)
    for spectrum in library:
        if spectrum.key in chosen and spectrum.mass and spectrum.inchikey:
            found[spectrum.key].append(("own", spectrum))
    for name, short in (("queries-replicates", "replicates"), ("queries-cross-lab", "cross")):
        counts = collections.Counter()
        for spectrum in sources.read(folder / f"{name}.msp"):
            counts[spectrum.key] += 1
            if spectrum.key in found and spectrum.mass and counts[spectrum.key] <= 2:
                found[spectrum.key].append((short, spectrum))
    return library, register, dict(found)


def ask(program, work, path, targets):
    """What specid says of each spectrum, with its substance left out; by id of the spectrum."""
    said = {}
    for place, (key, spectra) in enumerate(targets.items()):
        file = work / "absent.msp"
        file.write_text("".join(msp.record(s.id, s.peaks) for _, s in spectra), encoding="utf-8")
        named = next(s.inchikey for _, s in spectra if s.inchikey)
        extra = ["--without", named, "--max-components", "1", "--hypotheses", "always", "--top", str(SHOWN)]
        _, records = program.identify([file], path, extra)
        said.update({(record["source"] or {}).get("id"): record for record in records})
        if sys.stderr.isatty():
            print(f"\r{place + 1} of {len(targets)} substances", end="", file=sys.stderr)
    return said


def hypotheses(spectrum, said, kinship, by_id):
    """Which of the first hypotheses are of analogues, and have the right difference of masses."""
    kin, mass = [], []
    for one in said[:SHOWN]:
        reference = by_id[one["entry_id"]]
        kin.append(kinship.analogues(spectrum, reference))
        mass.append(one["reference_mass"] + one["mass_difference"] == spectrum.mass)
    return {
        "kin": any(kin),
        "both": any(a and b for a, b in zip(kin, mass)),
        "first": bool(kin and kin[0] and mass[0]),
        "first_mass": bool(mass and mass[0]),
    }


def judge(spectrum, record, kinship, by_id):
    """What of the result is right."""
    emerging = record.get("emerging") or {}
    verdict = record.get("verdict") or {}
    said = emerging.get("analogues") or []
    substances = [s.get("inchikey") or "" for s in verdict.get("substances") or []]
    masses = {by_id[c["entry_id"]].mass for c in record.get("candidates") or [] if (c.get("inchikey") or c["name"]) in {s.get("inchikey") or s["name"] for s in verdict.get("substances") or []}}
    identified = verdict.get("level") == "identified"
    # As an isomer that the library lacks, which is all that it can be here.
    held = any(s.startswith(spectrum.key) for s in substances)
    return {
        "identified": identified,
        "held": identified and held,
        "wrong": identified and not held,
        "verdict": verdict.get("level"),
        "other": identified and not held and spectrum.mass not in masses,
        "score": said[0]["score"] if said else None,
        **hypotheses(spectrum, said, kinship, by_id),
        "agreements": [m["agreement"] for m in emerging.get("molecular_masses") or []],
        "class": (((emerging.get("class") or {}).get("verdict") or {}).get("class") or {}).get("id"),
    }


def compare(data, root, work, half, program, path, kinship, library, register, targets, peers):
    """Rows, one a spectrum."""
    by_id = {s.id: s for s in library}
    said = ask(program, work, path, targets)
    rows = []
    for key, spectra in targets.items():
        for kind, spectrum in spectra:
            record = said.get(spectrum.id)
            if record is None:
                sys.exit(f"compare-emerging: specid said nothing of {spectrum.id}")
            row = judge(spectrum, record, kinship, by_id)
            row |= {"id": spectrum.id, "key": key, "kind": kind, "register_class": register[key]["class"]}
            near = peers.neighbours(spectrum, key, SHOWN)
            told = peers.hybrid(spectrum, key, SHOWN)
            truth = kinship.classes(key)
            row["classes"] = truth
            row["class_right"] = bool(truth) and row["class"] in truth
            row["class_wrong"] = bool(truth) and row["class"] is not None and row["class"] not in truth
            row["cosine"] = any(kinship.analogues(spectrum, s) for s in near)
            row["hybrid"] = any(kinship.analogues(spectrum, s) for s in told)
            rows.append(row)
    return rows
