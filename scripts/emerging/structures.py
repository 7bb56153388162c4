"""Structures, which the libraries do not hold: the register's SMILES, else a name that OPSIN turns into a
structure of the entry's own InChIKey. And which structures are analogues."""
import json
import warnings

from rdkit import Chem, RDLogger
from rdkit.Chem import rdFMCS
from rdkit.Chem.Scaffolds import MurckoScaffold

from . import classes

RDLogger.DisableLog("rdApp.*")
# Names of one scaffold, for entries whose structure is not known.
STEMS = ("fentanyl", "nitazene")


def smiles(spectra, register, cache):
    """SMILES by key of the substance; kept in the file `cache`."""
    if cache.exists():
        return json.loads(cache.read_text(encoding="utf-8"))
    known = {key: row["smiles"] for key, row in register.items() if row["smiles"]}
    names = sorted({name for s in spectra if s.key not in known for name in s.names if name})
    found = dict(known)
    for name, text in zip(names, opsin(names)):
        molecule = Chem.MolFromSmiles(text) if text else None
        if molecule is not None:
            found.setdefault(Chem.MolToInchiKey(molecule)[:14], text)
    cache.write_text(json.dumps(found), encoding="utf-8")
    return found


def opsin(names):
    """SMILES of systematic names, empty where there is none."""
    from py2opsin import py2opsin

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return py2opsin(names, output_format="SMILES") or [""] * len(names)


class Kinship:
    """Whether two substances are analogues; what was compared is kept."""

    def __init__(self, smiles):
        self.smiles, self.molecules, self.scaffolds, self.compared = smiles, {}, {}, {}

    def molecule(self, key):
        """The largest part of a substance."""
        if key not in self.molecules:
            text = self.smiles.get(key)
            whole = Chem.MolFromSmiles(text) if text else None
            parts = Chem.GetMolFrags(whole, asMols=True) if whole is not None else ()
            self.molecules[key] = max(parts, key=lambda m: m.GetNumHeavyAtoms()) if parts else None
        return self.molecules[key]

    def classes(self, key):
        """Classes by structure; None where no structure is known."""
        molecule = self.molecule(key)
        return None if molecule is None else classes.of(molecule)

    def scaffold(self, key):
        """Bemis-Murcko scaffold; empty for chains."""
        if key not in self.scaffolds:
            molecule = self.molecule(key)
            found = MurckoScaffold.GetScaffoldForMol(molecule) if molecule is not None else None
            self.scaffolds[key] = Chem.MolToSmiles(found, isomericSmiles=False) if found is not None else None
        return self.scaffolds[key]

    def shared(self, one, other):
        """Atoms of the largest common substructure, as shares of the smaller and of the larger molecule."""
        pair = tuple(sorted((one, other)))
        if pair not in self.compared:
            a, b = self.molecule(one), self.molecule(other)
            common = rdFMCS.FindMCS([a, b], ringMatchesRingOnly=True, completeRingsOnly=True, timeout=2).numAtoms
            sizes = sorted((a.GetNumHeavyAtoms(), b.GetNumHeavyAtoms()))
            self.compared[pair] = (common / sizes[0], common / sizes[1])
        return self.compared[pair]

    def analogues(self, one, other):
        """The same Bemis-Murcko scaffold, or a common substructure of 80 % of the smaller and 60 % of the
        larger molecule's heavy atoms; by name where a structure is not known. `one` and `other` are spectra."""
        if self.molecule(one.key) is not None and self.molecule(other.key) is not None:
            if self.scaffold(one.key) and self.scaffold(one.key) == self.scaffold(other.key):
                return True
            smaller, larger = self.shared(one.key, other.key)
            return smaller >= 0.8 and larger >= 0.6
        names = one.name.lower(), other.name.lower()
        return any(all(stem in name for name in names) for stem in STEMS)
