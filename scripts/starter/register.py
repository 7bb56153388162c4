"""The register of substances: identity, role, class. Control status is in control.tsv, kept by hand."""
import csv
import re

from register_check.formula import hill, parts

COLUMNS = (
    "name synonyms cas cas_checked formula smiles inchikey mass role class end_product hs source "
    "confidence notes"
).split()

# Short forms of the data, written out.
WORDS = (
    (r"\(not found in stored corpora\)", "(no source found)"),
    (r"\bGK (Yellow List|Green List) \(INCB\)", r"general knowledge of the \1 (INCB)"),
    (r"\bGK (INCB|EU|UNODC|UN)\b", r"general knowledge of \1"),
    (r"\bGK\b", "general knowledge"),
    (r"\bLEO \(GitHub, Oct 2026\)", "LE OSINT Framework"),
    (r"\bLEO\b", "LE OSINT Framework"),
    (r"\bVN28 \(Viet Nam Decree 28/2026, List IVA\)", "Viet Nam Decree 28/2026/ND-CP, List IVA"),
    (r"\bVN28\b", "Viet Nam Decree 28/2026/ND-CP"),
    (r"\bCN116\b", "China, list of 116 substances"),
    (r"\bcndblog\b", "CND Blog"),
)


# Substances that the data lack, by hand: which substance each follows, and its row.
ADDED = {
    "Dextromethorphan": {
        "name": "Dextrorphan",
        "synonyms": "(+)-3-hydroxy-N-methylmorphinan",
        "cas": "125-73-5",
        "cas_checked": "yes",
        "formula": "C17H23NO",
        "smiles": "CN1CC[C@@]23CCCC[C@@H]2[C@@H]1Cc1ccc(O)cc13",
        "inchikey": "JAQUASYNZVUNQP-PVAVHDDUSA-N",
        "mass": "257.17796",
        "role": "pharmaceutical look-alike",
        "class": "pharmaceutical",
        "source": "structure: mirror image of Levorphanol; CAS: SWGDRUG mass spectral library 3.9; "
        "status: 1961 Convention, Schedule I (levorphanol): dextrorphan is specifically excluded",
        "confidence": "high",
        "notes": "Metabolite of dextromethorphan.",
    },
}


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
            "formula": hill(parts(s["formula"])) if parts(s["formula"]) else s["formula"],
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
        if s["name"] in ADDED:
            yield ADDED[s["name"]]


def sources(s):
    """What structure, CAS number and status of a row rest on; the words are explained in SOURCES.md."""
    parts = (("structure", s["structure_check"]), ("CAS", s["cas_check"]), ("status", s["source"]))
    text = "; ".join(f"{what}: {text}" for what, text in parts if text)
    for short, full in WORDS:
        text = re.sub(short, full, text)
    return text


def skeleton(key):
    return key[:14]


def normal(name):
    """Names compare without case, blanks and punctuation."""
    return "".join(c for c in name.lower() if c.isalnum() or c == "+")
