"""The register of substances: identity, role, class. Control status is in control.tsv, kept by hand."""
import csv

COLUMNS = (
    "name synonyms cas cas_checked formula smiles inchikey mass role class end_product hs source "
    "confidence notes"
).split()


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
            "end_product": s["end_product_family"].strip("-"),
            "hs": s["HS_code"],
            "source": sources(s),
            "confidence": s["confidence"],
            "notes": s["notes"],
        }


def sources(s):
    """What structure, CAS number and status of a row rest on; the words are explained in SOURCES.md."""
    parts = (("structure", s["structure_check"]), ("CAS", s["cas_check"]), ("status", s["source"]))
    return "; ".join(f"{what}: {text}" for what, text in parts if text)


def skeleton(key):
    return key[:14]


def normal(name):
    """Names compare without case, blanks and punctuation."""
    return "".join(c for c in name.lower() if c.isalnum() or c == "+")
