"""The register of substances: identity, role, class, international control."""
import csv
import re

COLUMNS = (
    "name synonyms cas cas_checked formula smiles inchikey mass role class instrument "
    "control_date in_force since confidence control_checked notes"
).split()
MONTHS = {m: i for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}


def load(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def rows(substances):
    for s in substances:
        yield {
            "name": s["name"],
            "synonyms": s["synonyms"],
            "cas": s["CAS"],
            # A number whose check digit holds may still belong to another substance.
            "cas_checked": "no" if s["cas_check"] in ("check digit only", "no CAS given", "") else "yes",
            "formula": s["formula"],
            "smiles": s["SMILES"],
            "inchikey": s["InChIKey"],
            "mass": s["monoisotopic_mass"],
            "role": s["role"],
            "class": s["class"],
            "instrument": s["instrument"],
            "control_date": s["date_of_control"],
            "in_force": in_force(s["date_of_control"]),
            "since": since(s["date_of_control"]),
            "confidence": s["confidence"],
            # "stored-..." stands for a source that was read; the rest is general knowledge.
            "control_checked": "yes" if s["control_check"].startswith("stored") else "no",
            "notes": s["notes"],
        }


def in_force(text):
    """ISO date where the text states the day: 'in force 3 Dec 2024' gives 2024-12-03."""
    found = re.search(r"in force (\d{1,2}) ([A-Z][a-z]{2})[a-z]* (\d{4})", text)
    if not found or found[2].lower() not in MONTHS:
        return ""
    return f"{found[3]}-{MONTHS[found[2].lower()]:02d}-{int(found[1]):02d}"


def since(text):
    """First year of the text that is not in doubt; empty where there is none."""
    if "?" in text:
        return ""
    found = re.search(r"\b(?:19|20)\d{2}\b", text)
    return found[0] if found else ""


def skeleton(key):
    return key[:14]


def normal(name):
    """Names compare without case, blanks and punctuation."""
    return "".join(c for c in name.lower() if c.isalnum() or c == "+")
