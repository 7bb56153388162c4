#!/usr/bin/env python3
"""Tests of the arithmetic of scripts/compare-emerging (python3 -m unittest).

What needs numpy or rdkit is skipped, saying so, where they are not installed; the Python that compare-emerging makes,
.tools/emerging/bin/python, has them.
"""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from emerging import table  # noqa: E402

try:
    from emerging import absent, peers, sources
except ImportError:
    sources = None
try:
    from emerging import classes, structures
    from rdkit import Chem
except ImportError:
    structures = None


class Figures(unittest.TestCase):
    def test_wilson_interval_of_none_in_ten(self):
        # Newcombe 1998, table I: 0 of 10 gives 0 to 0.2775.
        low, high = table.wilson(0, 10)
        self.assertAlmostEqual(low, 0)
        self.assertAlmostEqual(high, 0.2775, places=4)

    def test_bands_are_half_open(self):
        rows = [{"score": s, "right": s > 1} for s in (0.5, 1.0, 1.5)]
        lines = table.bands(rows, "score", "right", [0, 1, 2])
        self.assertIn("| 0 | 1 | 1 | 0.0", lines[2])
        self.assertIn("| 1 | 2 | 2 | 50.0", lines[3])


@unittest.skipIf(sources is None, "numpy is not installed")
class Spectra(unittest.TestCase):
    def test_nominal_masses(self):
        self.assertEqual(sources.nominal("C10H13NO"), 163)
        self.assertEqual(sources.nominal("C10H12BrNO"), 241)
        self.assertIsNone(sources.nominal("C10H13NO.HCl"))

    def test_an_ion_is_paired_once(self):
        import numpy as np

        query, reference = np.zeros(64), np.zeros(64)
        query[[20, 30, 40]] = 5, 1, 4
        reference[[20, 30]] = 1, 2
        # 30 moves to 40 (8), 20 stays (5).
        self.assertEqual(peers.paired(query, reference, 10), 13)

    def test_a_hypothesis_needs_both(self):
        class Kin:
            def analogues(self, one, other):
                return other == "kin"

        query = sources.Spectrum("q", "", [], "", "", 177, [], "")
        said = [
            {"entry_id": "a", "reference_mass": 163.0, "mass_difference": 14.0},
            {"entry_id": "b", "reference_mass": 150.0, "mass_difference": 20.0},
        ]
        judged = absent.hypotheses(query, said, Kin(), {"a": "other", "b": "kin"})
        self.assertEqual((judged["kin"], judged["both"], judged["first"], judged["first_mass"]), (True, False, False, True))


@unittest.skipIf(structures is None, "rdkit is not installed")
class Structures(unittest.TestCase):
    def test_classes_of_structures(self):
        def of(smiles):
            return classes.of(Chem.MolFromSmiles(smiles))

        self.assertEqual(of("CC(NC)C(=O)c1ccc(C)cc1"), ["cathinone"])
        self.assertEqual(of("CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1"), ["fentanyl"])
        self.assertEqual(of("CC(=O)Oc1ccccc1C(=O)O"), [])

    def test_analogues_by_structure(self):
        kinship = structures.Kinship({"a": "CC(NC)C(=O)c1ccc(C)cc1", "b": "CC(NCC)C(=O)c1ccc(C)cc1", "c": "Cn1cnc2c1c(=O)n(C)c(=O)n2C"})

        def spectrum(key):
            return sources.Spectrum(key, key, [], key, "", 0, [], "")

        self.assertTrue(kinship.analogues(spectrum("a"), spectrum("b")))
        self.assertFalse(kinship.analogues(spectrum("a"), spectrum("c")))


if __name__ == "__main__":
    unittest.main()
