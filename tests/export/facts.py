"""What the made-up year is about: substances with the law as it was published, written by hand.

LAW: by substance the list and the days from and until which it stood there. Sources: the 1988 Convention (in force
11 November 1990) and the decisions of the Commission on Narcotic Drugs; MAPA in force 3 November 2020,
4-piperidone and 1-boc-4-piperidone 3 December 2024, NPP 18 October 2017, norfentanyl 23 November 2022.
Only days from 2019 on are asked for, so that earlier dates stand as the year.
"""

TABLE_I, TABLE_II = "1988 Table I", "1988 Table II"
NONE, ISSL = "no UN listing known", "special surveillance (ISSL), in no table"

LAW = {
    "1-Phenyl-2-propanone": [(TABLE_I, "1990-11-11", None)],
    "Ephedrine": [(TABLE_I, "1990-11-11", None)],
    "Pseudoephedrine": [(TABLE_I, "1990-11-11", None)],
    "Acetic anhydride": [(TABLE_I, "2002-01-01", None)],
    "Potassium permanganate": [(TABLE_I, "2002-01-01", None)],
    "Piperonal": [(TABLE_I, "1993-01-01", None)],
    "Methyl alpha-phenylacetoacetate": [(TABLE_I, "2020-11-03", None)],
    "4-Piperidone": [(TABLE_I, "2024-12-03", None)],
    "1-boc-4-piperidone": [(TABLE_I, "2024-12-03", None)],
    "N-Phenethyl-4-piperidone": [(TABLE_I, "2017-10-18", None)],
    "Norfentanyl": [(TABLE_I, "2022-11-23", None)],
    "Toluene": [(TABLE_II, "1993-01-01", None)],
    "Acetone": [(TABLE_II, "1990-11-11", None)],
    "Helional": [],
    "gamma-Butyrolactone": [],
    "Norephedrine": [(TABLE_I, "2001-01-01", None)],
    "Cathine": [("1971 Schedule III", "1987-01-01", None)],
    "Metamfetamine": [("1971 Schedule II", "1976-08-16", None)],
    "Metamfetamine racemate": [("1971 Schedule II", "1987-01-01", None)],
    "Levomethamphetamine": [("1971 Schedule II", "1987-01-01", None)],
    "Mannitol": [],
    "Sorbitol": [],
    "Mephedrone": [("1971 Schedule II", "2016-01-01", None)],
    "Cocaine": [("1961 Schedule I", "1964-12-13", None)],
    "Ketamine": [],
    "Caffeine": [],
    "Lidocaine": [],
}

# How laboratories write them: names, synonyms, CAS numbers, InChIKeys, in any case.
WRITTEN = {
    "1-Phenyl-2-propanone": ["1-Phenyl-2-propanone", "P-2-P", "phenylacetone", "BMK", "103-79-7"],
    "Ephedrine": ["Ephedrine", "EPHEDRINE", "299-42-3", "KWGRBVOPPLSCSI-WPRPVWTQSA-N"],
    "Pseudoephedrine": ["Pseudoephedrine"],
    "Acetic anhydride": ["Acetic anhydride", "acetic-anhydride"],
    "Potassium permanganate": ["Potassium permanganate"],
    "Piperonal": ["Piperonal", "120-57-0"],
    "Methyl alpha-phenylacetoacetate": ["MAPA", "Methyl \u03b1-phenylacetoacetate"],
    "4-Piperidone": ["4-Piperidone", "41661-47-6"],
    "1-boc-4-piperidone": ["1-boc-4-piperidone"],
    "N-Phenethyl-4-piperidone": ["N-Phenethyl-4-piperidone"],
    "Norfentanyl": ["Norfentanyl"],
    "Toluene": ["Toluene"],
    "Acetone": ["acetone", "67-64-1"],
    "Helional": ["Helional", "MMDPPA"],
    "gamma-Butyrolactone": ["GBL", "gamma-Butyrolactone"],
    "Norephedrine": ["Norephedrine"],
    "Cathine": ["cathine"],
    "Mephedrone": ["Mephedrone", "4-MMC"],
    "Cocaine": ["Cocaine"],
    "Ketamine": ["Ketamine"],
    "Caffeine": ["Caffeine"],
    "Lidocaine": ["Lidocaine", "lignocaine"],
}

# Salts by their names: base, and the name of the row.
SALTS = {
    "Ephedrine hydrochloride": ("Ephedrine", "Ephedrine, hydrochloride"),
    "ephedrine HCl": ("Ephedrine", "Ephedrine, hydrochloride"),
    "Pseudoephedrine sulphate": ("Pseudoephedrine", "Pseudoephedrine, sulfate"),
    "4-piperidone hydrochloride": ("4-Piperidone", "4-Piperidone, hydrochloride"),
}

# Names that no register has.
UNKNOWN = ["Zyxocarbin-7", "=CMD|' /C calc'!A0"]

# What a mass spectrum that was identified as this may be, too: stereoisomers, with their status.
MEASURED = {
    "Norephedrine": [("Cathine", "1971 Schedule III")],
    "Cathine": [("Norephedrine", TABLE_I)],
}

PRECURSOR_ROLES = {"precursor", "pre-precursor", "designer-precursor", "solvent-reagent"}
