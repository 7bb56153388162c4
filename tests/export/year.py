"""Makes the case manifest of a year of 1 000 samples, and the spectra of some of them.

usage: year.py FOLDER PRINCIPAL_IONS

FOLDER/cases.csv        the manifest
FOLDER/a/*.msp          spectra to be screened without a manifest
FOLDER/b/*.msp, b.csv   spectra to be screened with a manifest of their own
"""

import csv
import random
import sys
from datetime import date, timedelta
from pathlib import Path

from facts import SALTS, UNKNOWN, WRITTEN

COLUMNS = [
    "File", "Case no.", "Item", "Sample", "Quantity", "Unit", "Place", "Seizure date", "Remarks", "Confirmed as",
    "Confirmed by", "Country", "Country of origin", "Transit", "Destination", "Context", "Form", "Incident no.",
    "Incident type", "Agency", "Contact", "Packaging", "Declared as", "HS declared", "Transport mode",
    "Document refs", "Suspected end product", "Restrictions on sharing", "Laboratory",
]
UNITS = ["kg", "KG", "g", "g", "gram", "mg", "t", "ml", "l", "Litres", "tablets", "pcs", "capsules", "blotters", "kilograms"]
PLACES = ["Jakarta", "Bangkok", "Ha Noi", "Manila", "Phnom Penh", "=Vientiane", "K\u00f6ln", ""]
FILES = [
    "1-Phenyl-2-propanone", "Piperonal", "4-Piperidone", "Ephedrine", "Caffeine", "Cocaine", "Norfentanyl", "Norephedrine",
    "Cathine", "Mannitol", "Metamfetamine",
]


def main():
    folder, ions = Path(sys.argv[1]), Path(sys.argv[2])
    rng = random.Random(20241203)
    spectra = principal_ions(ions)
    rows, own = [], []
    for number in range(1000):
        rows += sample(rng, number, folder, spectra, own)
    write(folder / "cases.csv", COLUMNS, rows)
    write(folder / "b" / "b.csv", ["file", "case", "item", "sample", "quantity", "unit", "date", "place"], own)


def sample(rng, number, folder, spectra, own):
    """The rows of one sample, and its spectra."""
    row = dict.fromkeys(COLUMNS, "")
    # Cases of up to four samples in items of two.
    row["Case no."] = f"C-{number // 4 + 1:03}"
    row["Item"] = str(number % 4 // 2 + 1)
    row["Sample"] = f"S-{number + 1:04}"
    if number % 97 == 0:
        row["Case no."], row["Item"] = "", ""
    row["Quantity"] = rng.choice(["0.1", "0.2", "1", "2.5", "12,5", "1500", "0.003", "7e-3", "33.333", f"{rng.randint(1, 99999) / 1000}"])
    row["Unit"] = rng.choice(UNITS)
    row["Place"] = rng.choice(PLACES)
    row["Seizure date"] = written(rng, date(2024, 1, 1) + timedelta(days=rng.randrange(366)))
    row["Country"] = rng.choice(["Indonesia"] * 9 + ["indonesia", "", "Thailand"])
    row["Country of origin"] = rng.choice(["China", "India", "", "-unknown"])
    row["Transit"] = rng.choice(["", "Singapore"])
    row["Destination"] = rng.choice(["", "Australia"])
    row["Context"] = rng.choice(["import", "Transit", "domestic", "clandestine laboratory", "other", "", "by the sea"])
    row["Form"] = rng.choice(["raw", "", "", "Preparation", "salt", "raw", "sticky"])
    row["Incident no."] = f"I-{number // 8}" if number % 3 == 0 and row["Case no."] else ""
    row["Incident type"] = rng.choice(["seizure", "stopped shipment", ""])
    row["Agency"] = rng.choice(["Customs", ""])
    row["Contact"] = rng.choice(["desk@customs.example", ""])
    row["Packaging"] = rng.choice(["drum", "bags, 25 kg", ""])
    row["Declared as"] = rng.choice(["detergent", ""])
    row["HS declared"] = rng.choice(["3402.90", ""])
    row["Transport mode"] = rng.choice(["sea", "air", ""])
    row["Document refs"] = rng.choice(["BL 17; INV 9", ""])
    row["Suspected end product"] = rng.choice(["", "", "", "methamphetamine"])
    row["Restrictions on sharing"] = rng.choice(["", "law enforcement only"])
    row["Laboratory"] = rng.choice(["Lab A", "Lab B", ""])
    row["Remarks"] = "+not copied"
    name = rng.choice(list(WRITTEN))
    row["Confirmed as"] = rng.choice(WRITTEN[name])
    row["Confirmed by"] = rng.choice(["GC-MS and FTIR", "GC-MS", ""])
    kind = number % 50
    if kind == 1:
        row["Confirmed as"] = rng.choice(list(SALTS))
    elif kind == 2:
        row["Confirmed as"] = rng.choice(UNKNOWN)
    elif kind == 3:
        row["Confirmed as"] = "Ephedrine; Caffeine"
    elif kind == 4:
        row["Confirmed as"] = ""
    elif kind == 5:
        row["Unit"] = rng.choice(["", "lb", "Mg", "ton", "drums"])
    elif kind == 6:
        row["Quantity"] = rng.choice(["ca. 5", "-3", "1,234", "5 kg", "1.234,5", "nan"])
    elif kind == 7:
        row["Quantity"] = ""
    elif kind == 8:
        row["Seizure date"] = rng.choice(["", "5.1.2024", "02/03/2024", "31.2.2024", "2024", "1/31/2024"])
    elif kind == 9:
        row["Seizure date"] = rng.choice(["2023-12-31", "2025-01-01", "31.12.2023"])
    elif kind == 10:
        row["Confirmed as"] = "4-Piperidone"
        row["Seizure date"] = rng.choice(["2024-12-02", "2024-12-03"])
    elif kind == 11:
        # The same again, in another unit.
        row["Quantity"], row["Unit"] = "2.5", "kg"
        return [row, {**row, "Quantity": "2500", "Unit": "g"}]
    elif kind == 12:
        row["Quantity"], row["Unit"] = "2.5", "kg"
        return [row, {**row, "Quantity": "2.6"}]
    elif kind == 13:
        return [row, {**row, "Confirmed as": "Caffeine" if row["Confirmed as"] != "Caffeine" else "Cocaine"}]
    elif kind == 14:
        row["Seizure date"] = "2024-05-05"
        return [row, {**row, "Seizure date": "2024-05-06"}]
    elif kind in (20, 21):
        # One item, two samples, one weight.
        row["Quantity"], row["Unit"] = ("25", "kg") if kind == 20 else ("25000", "g")
    elif kind >= 44:
        return screened(rng, number, kind, row, folder, spectra, own)
    return [row]


def screened(rng, number, kind, row, folder, spectra, own):
    """A sample that was measured: 44 and 45 without confirmation, 46 two files, 47 confirmed, 48 in the other run,
    49 in both."""
    name = FILES[number % len(FILES)]
    if kind != 47:
        row["Confirmed as"], row["Confirmed by"] = "", ""
    a, b = folder / "a" / f"{number:04}.msp", folder / "b" / f"{number:04}.msp"
    if kind == 48:
        put(b, name, spectra[name], number)
        stated = {"file": b.name, "case": row["Case no."], "item": row["Item"], "sample": row["Sample"]}
        own.append({**stated, "quantity": "3.5", "unit": "kg", "date": "2024-08-15", "place": "Medan"})
        # The report's manifest says nothing of it, or the same.
        return [] if number % 100 == 48 else [{**row, "Quantity": "3500", "Unit": "g", "Seizure date": "2024-08-15", "Place": "Medan"}]
    put(a, name, spectra[name], number)
    row["File"] = f"a/{a.name}"
    if kind == 46:
        again = folder / "a" / f"{number:04}-again.msp"
        put(again, name, spectra[name], number)
        return [row, {**row, "File": f"a\\{again.name}"}]
    if kind == 49:
        put(b, name, spectra[name], number)
        own.append({"file": b.name, "case": row["Case no."], "item": row["Item"], "sample": row["Sample"]})
    return [row]


def written(rng, day):
    """A day as it is written by many hands, always so that it can be read in one way."""
    if day.day > 12 and rng.random() < 0.3:
        return rng.choice([f"{day.day}.{day.month}.{day.year}", f"{day.day:02}/{day.month:02}/{day.year}"])
    return f"{day}T14:30:00" if rng.random() < 0.1 else str(day)


def principal_ions(path):
    with open(path, encoding="utf-8", newline="") as table:
        rows = csv.DictReader((line for line in table if not line.startswith("#")), delimiter="\t")
        found = {}
        for row in rows:
            found.setdefault(row["name"], row["ions"])
    return found


def put(path, name, ions, number):
    path.parent.mkdir(parents=True, exist_ok=True)
    peaks = ions.split()
    lines = [f"Name: sample {number}", "Instrument_type: GC-EI-Q", f"Num Peaks: {len(peaks)}"]
    lines += [peak.replace(":", " ") for peak in peaks]
    path.write_text("\n".join(lines) + "\n\n", encoding="utf-8")


def write(path, columns, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


main()
