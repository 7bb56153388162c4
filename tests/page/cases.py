"""Prints a case manifest of made-up cases of two years, for the check of the page of trends.

    python3 cases.py > cases.csv

July 2025 has no case, and some cases go on in the next month. Ketamine becomes ten times as frequent from October 2026 on.
"""

import csv
import random
import sys

SUBSTANCES = ["Caffeine", "MDMA", "Ketamine", "Piperonal", "Ephedrine", "Pseudoephedrine", "Acetone", "Unheard-of-drug"]
WEIGHTS = [30, 20, 2, 12, 10, 8, 15, 1]
PLACES = ["Bangkok", "Hanoi", "Vientiane", "bangkok", ""]
UNITS = ["kg", "g", "l", "tablets", ""]


def main():
    rng = random.Random(5)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["case", "sample", "date", "place", "confirmed_as", "quantity", "unit"])
    for month in range(24):
        year, of_year = 2025 + month // 12, month % 12 + 1
        if (year, of_year) == (2025, 7):
            continue
        weights = [w * 10 if name == "Ketamine" and month >= 21 else w for name, w in zip(SUBSTANCES, WEIGHTS)]
        for case in range(rng.randrange(12, 30)):
            place = rng.choice(PLACES)
            for sample in range(rng.choice([1, 1, 1, 2, 5])):
                unit = rng.choice(UNITS)
                quantity = rng.randrange(1, 2000) / 8 if unit else ""
                later = sample == 4 and of_year not in (6, 12)
                date = "" if rng.random() < 0.02 else f"{year}-{of_year + later:02}-{rng.randrange(1, 29):02}"
                substance = rng.choices(SUBSTANCES, weights)[0]
                writer.writerow([f"{year}-{month}-{case}", sample, date, place, substance, quantity, unit])


if __name__ == "__main__":
    main()
