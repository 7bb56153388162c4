"""Makes a page of the screening with made-up samples, among them hostile texts, nulls and empty lists.

Nothing here comes from a measured spectrum: bands and peaks are drawn by a seeded random generator.
"""

import json
from collections import Counter
from pathlib import Path
from statistics import median

from substances import CONTROLS, HOSTILE, Maker

DATA = 'id="data">'

CLASSES = ["synthetic cathinone", "tropane", "ATS precursor", "fentanyl precursor", "adulterant"]
WORDS = {
    "look-alikes": "Cannot be told apart from another substance",
    "disagreeing": "Techniques or spectra of the sample disagree",
    "axis": "The axis is shifted more than it should be",
    "quality": "The spectrum is of limited or poor quality",
    "not-in-library": "Not in this library",
    "class-only": "Only a class can be named",
    "component": "A controlled component that the verdict does not name",
    "alert": "A substance on the alert list is among the candidates",
    "missing-field": "A field of the manifest is missing",
    "unusable": "No spectrum could be used",
}
VERDICT_LOOK = {
    "class-only": "class-only",
    "not-in-library": "not-in-library",
    "disagreeing": "disagreeing",
    "unusable": "unusable",
}


def assemble(page, data, like):
    """The page `like`, which the program made, with other data; `data` is JSON text without any `<`."""
    before, rest = Path(like).read_text(encoding="utf-8").split(DATA)
    Path(page).write_text(before + DATA + data + rest[rest.index("</script>") :], encoding="utf-8")


def as_json(data):
    """JSON text as the program writes it: no `<` in it."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def sample(maker, i, unknowns):
    """One sample, by its number."""
    rng = maker.rng
    k = rng.randrange(60)
    verdict = rng.choices(
        ["identified", "class-only", "inconclusive", "not-in-library", "disagreeing", "unusable"], [70, 6, 10, 8, 4, 2]
    )[0]
    cluster = rng.randrange(len(unknowns)) if verdict == "not-in-library" and rng.random() < 0.6 else None
    if cluster is not None:
        k = unknowns[cluster][0]
    shift = 0.2 + 3.5 * i / 400 % 4 + rng.gauss(0, 0.4)
    spectra = [
        maker.spectrum(
            k, f"case-{i % 97}/s{i:05d}.jdx", shift, verdict, None if cluster is None else unknowns[cluster][1]
        )
    ]
    if i % 10 == 3:
        spectra += [
            maker.spectrum(rng.randrange(60), f"case-{i % 97}/s{i:05d}-{n}.jdx", shift, verdict)
            for n in range(2 if i % 20 == 3 else 1)
        ]
    keys = [VERDICT_LOOK[verdict]] if verdict in VERDICT_LOOK else []
    keys += [key for key in ("look-alikes", "axis", "quality", "alert", "component", "missing-field") if rng.random() < 0.04]
    if verdict == "unusable":
        spectra = [
            {
                **spectra[0],
                "drawing": None,
                "candidates": [],
                "technique": None,
                "verdict": None,
                "error": "The file holds a background, no sample.",
                "sha256": None,
                "id": None,
            }
        ]
    rate = rng.uniform(0.0005, 0.08)
    named = verdict == "identified"
    names = [maker.known[k][2]] + ([f"Isomer of {maker.known[k][2]}"] if named and "look-alikes" in keys else [])
    control = CONTROLS[k % 5] if named else None
    return {
        "label": f"S-{i:05d}",
        "case": None if i % 13 == 0 else f"C-{i % 97}",
        "fields": [["item", str(i % 7 + 1)], ["place", rng.choice(["Bangkok", "Wien", "Bogot\u00e1"])]],
        "verdict": verdict,
        "names": names if named else [],
        "status": [control] if control else [],
        "control": control,
        "class": CLASSES[k % 5] if verdict in ("identified", "class-only") else None,
        "score": spectra[0]["candidates"][0]["score"] if spectra[0]["candidates"] else None,
        "rate": [rate, rate * 0.6, rate * 1.5] if named else None,
        "quality": None if verdict == "unusable" else rng.choices(["good", "limited", "poor"], [80, 15, 5])[0],
        "technique": sorted({s["technique"] for s in spectra if s["technique"]}),
        "flags": [[key, f"{WORDS[key]}: see the candidates of {i}."] for key in keys],
        "priority": len(keys),
        "reasons": ["A sentence that says why the verdict is what it is."],
        "cluster": None if cluster is None else cluster + 1,
        "spectra": spectra,
    }


def hostile(made):
    """Puts hostile texts, nulls and empty lists into some of the samples."""
    for at, text in enumerate(HOSTILE):
        if at * 3 + 2 >= len(made):
            return
        s = made[at * 3 + 1]
        s.update(label=text, case=text, reasons=[text, None], fields=[[text, text], ["", None], []])
        s["flags"] = [["alert", text], [text, None]]
        s["priority"] = 3
        for spectrum in s["spectra"]:
            spectrum.update(path=text, id=text, warnings=[text], reasons=[text])
    nothing = {"label": None, "spectra": None, "flags": None, "names": None, "fields": None, "rate": None}
    made[2].update(
        nothing,
        verdict=None,
        priority=None,
        technique=None,
        reasons=None,
        status=None,
        control=None,
        cluster=None,
        **{"class": None, "case": None, "score": None, "quality": None},
    )
    broken = [
        {"k": "c", "u": "cm-1", "x0": 0, "dx": 1, "y": "%%%"},
        {"k": "?"},
        {"k": "s", "u": "m/z", "x": "", "y": ""},
    ]
    if len(made) > 5:
        made[5]["spectra"] = [{**made[5]["spectra"][0], "drawing": d} for d in broken] + [None, {}]


def drift_of(name, points):
    """Points of an instrument with the medians of their first and last quarter."""
    quarter = len(points) // 4
    middle = [
        round(median(p[1] for p in part), 2) if part else None
        for part in (points[:quarter], points[len(points) - quarter :])
    ]
    return {
        "instrument": name,
        "technique": "raman",
        "unit": "cm-1",
        "points": points,
        "early": middle[0] if quarter else None,
        "late": middle[1] if quarter else None,
    }


def fixture(n):
    """The data of a page with `n` samples; with 0, a page with nothing in it."""
    base = {
        "schema": "specid.screen/1",
        "title": "run1",
        "made": "2026-11-26T12:00:00Z",
        "notice": "PRESUMPTIVE: a screening result by similarity of spectra. Another technique must confirm it.",
        "complete": True,
        "files": {"done": n, "waiting": 0},
        "spectra": {"looked_at": n, "failed": 3},
        "program": {"name": "specid", "version": "0.1.0"},
        "libraries": [
            {"technique": "all", "name": "made-up library", "generation": 3, "hash": "ab" * 32, "location": "lib.h5"}
        ],
        "settings": [["top", "5"], ["targets", "table-i"]],
        "second_look_words": WORDS,
    }
    if n == 0:
        return {
            **base,
            "complete": False,
            "files": None,
            "libraries": [],
            "settings": None,
            "counts": {},
            "references": [],
            "samples": [],
            "drift": [],
            "clusters": None,
            "failures": [],
        }
    maker = Maker(7)
    unknowns = [(k, maker.truth(maker.known[k][0])) for k in (0, 1, 2)]
    made = [sample(maker, i, unknowns) for i in range(n)]
    if n > 2:
        hostile(made)
    order = {id(s): i for i, s in enumerate(made)}
    made.sort(key=lambda s: -(s["priority"] or 0))
    counted = {
        name: Counter(s[name] for s in made if s[name] is not None) for name in ("verdict", "control", "class", "case")
    }
    looks = Counter(key for s in made for key in {f[0] for f in s["flags"] or []})
    first = [[key, counted["control"][key]] for key in CONTROLS if key in counted["control"]]
    tables = {name: [[k, c] for k, c in counted[name].most_common()] for name in ("verdict", "class", "case")}
    points = [
        [order[id(s)], s["spectra"][0]["candidates"][0]["shift"], i]
        for i, s in enumerate(made)
        if s["spectra"] and s["spectra"][0] and s["spectra"][0].get("technique") == "raman"
    ]
    drift = [drift_of(name, sorted(points[at::3])) for at, name in enumerate(["SN123", "unstated", HOSTILE[0]])]
    if n > 2:
        drift.append(
            {"instrument": "SN9", "technique": "infrared", "unit": "cm-1", "points": [], "early": None, "late": None}
        )
    members = {c + 1: [i for i, s in enumerate(made) if s["cluster"] == c + 1] for c in range(3)}
    clusters = [
        {"id": c, "technique": maker.known[unknowns[c - 1][0]][0], "samples": m, "similarity": 0.93}
        for c, m in members.items()
        if len(m) > 1
    ]
    failures = [
        ["a/notes.txt", "not-a-spectrum", "The file holds text, no spectrum."],
        [HOSTILE[2], HOSTILE[0], HOSTILE[3]],
        [None, None, None],
    ]
    return {
        **base,
        "complete": False,
        "files": {"done": n, "waiting": 45},
        "spectra": {"looked_at": n, "failed": 3},
        "counts": {**tables, "control": first, "second_look": [[k, c] for k, c in looks.most_common()]},
        "references": maker.references,
        "samples": made,
        "drift": drift,
        "clusters": clusters,
        "failures": failures,
    }
