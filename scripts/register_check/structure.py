"""Checks of structures, for which RDKit is needed."""
try:
    from rdkit import Chem, RDLogger
    from rdkit.Chem.Descriptors import ExactMolWt
    from rdkit.Chem.rdMolDescriptors import CalcMolFormula

    RDLogger.DisableLog("rdApp.*")
except ImportError:
    Chem = None

from . import formula

# Groups that take up or give away a proton in ordinary salts.
IONISABLE = {
    "amine": "[NX3;!$(N-[C,S,P]=[O,N,S]);!$(N-C#N);!$(N-[#6]=[#6]);!$(N~[O])]",
    "amidine": "[NX3][CX3]=[NX2]",
    "imine": "[NX2;$(N=[#6]);!$(N-[O,N])]",
    "aza-aromatic": "[nX2]",
    "carboxylic, sulfonic or phosphoric acid": "[C,S,P](=O)[OX2H1]",
    "phenol": "[OX2H1]c",
    "imide": "[NX3H1](C=O)C=O",
}
STRONG = ("amine", "carboxylic, sulfonic or phosphoric acid")


def available():
    return Chem is not None


def check(path, rows, problems):
    """SMILES against InChIKey, formula and mass."""
    for row in rows:
        if not row["smiles"]:
            continue
        molecule = Chem.MolFromSmiles(row["smiles"])
        if molecule is None:
            problems.add(path, row.line, f"{row['name']}: RDKit does not read the SMILES {row['smiles']}")
            continue
        for message in faults(row, molecule):
            problems.add(path, row.line, f"{row['name']}: {message}")


def faults(row, molecule):
    key = Chem.MolToInchiKey(molecule)
    if key != row["inchikey"]:
        yield f"the SMILES has the InChIKey {key}, not {row['inchikey']}"
    elements = formula.parts(CalcMolFormula(molecule).split("+")[0].split("-")[0])
    written = formula.parts(row["formula"])
    if elements is None or written is None or sorted(elements) != sorted(written):
        yield f"the SMILES has the formula {CalcMolFormula(molecule)}, not {row['formula']}"
    elif row["mass"] and abs(ExactMolWt(molecule) - float(row["mass"])) > 0.005:
        # Electrons of ions and older mass tables differ below that.
        yield f"the SMILES has the mass {ExactMolWt(molecule):.5f}, not {row['mass']}"


def groups(smiles):
    """Names of the groups of a structure that can form salts."""
    molecule = Chem.MolFromSmiles(smiles)
    return [n for n, smarts in IONISABLE.items() if molecule.HasSubstructMatch(Chem.MolFromSmarts(smarts))]


def salts(path, rows, smiles, problems):
    """Rows that deny salts although the structure has a plain base or acid."""
    for row in rows:
        if row["salts"] == "none" and smiles.get(row["name"]):
            found = [g for g in groups(smiles[row["name"]]) if g in STRONG]
            if found:
                problems.add(path, row.line, f"{row['name']}: salts is none, but the structure has: {', '.join(found)}")


def without_groups(rows, smiles):
    """Rows of a treaty that claim salts although the structure shows no group for them."""
    return [
        row for row in rows
        if row["salts"] == "yes" and row["list"].startswith("19") and smiles.get(row["name"])
        and not groups(smiles[row["name"]])
    ]
