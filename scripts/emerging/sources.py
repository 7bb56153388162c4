"""The development data: spectra with identity, and the substances that are left out in turn."""
import csv
import dataclasses
import hashlib
import re

import numpy as np

from mixtures import identity, msp

POINTS = 1024
# Mass numbers of the most abundant isotopes.
NUMBERS = {"H": 1, "C": 12, "N": 14, "O": 16, "F": 19, "S": 32, "P": 31, "Cl": 35, "Br": 79, "I": 127, "Si": 28, "D": 2, "B": 11, "Na": 23}
ROLES = ("NPS", "precursor", "pre-precursor", "designer-precursor")


@dataclasses.dataclass
class Spectrum:
    id: str
    name: str
    names: list
    key: str
    inchikey: str
    mass: int
    peaks: list
    source: str

    def values(self):
        """Abundances by nominal m/z, base peak 1."""
        found = np.zeros(POINTS)
        for mz, abundance in self.peaks:
            place = int(mz + 0.5)
            if 0 < place < POINTS:
                found[place] += abundance
        return found / found.max() if found.max() > 0 else found


def nominal(formula):
    """Nominal mass of a formula; None where it is not plain."""
    if not formula or re.search(r"[^A-Za-z0-9]", formula):
        return None
    parts = re.findall(r"([A-Z][a-z]?)(\d*)", formula)
    if any(element not in NUMBERS for element, _ in parts):
        return None
    return sum(NUMBERS[element] * int(count or 1) for element, count in parts)


def read(path):
    """All spectra of a file."""
    found = []
    for fields, peaks, text in msp.read(path):
        names = re.findall(r"^(?:Name|Synon): (.*)$", text, re.M)
        key = identity.key(fields.get("InChIKey"), fields.get("Name"))
        found.append(
            Spectrum(fields.get("ID", ""), fields.get("Name", ""), names, key, fields.get("InChIKey", ""), nominal(fields.get("Formula")), peaks, path.stem)
        )
    return found


def register(root):
    """Rows of the project's register by skeleton."""
    with open(root / "spectra-library" / "substances.tsv", encoding="utf-8") as file:
        return {row["inchikey"][:14]: row for row in csv.DictReader(file, delimiter="\t") if row["inchikey"]}


def is_target(row):
    """NPS, fentanyls, cathinones and precursors: what emerges."""
    return row is not None and (row["role"] in ROLES or "fentanyl" in row["class"] or "cathinone" in row["class"])


def half(key):
    """`develop` or `report`: a substance is in one of them, whatever else there is."""
    return ("develop", "report")[hashlib.sha256(key.encode()).digest()[0] % 2]
