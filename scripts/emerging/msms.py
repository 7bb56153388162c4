"""MS/MS: each query's substance is left out; are the first hypotheses analogues, and the first neighbours?"""
import re
import sys

from mixtures import identity, msp

from . import sources, structures

SHOWN = 3
HIDDEN = re.compile(r"^(Name|Synon|InChIKey|Formula|CASNO|ID|Comment):")


def read(path):
    """Spectra with their text."""
    for fields, peaks, text in msp.read(path):
        names = re.findall(r"^(?:Name|Synon): (.*)$", text, re.M)
        key = identity.key(fields.get("InChIKey"), fields.get("Name"))
        yield sources.Spectrum(fields.get("ID", ""), fields.get("Name", ""), names, key, fields.get("InChIKey", ""), None, peaks, path.stem), text


def anonymous(name, text):
    """The record without what names its substance."""
    lines = [line for line in text.splitlines() if not HIDDEN.match(line)]
    return "\n".join([f"Name: {name}", f"ID: {name}", *lines]) + "\n\n"


def compare(data, work, program, register, every):
    """Rows, one a query whose structure is known."""
    folder = data / "msms"
    library = {s.id: s for s, _ in read(folder / "library.msp")}
    asked = list(read(folder / "queries.msp"))[::every]
    known = structures.smiles([*library.values(), *(s for s, _ in asked)], register, work / "structures-msms.json")
    kinship = structures.Kinship(known)
    path = program.library("msms", [folder / "library.msp"])
    groups = {}
    for spectrum, text in asked:
        if spectrum.inchikey and kinship.molecule(spectrum.key) is not None:
            groups.setdefault(spectrum.key, []).append((spectrum, text))
    rows = []
    for place, spectra in enumerate(groups.values()):
        file = work / "absent-msms.msp"
        file.write_text("".join(anonymous(s.id, text) for s, text in spectra), encoding="utf-8")
        extra = ["--without", spectra[0][0].inchikey, "--any-precursor", "--hypotheses", "always", "--top", str(SHOWN)]
        _, records = program.identify([file], path, extra)
        for record in records:
            spectrum = next(s for s, _ in spectra if s.id == record["source"]["id"])
            analogues = (record.get("emerging") or {}).get("analogues") or []
            rows.append(
                {
                    "id": spectrum.id,
                    "key": spectrum.key,
                    "kin": any(kinship.analogues(spectrum, library[a["entry_id"]]) for a in analogues[:SHOWN]),
                    "neighbours": any(kinship.analogues(spectrum, library[c["entry_id"]]) for c in (record.get("candidates") or [])[:SHOWN]),
                    "given": bool(analogues),
                }
            )
        if sys.stderr.isatty():
            print(f"\r{place + 1} of {len(groups)} substances", end="", file=sys.stderr)
    return rows
