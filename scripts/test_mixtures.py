#!/usr/bin/env python3
"""Tests of the arithmetic of scripts/compare-mixtures (python3 -m unittest).

What needs numpy is skipped, saying so, where it is not installed; the Python that compare-mixtures
makes, .tools/mixtures/bin/python, has it.
"""
import json
import os
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from mixtures import identity, msp, program, score  # noqa: E402

try:
    import numpy as np
    from mixtures import curve, draw, fragments, ions, jcamp, sources, twins
except ImportError:
    np = None
try:
    from mixtures import fragment_peers, peers
    from scipy.optimize import nnls
except ImportError:
    peers = None


def said(key, share=0.5, **more):
    return {"key": key, "share": share, **more}


class Identity(unittest.TestCase):
    def test_first_block_else_name(self):
        self.assertEqual(identity.key("LFQSCWFLJHTTHZ-UHFFFAOYSA-N", "x"), "LFQSCWFLJHTTHZ")
        self.assertEqual(identity.key("", " Oleic  Acid "), "oleic acid")
        self.assertEqual(identity.key(None, "ethanol2"), "LFQSCWFLJHTTHZ")

    def test_stereoisomers_known_by_name_are_one(self):
        pairs = [(None, "(S)-(+)-2-Amino-1-butanol"), (None, "r-(-)-2-butanol"), ("BTANRVKWQNVYAZ-UHFFFAOYSA-N", "2-Butanol"),
                 (None, "(1R,2S)-2-Amino"), (None, "L-Glutamate"), (None, "d"), (None, "ethanol-d")]
        wanted = ["2-amino-1-butanol", "BTANRVKWQNVYAZ", "BTANRVKWQNVYAZ", "2-amino", "glutamate", "d", "ethanol-d"]
        self.assertEqual(identity.united(pairs), wanted)

    def test_halves_by_sha256sum(self):
        # d024..., 1a74... and 8d47...: an even first byte develops; a second byte below 38 is absent.
        self.assertEqual(identity.half("LFQSCWFLJHTTHZ"), "develop")
        self.assertEqual(identity.half("OKKJLVBELUTLKV"), "develop")
        self.assertEqual(identity.half("YMWUJEATGCHHMB"), "report")
        self.assertTrue(identity.absent("LFQSCWFLJHTTHZ"))
        self.assertFalse(identity.absent("OKKJLVBELUTLKV"))


class Arithmetic(unittest.TestCase):
    def test_wilson_by_hand(self):
        # None of 100: z2 / (n + z2) = 3.84146 / 103.84146. Half of 100: 0.5 +- 0.5 z / sqrt(n + z2).
        low, high = score.wilson(0, 100)
        self.assertEqual(low, 0.0)
        self.assertAlmostEqual(high, 0.036994, 5)
        low, high = score.wilson(50, 100)
        self.assertAlmostEqual(low, 0.5 - 0.5 * 1.959964 / 103.84146**0.5, 5)
        self.assertAlmostEqual(high, 0.5 + 0.5 * 1.959964 / 103.84146**0.5, 5)
        self.assertIsNone(score.wilson(0, 0))

    def test_a_second_name_for_what_was_found_is_wrong(self):
        truth = [said("a"), said("b")]
        strict, alike = score.matched(truth, [said("a"), said("c", look_alikes=["a"])])
        self.assertEqual((strict, alike), ({0: 0}, {0: 0}))
        strict, alike = score.matched(truth, [said("a"), said("c", look_alikes=["a", "b"])])
        self.assertEqual((strict, alike), ({0: 0}, {0: 0, 1: 1}))

    def test_look_alikes_make_room_for_each_other(self):
        # c could be a or b, d only a: both count, c for b.
        answer = [said("c", look_alikes=["a", "b"]), said("d", look_alikes=["a"])]
        self.assertEqual(score.matched([said("a"), said("b")], answer), ({}, {0: 1, 1: 0}))
        # What is named outright is not given away.
        answer = [said("a", look_alikes=["b"]), said("d", look_alikes=["a"])]
        self.assertEqual(score.matched([said("a"), said("b")], answer), ({0: 0}, {0: 0}))

    def test_entries_of_one_substance_are_one(self):
        held = score.merged([said("a", 0.5), said("b", 0.2), said("a", 0.25)])
        self.assertEqual([(c["key"], c["share"]) for c in held], [("a", 0.75), ("b", 0.2)])

    def test_figures_of_four_spectra(self):
        tally = score.Tally()
        two = {"kind": "mixture", "components": [said("a", 0.85), said("b", 0.15)]}
        # Right but for b, which c stands for; shares 0.05 and 0.03 off, the first interval misses.
        answer = [said("a", 0.8, low=0.7, high=0.84), said("c", 0.18, low=0.1, high=0.2, look_alikes=["b"])]
        tally.add(two, answer, False)
        # Three reported, one found, two wrong.
        three = {"kind": "mixture", "components": [said("a", 0.4), said("b", 0.35), said("d", 0.25)]}
        tally.add(three, [said("d", 0.25), said("e", 0.4), said("f", 0.35)], True)
        tally.add({"kind": "pure", "components": [said("a", 1.0)]}, [said("a", 0.9), said("b", 0.1)])
        absent = {"kind": "absent", "components": [said("a", 0.3), said("b", 0.7)]}
        tally.add(absent, [said("b", 0.7), said("c", 0.3)], True)
        f = tally.figures()
        of = lambda name: (f[name]["hits"], f[name]["total"])  # noqa: E731
        self.assertEqual(of("wrong_strict"), (3, 5))
        self.assertEqual(of("wrong_alike"), (2, 5))
        self.assertEqual(of("large_strict"), (2, 4))
        self.assertEqual(of("large_alike"), (2, 4))
        self.assertEqual((of("two_number"), of("exact")), ((1, 1), (1, 2)))
        self.assertEqual(of("covered"), (1, 2))
        # Errors 0.05, 0.03 and 0: the median is 0.03. Look-alikes 0, 1, 0, 0, 0.
        self.assertAlmostEqual(f["share_error"], 0.03)
        self.assertAlmostEqual(f["look_alikes"], 0.2)
        self.assertEqual((of("pure_invented"), of("pure_found")), ((1, 1), (1, 1)))
        self.assertEqual((of("absent_wrong"), of("absent_large")), ((1, 1), (1, 1)))
        self.assertEqual((of("structured_mixture"), of("structured_absent")), ((1, 2), (1, 1)))
        bins = {n: (v["hits"], v["total"]) for n, v in f["found_strict"].items()}
        self.assertEqual(bins, {"5-10 %": (0, 0), "10-20 %": (0, 1), "20-35 %": (1, 1), "35-50 %": (0, 2), "50-95 %": (1, 1)})
        self.assertEqual(f["found_alike"]["10-20 %"], {"hits": 1, "total": 1})

    def test_twins_replace_the_look_alikes_told(self):
        tally = score.Tally({"a": ["c"]})
        mixture = {"kind": "mixture", "components": [said("a"), said("b")]}
        tally.add(mixture, [said("c"), said("d", look_alikes=["b"])])
        f = tally.figures()
        self.assertEqual([f[n]["hits"] for n in ("wrong_strict", "wrong_alike", "wrong_twin")], [2, 1, 1])
        self.assertEqual([f[n]["hits"] for n in ("large_strict", "large_alike", "large_twin")], [0, 1, 1])

    def test_nothing_reported(self):
        tally = score.Tally()
        tally.add({"kind": "mixture", "components": [said("a", 0.5), said("b", 0.5)]}, [])
        f = tally.figures()
        self.assertEqual(f["wrong_strict"], {"hits": 0, "total": 0})
        self.assertEqual(f["large_strict"], {"hits": 0, "total": 2})
        self.assertIsNone(f["share_error"])

    def test_f1_by_hand(self):
        truths = [{"kind": "mixture", "components": [said("a"), said("b")]}, {"kind": "pure", "components": [said("a")]}]
        # One right of one reported, of two present: 2 * 1 / (1 + 2). Pure spectra do not count.
        self.assertAlmostEqual(score.harmonic(truths, [[said("a")], []]), 2 / 3)


class Answers(unittest.TestCase):
    NAMES = program.Names({"ethanol": "LFQSCWFLJHTTHZ", "glucose": "glucose"})

    def test_components_of_a_record(self):
        record = {
            "source": {"path": "/x/raman-own-0001.jdx", "id": "other"},
            "components": [
                {"name": "Glucose", "inchikey": "WQZGKKKJIJFFOK-GASJEMHNSA-N", "share": 0.6, "low": 0.5, "high": 0.7,
                 "look_alikes": [{"name": "Ethanol", "inchikey": "LFQSCWFLJHTTHZ-UHFFFAOYSA-N"}, {"name": "glucose"}]},
            ],
            "residual": {"share": 0.1, "structured": True},
        }
        found = program.answers([record, {"source": {"path": "q.msp", "id": "e1"}}], self.NAMES)
        self.assertEqual(found["e1"], ([], None))
        components, structured = found["raman-own-0001"]
        # The library knows glucose by its name only; a look-alike that is the substance itself goes.
        wanted = {"key": "glucose", "share": 0.6, "low": 0.5, "high": 0.7, "look_alikes": ["LFQSCWFLJHTTHZ"]}
        self.assertEqual((components, structured), ([wanted], True))

    def test_the_first_candidate(self):
        record = {"source": {"path": "a.jdx"}, "candidates": [{"name": "Glucose"}, {"name": "Ethanol"}]}
        found = program.answers([record, {"source": {"path": "b.jdx"}}], self.NAMES, program.first)
        self.assertEqual(found, {"a": ([said("glucose", 1.0)], None), "b": ([], None)})

    def test_a_program_that_stands_in(self):
        line = json.dumps({"source": {"path": "m.jdx"}, "components": [{"name": "Ethanol", "share": 1}]})
        with tempfile.TemporaryDirectory() as folder:
            script = Path(folder) / "fake"
            script.write_text(f"#!{sys.executable}\nimport sys, pathlib\na = sys.argv\n"
                              "if 'import' in a: pathlib.Path(a[a.index('--library') + 1]).write_text('')\n"
                              f"else: print('noise'); print({line!r})\n")
            os.chmod(script, 0o755)
            runner = program.Program(script, Path(folder) / "work")
            seconds, records = runner.identify(["m.jdx"], runner.library("x", ["a.jdx"]))
        self.assertGreater(seconds, 0)
        self.assertEqual(program.answers(records, self.NAMES)["m"][0][0]["key"], "LFQSCWFLJHTTHZ")

    def test_msp_there_and_back(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.msp"
            path.write_text(msp.record("e1", [(58, 999.0), (91, 50.5)]) + msp.record("e2", [(40, 1.0)]))
            found = [(fields["ID"], peaks) for fields, peaks, _ in msp.read(path)]
        self.assertEqual(found, [("e1", [(58.0, 999.0), (91.0, 50.5)]), ("e2", [(40.0, 1.0)])])


@unittest.skipIf(np is None, "numpy is not installed here")
class Spectra(unittest.TestCase):
    QUIET = {"shift": 0.0, "stretch": 0.0, "blur": 0.0, "gain": 0.0, "step": 1.0, "snr": 1e9, "background": 0.0}

    def band(self, centre, height):
        x = np.arange(300.0, 1701.0)
        return x, height * np.exp(-0.5 * ((x - centre) / 5) ** 2)

    def test_shares_are_of_area(self):
        # Bands of equal width: heights in the mixture are as the shares, whatever they were before.
        random = np.random.default_rng(0)
        parts = [self.band(600, 10.0), self.band(1200, 0.1)]
        axis, y, found = curve.mix(random, "raman", parts, [0.8, 0.2], self.QUIET)
        self.assertAlmostEqual(y.max(), 1.0, 3)
        self.assertAlmostEqual(float(y[axis == 1200][0]), 0.25, 3)
        self.assertAlmostEqual(found[0], 0.8, 6)

    def test_curves_of_other_instruments_are_put_on_the_reference_axis(self):
        x, y = self.band(1000, 1.0)
        moved, same = sources.aligned((x + 5, y), [(x, y)])
        self.assertTrue(np.array_equal(moved, x) and same is y)
        self.assertIsNone(sources.aligned((x, y), [self.band(1030, 1.0)]))

    def test_one_axis_error_for_all(self):
        random = np.random.default_rng(0)
        setting = {**self.QUIET, "shift": 2.0, "stretch": 0.01}
        axis, y, _ = curve.mix(random, "raman", [self.band(600, 1.0), self.band(1200, 1.0)], [0.5, 0.5], setting)
        # x - 2 - 0.01 (x - 1000) = 600 at x = 592 / 0.99, and = 1200 at x = 1192 / 0.99.
        left, right = axis < 900, axis > 900
        self.assertLess(abs(axis[left][np.argmax(y[left])] - 592 / 0.99), 0.6)
        self.assertLess(abs(axis[right][np.argmax(y[right])] - 1192 / 0.99), 0.6)

    def test_snip_leaves_a_line_and_takes_a_band(self):
        line = np.linspace(1, 3, 400)
        y = line.copy()
        y[200:203] += 5
        self.assertTrue(np.allclose(curve.snip(y, 20), line))

    def test_noise_of_white_noise(self):
        self.assertAlmostEqual(curve.noise(np.random.default_rng(1).normal(size=20_000)), 1.0, 1)

    def test_tenths_fall_into_their_nominal_mass(self):
        row = ions.unit_mass([(57.9, 1), (58.1, 2), (300.3, 8), (39.0, 5)])
        self.assertEqual((row[58], row[300], row.sum()), (3, 8, 11))

    def test_tilt_changes_the_shares_as_computed(self):
        # A tilt of ln 2 per 100 m/z doubles the ion at 250 against the one at 150.
        setting = {"tilt": float(np.log(2)), "counts": 1e9, "threshold": 0.0, "noise_ions": 0}
        rows = [ions.unit_mass([(150, 7)]), ions.unit_mass([(250, 3)])]
        peaks, found = ions.mix(np.random.default_rng(2), rows, [0.5, 0.5], setting)
        self.assertAlmostEqual(found[0], 1 / 3)
        self.assertEqual([m for m, _ in peaks], [150, 250])
        self.assertAlmostEqual(peaks[0][1], 499.5, 0)

    def test_shares_drawn(self):
        random = np.random.default_rng(3)
        self.assertEqual(draw.shares(random, 1), [1.0])
        self.assertAlmostEqual(draw.shares(random, 2, 0.0)[0], 0.05)
        for count in (3, 4):
            drawn = np.array([draw.shares(random, count) for _ in range(200)])
            self.assertTrue(np.allclose(drawn.sum(axis=1), 1) and drawn.min() >= 0.05)
        chosen = draw.pick(random, {"a": [1], "b": [2], "c": [3]}, 3, {"d": [4]})
        self.assertEqual((chosen[0], len(set(chosen))), (4, 3))

    def test_twins_of_unit_vectors(self):
        # The angle of 0.1 has a cosine of 0.995, that of 0.3 one of 0.955; entries of one substance are none.
        rows = np.array([[np.cos(a), np.sin(a)] for a in (0.0, 0.1, 0.3, 0.31)])
        self.assertEqual(twins.twins(rows, ["a", "b", "c", "c"], 0.99), {"a": ["b"], "b": ["a"]})

    def test_jcamp_there_and_back(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.jdx"
            jcamp.write(path, "a", "RAMAN SPECTRUM", "COUNTS", np.array([100.0, 102.0]), np.array([1.0, 2.5]))
            head, x, y = jcamp.read(path)
        self.assertEqual((head["TITLE"], list(x), list(y)), ("a", [100.0, 102.0], [1.0, 2.5]))


@unittest.skipIf(peers is None, "numpy and scipy are not installed here")
class Peers(unittest.TestCase):
    def test_two_of_three_columns(self):
        columns = np.array([[1.0, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]])
        design = peers.Design(columns, np.zeros((4, 0)))
        target = np.array([3.0, 0, 1, 0])
        found = peers.result(design, target, ["a", "b", "c"], np.array([3.0, 0, 1]))
        self.assertEqual([(c["key"], round(c["share"], 6)) for c in found["nnls"]], [("a", 0.75), ("c", 0.25)])
        # The first explains 9 of 10, the second the last tenth.
        self.assertEqual([c["key"] for c in peers.cut(found, "omp", 0.05)], ["a", "c"])
        self.assertEqual([c["key"] for c in peers.cut(found, "omp", 0.2)], ["a"])
        self.assertEqual([c["key"] for c in peers.cut(found, "nnls", 0.3)], ["a"])
        self.assertEqual([c["key"] for c in peers.cut(found, "single", 0)], ["a"])


    def test_growing_set_solves_the_whole_problem(self):
        random = np.random.default_rng(5)
        columns = random.random((60, 400)) ** 6
        target = columns[:, :4] @ [4.0, 3, 2, 1] + 0.05 * random.random(60)
        found = peers.Design(columns, np.zeros((60, 0))).least_squares(target)
        whole, left = nnls(columns, target, maxiter=40_000)
        self.assertAlmostEqual(np.linalg.norm(target - columns @ found), left, 6)
        self.assertTrue(np.allclose(found, whole, atol=1e-4) and found.min() >= 0)


@unittest.skipIf(np is None, "numpy is not installed")
class Fragments(unittest.TestCase):
    def test_peaks_within_twice_the_tolerance_merge(self):
        mass, height = fragments.cleaned([(100.0, 3.0), (100.03, 1.0), (150.0, 0.02)], 0.02)
        self.assertEqual(len(mass), 1)
        self.assertAlmostEqual(mass[0], 100.0075)
        self.assertEqual(height[0], 4.0)

    def test_resolution_from_words_and_numbers(self):
        self.assertEqual(fragments.resolution({"Instrument_type": "LC-ESI-QTOF"}, [(91.0542, 1)]), "fine")
        self.assertEqual(fragments.resolution({"Instrument_type": "LC-ESI-QQ"}, [(91.0542, 1)]), "unit")
        self.assertEqual(fragments.resolution({}, [(91.1, 1)]), "unit")

    def test_shares_of_a_mixture_are_those_asked_for(self):
        signals = [{"peaks": [(91.05, 2.0), (119.08, 2.0)]}, {"peaks": [(72.08, 5.0), (163.07, 5.0)]}]
        setting = {"threshold": 0.001, "noise_peaks": 0}
        peaks, found = fragments.mix(np.random.default_rng(1), signals, [0.7, 0.3], setting)
        self.assertEqual([round(m, 2) for m, _ in peaks], [72.08, 91.05, 119.08, 163.07])
        self.assertAlmostEqual(found[0], 0.7, delta=0.1)
        self.assertAlmostEqual(sum(found), 1.0)

    def test_the_contributor_with_the_fewest_is_held_out(self):
        def record(name, by, n=3):
            return {"Name": name, "Comment": f'contributor="{by}"'}, [(100.0 + i, 1.0) for i in range(n)], ""
        records = [record("a", "x"), record("a", "x"), record("a", "y"), record("b", "x"), record("c", "x"), record("c", "y")]
        kept, more = fragments.held_out(records, {"c"}, lambda f: f["Name"])
        self.assertEqual([(f["Name"], fragments.contributor(f)) for f, _, _ in more], [("a", "y")])
        self.assertEqual(len(kept), 5)


@unittest.skipIf(peers is None, "numpy and scipy are not installed")
class FragmentPeers(unittest.TestCase):
    def test_two_components_and_the_window(self):
        def text(name, precursor, peaks):
            head = [f"Name: {name}", "Instrument_type: LC-ESI-QTOF", "Ion_mode: P", f"PrecursorMZ: {precursor}", f"Num Peaks: {len(peaks)}"]
            return "\n".join([*head, *(f"{m} {i}" for m, i in peaks)]) + "\n\n"
        a = [(58.0651, 40.0), (91.0542, 100.0), (119.0855, 60.0)]
        b = [(72.0808, 100.0), (105.0335, 50.0), (163.0754, 50.0)]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "library.msp"
            path.write_text(text("a", 300.1234, a) + text("b", 300.6543, b) + text("far", 400.2, a), encoding="utf-8")
            library = fragment_peers.Lists(path, {})
            fields = {"Instrument_type": "LC-ESI-QTOF", "Ion_mode": "P", "PrecursorMZ": "300.1234"}
            found = library.ask((fields, sorted([(m, 0.6 * i) for m, i in a] + [(m, 0.4 * i) for m, i in b])))
        shares = {c["key"]: c["share"] for c in found["nnls"]}
        self.assertEqual(sorted(shares), ["a", "b"])
        self.assertAlmostEqual(shares["a"], 0.6, delta=0.01)
        self.assertEqual(found["single"][0]["key"], "a")


if __name__ == "__main__":
    if peers is None:
        print("test_mixtures: numpy or scipy is not installed here; what needs them is skipped", file=sys.stderr)
    unittest.main()
