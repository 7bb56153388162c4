#!/usr/bin/env python3
"""Tests of scripts/check-register: each planted fault is found (python3 -m unittest)."""
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
from register_check import control, formula, structure, substances, table  # noqa: E402

FILES = ("substances.tsv", "lists.tsv", "control.tsv")


def run(folder, *options):
    command = [sys.executable, ROOT / "scripts" / "check-register", "--folder", folder, *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


class Pieces(unittest.TestCase):
    def test_cas_by_hand(self):
        # Water: 8*1 + 1*2 + 2*3 + 3*4 + 7*5 + 7*6 = 105, so the digit is 5.
        self.assertTrue(substances.cas_holds("7732-18-5"))
        for wrong in ("7732-18-4", "7732185", "07732-18-5", "7732-18-05", "1-18-5"):
            self.assertFalse(substances.cas_holds(wrong), wrong)

    def test_hill_form(self):
        for written, expected in (("H2O4S", "H2O4S"), ("NaCl", "ClNa"), ("NC10OH15", "C10H15NO"), ("HCl", "ClH")):
            self.assertEqual(formula.hill(formula.parts(written)), expected)
        for wrong in ("", "c6", "C1H4", "CHC", "C0", "(C2H4)n"):
            self.assertIsNone(formula.parts(wrong), wrong)

    def test_mass_by_hand(self):
        # Caffeine: 8*12 + 10*1.00782503 + 4*14.003074 + 2*15.99491462.
        self.assertAlmostEqual(formula.mass(formula.parts("C8H10N4O2")), 194.0803755, places=6)

    def test_days(self):
        self.assertEqual(control.span("2024-02-29"), ((2024, 2, 29), (2024, 2, 29)))
        self.assertEqual(control.span("2023-02"), ((2023, 2, 1), (2023, 2, 28)))
        self.assertEqual(control.span("1988"), ((1988, 1, 1), (1988, 12, 31)))
        for wrong in ("2023-02-29", "2023-13", "2023-1", "23", "2023-00", "1/2/2023", "2023-04-31"):
            self.assertIsNone(control.span(wrong), wrong)

    def test_names_as_the_program_compares_them(self):
        self.assertEqual(table.normalised("(+)-Lysergide, LSD-25"), "+lysergidelsd25")
        self.assertEqual(table.normalised("4,4\u2032-DMAR"), "44'dmar")


class Committed(unittest.TestCase):
    def test_the_register_is_clean(self):
        done = run(ROOT / "spectra-library")
        self.assertEqual((done.returncode, done.stdout.count("\n")), (0, 1), done.stdout)

    def test_todo_names_the_lists(self):
        done = run(ROOT / "spectra-library", "--todo")
        self.assertEqual(done.returncode, 0)
        for part in ("Yellow List", "Green List", "Red List", "CAS number checked by its digit only"):
            self.assertIn(part, done.stdout)

    def rows(self, name, columns):
        problems = table.Problems()
        _, rows = table.read(ROOT / "spectra-library" / name, columns, problems)
        self.assertEqual(problems.found, [])
        return rows

    def test_tables_of_1988_as_published(self):
        # 43 substances in Table I, groups expanded; 8 in Table II; INCB and Delegated Regulation (EU)
        # 2020/1737 for the days.
        rows = self.rows("control.tsv", table.CONTROL)
        now = [r for r in rows if not r["to"] and r["kind"] != "enantiomer"]
        counts = {code: sum(r["list"] == code for r in now) for code in ("1988-Table-I", "1988-Table-II")}
        self.assertEqual(counts, {"1988-Table-I": 43, "1988-Table-II": 8})
        days = {r["name"]: r["from"] for r in now if r["list"] == "1988-Table-I"}
        self.assertEqual(sum(day == "2024-12-03" for day in days.values()), 18)
        published = {
            "4-Piperidone": "2024-12-03", "Methyl alpha-phenylacetoacetate": "2020-11-03",
            "N-Phenethyl-4-piperidone": "2017-10-18", "alpha-Phenylacetoacetonitrile": "2014-10-06",
            "Norfentanyl": "2022-11-23", "Ephedrine": "1990-11-11",
        }
        self.assertEqual({name: days[name] for name in published}, published)

    def test_transfers_have_two_periods(self):
        periods = {}
        for row in self.rows("control.tsv", table.CONTROL):
            periods.setdefault(row["name"], []).append((row["list"], bool(row["to"])))
        for name in ("Acetic anhydride", "Potassium permanganate", "Phenylacetic acid"):
            self.assertEqual(periods[name], [("1988-Table-II", True), ("1988-Table-I", False)])
        for name, before, after in (
            ("Dronabinol", "I", "II"), ("Methaqualone", "IV", "II"), ("Secobarbital", "III", "II"),
            ("GHB", "IV", "II"), ("Flunitrazepam", "IV", "III"),
        ):
            expected = [(f"1971-Schedule-{before}", True), (f"1971-Schedule-{after}", False)]
            self.assertEqual(periods[name], expected)


class Planted(unittest.TestCase):
    """Copies the register, changes one thing and expects the script to name it with its line."""

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        for name in FILES:
            shutil.copy(ROOT / "spectra-library" / name, self.folder / name)

    def change(self, file, name, column, new, nth=0):
        """Sets one cell of the nth row with this name; returns the row's line."""
        path = self.folder / file
        lines = path.read_text(encoding="utf-8").split("\n")
        head = next(n for n, line in enumerate(lines) if not line.startswith("# "))
        columns = lines[head].split("\t")
        key = "list" if file == "lists.tsv" else "name"
        found = [n for n in range(head + 1, len(lines) - 1) if lines[n].split("\t")[columns.index(key)] == name]
        cells = lines[found[nth]].split("\t")
        cells[columns.index(column)] = new
        lines[found[nth]] = "\t".join(cells)
        path.write_text("\n".join(lines), encoding="utf-8")
        return found[nth] + 1

    def expect(self, file, line, *parts):
        done = run(self.folder)
        self.assertEqual(done.returncode, 1, done.stdout)
        found = [text for text in done.stdout.split("\n") if text.startswith(f"{file}:{line}: ")]
        self.assertTrue(any(all(p in text for p in parts) for text in found), done.stdout)

    def test_faults_of_one_cell(self):
        faults = (
            ("substances.tsv", "Acetone", "cas", "67-64-2", "check digit"),
            ("substances.tsv", "Acetone", "cas", "103-79-7", "also that of 1-Phenyl-2-propanone"),
            ("substances.tsv", "Acetone", "cas_checked", "maybe", "cas_checked"),
            ("substances.tsv", "Acetone", "inchikey", "CSCPPACGZOOCGX-UHFFFAOYSA", "no standard InChIKey"),
            ("substances.tsv", "Toluene", "inchikey", "CSCPPACGZOOCGX-UHFFFAOYSA-N", "also that of Acetone"),
            ("substances.tsv", "Acetone", "smiles", "", "belong together"),
            ("substances.tsv", "Acetone", "formula", "H6C3O", "Hill form C3H6O"),
            ("substances.tsv", "Acetone", "formula", "C3H8O", "is not that of C3H8O"),
            ("substances.tsv", "Acetone", "mass", "58.04200", "58.04186"),
            ("substances.tsv", "Acetone", "role", "solvent", "unknown role"),
            ("substances.tsv", "Acetone", "hs", "291411", "HS code"),
            ("substances.tsv", "Acetone", "source", "", "source is empty"),
            ("substances.tsv", "Acetone", "synonyms", "propanone|Toluene ", "blanks"),
            ("substances.tsv", "Acetone", "synonyms", "methyl-benzene", "also points to Acetone"),
            ("substances.tsv", "Acetone", "synonyms", "methylene chloride|methylene-chloride", "given twice"),
            ("lists.tsv", "1988-Table-I", "isomers", "some", "isomers must be all or stated"),
            ("lists.tsv", "1988-Table-I", "in_force", "", "in_force must be the day"),
            ("lists.tsv", "1988-Table-I", "citation", "", "citation is empty"),
            ("control.tsv", "Ephedrine", "list", "1988-Table-III", "unknown list"),
            ("control.tsv", "Ephedrine", "kind", "salt", "kind must be"),
            ("control.tsv", "Ephedrine", "inchikey", "KWGRBVOPPLSCSI-WCBMZHEXSA-N", "differs from the register's"),
            ("control.tsv", "Ephedrine", "name", "Ephedrin", "no substance of the register"),
            ("control.tsv", "Ephedrine", "salts", "excluded", "only Table II excludes salts"),
            ("control.tsv", "Ephedrine", "source", "", "source is empty"),
            ("control.tsv", "Ephedrine", "decided", "", "decided is empty"),
            ("control.tsv", "Ephedrine", "from", "1990-11-31", "no ISO day, month or year"),
            ("control.tsv", "Ephedrine", "from", "1989-11-11", "before the treaty was in force"),
            ("control.tsv", "Ephedrine", "to", "1989", "to 1989 is before from 1990-11-11"),
            ("control.tsv", "Norfentanyl", "from", "2021", "from 2021 is before decided 2022-03"),
            ("control.tsv", "Acetic anhydride", "to", "", "now on two lists of the 1988 Convention"),
            ("control.tsv", "Phenylacetic acid", "list", "1988-Table-I", "overlaps its period"),
        )
        for file, name, column, new, expected in faults:
            with self.subTest(column=column, new=new):
                line = self.change(file, name, column, new)
                if expected.startswith("now on two"):
                    line += 1  # named at the later row
                if expected.startswith("overlaps"):
                    self.change(file, name, "to", "2012")
                    line += 1
                if new == "methyl-benzene":
                    line = self.line_of("Toluene")  # the later of the two rows with the synonym
                self.expect(file, line, expected)
                shutil.copy(ROOT / "spectra-library" / file, self.folder / file)

    def line_of(self, name):
        lines = (self.folder / "substances.tsv").read_text(encoding="utf-8").split("\n")
        return next(n for n, line in enumerate(lines, 1) if line.startswith(name + "\t"))

    def test_a_row_twice(self):
        for file, expected in (("substances.tsv", "name 'Acetone' is also that"), ("control.tsv", "overlaps its period")):
            with self.subTest(file=file):
                path = self.folder / file
                text = path.read_text(encoding="utf-8")
                row = next(line for line in text.split("\n") if "\tAcetone\t" in line or line.startswith("Acetone\t"))
                path.write_text(text + row + "\n", encoding="utf-8")
                self.expect(file, text.count("\n") + 1, expected)
                path.write_text(text, encoding="utf-8")

    def test_broken_files(self):
        for file in FILES:
            with self.subTest(file=file):
                path = self.folder / file
                text = path.read_text(encoding="utf-8")
                path.write_text(text + "one\ttwo\n", encoding="utf-8")
                self.expect(file, text.count("\n") + 1, "cells, found 2")
                path.unlink()
                self.expect(file, 1, "cannot be read")
                path.write_text(text, encoding="utf-8")

    def test_the_day_of_completeness_is_asked_for(self):
        path = self.folder / "control.tsv"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.split("\n", 1)[1], encoding="utf-8")
        self.expect("control.tsv", 1, "complete_to")

    def test_a_missing_list(self):
        path = self.folder / "lists.tsv"
        lines = path.read_text(encoding="utf-8").split("\n")
        path.write_text("\n".join(line for line in lines if not line.startswith("ISSL")), encoding="utf-8")
        self.expect("lists.tsv", 1, "the list ISSL is missing")

    def test_structures(self):
        if not structure.available():
            self.skipTest("skipped: RDKit is not installed")
        line = self.change("substances.tsv", "Acetone", "smiles", "CCC=O")
        self.expect("substances.tsv", line, "NBBJYMSMWIIQGU-UHFFFAOYSA-N")
        self.change("substances.tsv", "Acetone", "smiles", "CC(C)=O")
        line = self.change("control.tsv", "Piperidine", "salts", "none")
        self.expect("control.tsv", line, "salts is none", "amine")


if __name__ == "__main__":
    unittest.main()
