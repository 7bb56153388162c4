"""What of the register still has to be checked against the published lists."""
from collections import defaultdict

PUBLISHED = {"1961": "Yellow List", "1971": "Green List", "1988": "Red List"}


def sections(substances, control, no_group):
    """(title, lines) of everything that is still open; `no_group` is None where RDKit is missing."""
    treaty_rows = [row for row in control if row["list"][:4] in PUBLISHED and row["kind"] != "exclusion"]
    yield from by_list(
        "entries not compared with the published list", [r for r in treaty_rows if r["checked"] == "no"], entry
    )
    yield from by_list("entries without a date in force", [r for r in treaty_rows if not r["from"]], decided)
    yield from by_list(
        "entries whose date in force is no day", [r for r in treaty_rows if r["from"] and len(r["from"]) < 10], decided
    )
    marked = [r for r in control if "to be checked" in r["notes"] or "is to be read" in r["notes"]]
    yield "remarks of control.tsv that ask for a check", [f"line {r.line}: {r['name']}: {r['notes']}" for r in marked]
    unclear = [r for r in control if not r["list"].startswith("19")]
    yield "on no list of a treaty, as publicly known or unconfirmed", [f"line {r.line}: {r['name']} ({r['list']})" for r in unclear]
    if no_group is not None:
        yield "salts claimed, no group for them in the structure", [f"line {r.line}: {r['name']}" for r in no_group]
    listed = {r["name"] for r in control}
    yield "no listing known, and the remark asks for a check", [
        f"line {s.line}: {s['name']}: {s['notes']}" for s in substances
        if s["name"] not in listed and any(w in s["notes"] for w in ("unverified", "to confirm", "needs confirmation"))
    ]
    yield "CAS number checked by its digit only", [
        f"line {s.line}: {s['name']} {s['cas']}" for s in substances if s["cas"] and s["cas_checked"] == "no"
    ]
    yield "no CAS number", [f"line {s.line}: {s['name']}" for s in substances if not s["cas"]]
    yield "structure drawn by hand only, no second source", [
        f"line {s.line}: {s['name']}" for s in substances if "structure: hand only" in s["source"]
    ]
    yield "structure agrees with its own name only", [
        f"line {s.line}: {s['name']}" for s in substances if s["source"].startswith("structure: name-SMILES(OPSIN);")
    ]


def by_list(title, rows, line):
    groups = defaultdict(list)
    for row in rows:
        groups[row["list"]].append(row)
    for code, members in sorted(groups.items()):
        yield f"{PUBLISHED[code[:4]]}, {code}: {title}", [line(row) for row in members]


def entry(row):
    return f"line {row.line}: {row['name']}: {row['source']}"


def decided(row):
    return f"line {row.line}: {row['name']}, decided {row['decided']}, from {row['from'] or 'unknown'}"
