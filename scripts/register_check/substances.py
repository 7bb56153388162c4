"""Checks of substances.tsv that need the standard library only."""
import re

from . import formula
from .table import normalised

ROLES = (
    "precursor", "pre-precursor", "designer-precursor", "NPS", "classic drug", "cutting agent",
    "solvent-reagent", "pharmaceutical look-alike",
)
CONFIDENCE = ("high", "medium", "low")
# 14 letters for the connections; 8 for the rest, the flag S, the version A; one for protons.
INCHIKEY = re.compile(r"[A-Z]{14}-[A-Z]{8}SA-[A-Z]")
# A polymer is given by its unit.
POLYMER = re.compile(r"\([A-Za-z0-9]+\)n")
# Masses are given to five decimals.
MASS_TOLERANCE = 2e-5


def check(path, rows, problems):
    for row in rows:
        for message in faults(row):
            problems.add(path, row.line, f"{row['name']}: {message}")
    for column in ("inchikey", "cas"):
        same(path, rows, problems, column)
    names(path, rows, problems)


def faults(row):
    """What is wrong with one row by itself."""
    if not row["name"]:
        yield "the name is empty"
    if row["cas"] and not cas_holds(row["cas"]):
        yield f"CAS number {row['cas']} breaks its check digit or its form"
    if row["cas_checked"] not in ("yes", "no"):
        yield f"cas_checked must be yes or no, not {row['cas_checked']!r}"
    if row["cas_checked"] == "yes" and not row["cas"]:
        yield "cas_checked is yes without a CAS number"
    if row["inchikey"] and not INCHIKEY.fullmatch(row["inchikey"]):
        yield f"{row['inchikey']} is no standard InChIKey"
    if bool(row["inchikey"]) != bool(row["smiles"]):
        yield "InChIKey and SMILES belong together; one is empty"
    yield from weight(row)
    if row["role"] not in ROLES:
        yield f"unknown role {row['role']!r}"
    if row["confidence"] not in CONFIDENCE:
        yield f"unknown confidence {row['confidence']!r}"
    if row["hs"] and not re.fullmatch(r"\d{4}\.\d{2}", row["hs"]):
        yield f"HS code {row['hs']!r} is not of the form 2914.31"
    for column in ("class", "source"):
        if not row[column]:
            yield f"{column} is empty"


def weight(row):
    """Formula and mass of one row."""
    if bool(row["formula"]) != bool(row["mass"]):
        # A mineral or polymer may have a nominal formula without a structure.
        if row["mass"] or row["smiles"]:
            yield "formula and mass belong together; one is empty"
    if not row["formula"] or (not row["smiles"] and POLYMER.fullmatch(row["formula"])):
        return
    elements = formula.parts(row["formula"])
    if elements is None:
        yield f"{row['formula']!r} is no formula"
        return
    if formula.hill(elements) != row["formula"]:
        yield f"formula {row['formula']} is in Hill form {formula.hill(elements)}"
    if not row["mass"]:
        return
    expected = formula.mass(elements)
    if expected is None:
        yield f"formula {row['formula']} has an element without a mass in scripts/register_check/formula.py"
    elif not re.fullmatch(r"\d+\.\d{5}", row["mass"]):
        yield f"mass {row['mass']!r} is not a number with five decimals"
    elif abs(float(row["mass"]) - expected) > MASS_TOLERANCE:
        yield f"mass {row['mass']} is not that of {row['formula']}, {expected:.5f}"


def cas_holds(text):
    """Whether a CAS number has its form and its check digit: 7732-18-5 has 105 mod 10 = 5."""
    if not re.fullmatch(r"[1-9]\d{1,6}-\d{2}-\d", text):
        return False
    digits = text.replace("-", "")
    total = sum(int(d) * place for place, d in enumerate(reversed(digits[:-1]), 1))
    return total % 10 == int(digits[-1])


def same(path, rows, problems, column):
    """The same value in two rows."""
    first = {}
    for row in rows:
        value = row[column]
        if value and value in first:
            other = first[value]
            problems.add(
                path, row.line, f"{row['name']}: {column} {value} is also that of {other['name']}, line {other.line}"
            )
        first.setdefault(value, row)


def names(path, rows, problems):
    """Names and synonyms that point to two substances, compared as the program does."""
    owner = {}
    for row in rows:
        key = normalised(row["name"])
        if key in owner:
            problems.add(path, row.line, f"name {row['name']!r} is also that of line {owner[key].line}")
        owner.setdefault(key, row)
    for row in rows:
        seen = set()
        for synonym in filter(None, row["synonyms"].split("|")):
            key = normalised(synonym)
            if not key:
                problems.add(path, row.line, f"{row['name']}: synonym {synonym!r} has no letter or digit")
            elif key in seen:
                problems.add(path, row.line, f"{row['name']}: synonym {synonym!r} is given twice")
            elif owner.get(key, row) is not row:
                other = owner[key]
                problems.add(
                    path, row.line, f"{row['name']}: synonym {synonym!r} also points to {other['name']}, line {other.line}"
                )
            seen.add(key)
            owner.setdefault(key, row)
