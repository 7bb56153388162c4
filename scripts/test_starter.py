#!/usr/bin/env python3
"""Tests of the starter library's sources and of the script that makes them (python3 -m unittest)."""
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
from starter import bands, ions, register  # noqa: E402


def table(name):
    text = (ROOT / "spectra-library" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("# ")]
    columns = lines[0].split("\t")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines[1:]]


class Figures(unittest.TestCase):
    def test_tenths_fall_into_their_nominal_mass(self):
        self.assertEqual(ions.unit_mass([(57.9, 1), (58.1, 2), (58.3, 4), (300.3, 8)]), {58: 7, 300: 8})

    def test_principal_ions_by_hand(self):
        # 28 is air; 80 of 160 is 50 per cent; 0.7 of 160 rounds to 0 and goes.
        self.assertEqual(ions.principal({28: 500, 58: 160, 91: 80, 120: 0.7}), [(58, 100), (91, 50)])
        many = {m: 100 for m in range(50, 80)}
        self.assertEqual([m for m, _ in ions.principal(many)], list(range(60, 80)))

    def test_sources_are_written_out(self):
        row = {"structure_check": "chemicals", "cas_check": "VN28", "source": "GK Green List (INCB)|LEO"}
        self.assertEqual(
            register.sources(row),
            "structure: chemicals; CAS: Viet Nam Decree 28/2026/ND-CP; "
            "status: general knowledge of the Green List (INCB)|LE OSINT Framework",
        )


class Matching(unittest.TestCase):
    substance = {
        "name": "Amphetamine", "synonyms": "speed", "formula": "C9H13N",
        "InChIKey": "KWTSXDURSIMDCE-UHFFFAOYSA-N",
    }

    def record(self, name, key, formula):
        return {"name": name, "names": [name], "inchikey": key, "formula": formula}

    def test_exact_skeleton_and_traps(self):
        match = lambda *r: ions.match(self.substance, self.record(*r))
        self.assertEqual(match("x", "KWTSXDURSIMDCE-UHFFFAOYSA-N", "C9H13N"), "exact")
        self.assertEqual(match("d-Amphetamine", "KWTSXDURSIMDCE-QMMMGPOBSA-N", "C9H13N"), "skeleton")
        self.assertIsNone(match("Amphetamine-D5", "KWTSXDURSIMDCE-AAAAAAAASA-N", "C9H8D5N"))
        self.assertIsNone(match("x", "KWTSXDURSIMDCE-QMMMGPOBSA-N", "C9H13NO"))
        self.assertEqual(match("Speed", "", "C9H13N"), "name")
        self.assertIsNone(match("Speed", "", "C10H15N"))
        self.assertIsNone(match("Speed", "AAAAAAAAAAAAAA-UHFFFAOYSA-N", "C9H13N"))


class Committed(unittest.TestCase):
    def test_register(self):
        rows = table("substances.tsv")
        keys = [r["inchikey"] for r in rows if r["inchikey"]]
        self.assertGreater(len(rows), 700)
        self.assertEqual(len(keys), len(set(keys)))
        for row in rows:
            self.assertRegex(row["inchikey"], r"^([A-Z]{14}-[A-Z]{10}-[A-Z])?$")
            self.assertIn(row["cas_checked"], ("yes", "no"))

    def test_principal_ions(self):
        rows = table("principal-ions.tsv")
        self.assertEqual(len({r["entry_id"] for r in rows}), len(rows))
        for row in rows:
            pairs = [tuple(map(int, p.split(":"))) for p in row["ions"].split(" ")]
            self.assertLessEqual(len(pairs), ions.MOST, row["entry_id"])
            self.assertEqual(pairs, sorted(pairs), row["entry_id"])
            self.assertEqual(max(a for _, a in pairs), 100, row["entry_id"])
            self.assertTrue(row["laboratory"] and row["source"] and row["record"], row["entry_id"])

    def test_bands(self):
        rows = table("bands.tsv")
        self.assertEqual(len({r["entry_id"] for r in rows}), len(rows))
        for row in rows:
            positions = [float(b.split(":")[0]) for b in row["bands"].split(" ")]
            self.assertGreaterEqual(len(positions), bands.FEWEST)
            self.assertEqual(positions, sorted(positions))
            self.assertTrue(row["source"])

    def test_main_substances_are_there(self):
        names = {r["name"] for r in table("principal-ions.tsv")}
        for name in ("1-Phenyl-2-propanone", "Safrole", "Ephedrine", "Piperonal", "Fentanyl", "Cocaine"):
            self.assertIn(name, names)

    def test_control_agrees_with_the_data(self):
        data = ROOT / ".." / "shared" / "data" / "substances.tsv"
        if not data.is_file():
            self.skipTest("skipped: the data folder is absent")
        given = {s["name"]: s["instrument"] for s in register.load(data) if s["instrument"] != "none"}
        now = {r["name"]: r["list"] for r in table("control.tsv") if not r["to"] and r["kind"] not in ("exclusion", "enantiomer")}
        self.assertEqual(now, given)

    def test_committed_text_is_what_the_data_give(self):
        data = ROOT / ".." / "shared" / "data"
        if not (data / "substances.tsv").is_file():
            self.skipTest("skipped: the data folder is absent")
        done = subprocess.run(
            [sys.executable, ROOT / "scripts" / "build-starter", "--check", "--data", data],
            capture_output=True, text=True, check=False,
        )
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
