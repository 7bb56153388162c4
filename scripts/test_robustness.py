#!/usr/bin/env python3
"""Tests of the arithmetic of scripts/compare-robustness (python3 -m unittest).

What needs numpy or scipy is skipped, saying so, where they are not installed; the Python that compare-robustness makes,
.tools/mixtures/bin/python, has them.
"""
import sys
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from mixtures import program  # noqa: E402
from robustness import judge, page, picture  # noqa: E402

try:
    import numpy as np
    from robustness import axis, bands, curve_scores, curves, ion_scores, masses, sets
except ImportError:
    np = None

A, B = "AAAAAAAAAAAAAA-UHFFFAOYSA-N", "BBBBBBBBBBBBBB-UHFFFAOYSA-N"


def substance(inchikey, **more):
    return {"inchikey": inchikey, "name": "x", **more}


def step(spectra, first, **more):
    verdict = dict.fromkeys(("right", "wrong", "class", "inconclusive", "missed", "none", "component"), 0)
    less = {"spectra": spectra, "first": 0, "wrong_ids": [], **verdict}
    return {"spectra": spectra, "first": first, "wrong_ids": [], **verdict, "less": less, "published": {"plain": first}, **more}


def measured(steps, **more):
    about = {"name": "raman-other", "technique": "raman", "title": "t", "substances": 2, "references": 3, "references_less": 1, "absent_substances": 2}
    axes = [{"name": "shift", "unit": "cm-1", "neutral": 0, "log": False, "steps": steps, **more}]
    by = {"date": "2026-01-01", "program": "specid", "quick": False}
    return {**by, **about, "published": ["plain"], "undisturbed": step(10, 9), "axes": axes}


class Judging(unittest.TestCase):
    def setUp(self):
        self.names = program.Names({"x": A[:14], "y": B[:14]})

    def judged(self, record):
        return judge.judged(record, A[:14], self.names)

    def test_a_set_that_holds_the_substance_is_right(self):
        verdict = {"level": "identified", "substances": [substance(B), substance(A)]}
        self.assertEqual(self.judged({"verdict": verdict, "candidates": [substance(B)]}), {"first": False, "verdict": "right", "component": False})
        verdict = {"level": "identified", "substances": [substance(B)]}
        self.assertEqual(self.judged({"verdict": verdict, "candidates": [substance(A)]}), {"first": True, "verdict": "wrong", "component": False})

    def test_a_component_is_wrong_unless_it_may_be_the_substance(self):
        told = {"verdict": {"level": "inconclusive"}, "components": [substance(A), substance(B, look_alikes=[substance(A)])]}
        self.assertEqual(self.judged(told), {"first": False, "verdict": "inconclusive", "component": False})
        told["components"].append(substance(B, look_alikes=[]))
        self.assertTrue(self.judged(told)["component"])

    def test_what_is_not_answered_is_counted(self):
        self.assertEqual(judge.counted({"a": judge.NOTHING, "b": self.judged({})})["none"], 2)

    def test_wrong_names_are_told_by_spectrum(self):
        wrong = self.judged({"verdict": {"level": "identified", "substances": [substance(B)]}})
        counts = judge.counted({"b": wrong, "a": wrong, "c": self.judged({})})
        self.assertEqual((counts["spectra"], counts["wrong"], counts["wrong_ids"]), (3, 2, ["a", "b"]))


class Drawing(unittest.TestCase):
    def test_places_of_steps(self):
        steps = [{"amount": a} for a in (100, 10, 1)]
        # As it is comes one step before the first where no amount says so.
        self.assertEqual(picture.places({"steps": steps, "log": False, "neutral": None})[1], 149.5)
        values, first = picture.places({"steps": steps[::-1], "log": True, "neutral": 0})
        self.assertAlmostEqual(first, values[0] - (values[1] - values[0]))
        self.assertEqual(picture.places({"steps": steps, "log": True, "neutral": 1})[1], 0.0)

    def test_worse_is_to_the_right(self):
        found = measured([step(10, 5, amount=0.9), step(10, 1, amount=0.5)], neutral=1)
        drawn = picture.series(found["axes"][0], found["undisturbed"], lambda s: s["first"])
        self.assertEqual([(label, of) for _, label, of in drawn], [("1", 9), ("0.9", 5), ("0.5", 1)])

    def test_the_picture_is_xml_and_has_its_lines(self):
        root = ElementTree.fromstring(picture.draw(measured([step(10, 5, amount=8)]), "a < b"))
        lines = [e for e in root.iter() if e.tag.endswith("polyline")]
        # Range of a panel: 120 high from 62; 9 and 5 of 10 are at 0.1 and 0.5 of it.
        own = next(e for e in lines if e.get("class") == "specid")
        self.assertEqual([p.split(",")[1] for p in own.get("points").split()], ["74.0", "122.0"])
        self.assertEqual(len(lines), 5)


class Page(unittest.TestCase):
    def test_rows_and_sums(self):
        lines = page.table(measured([step(10, 5, amount=4, wrong=1, wrong_ids=["a"]), step(10, 4, amount=8, component=2)]))
        self.assertIn("| shift 4 cm-1 | 50 | 50 | 0 | 1 | 0 | 0 | 0 |", lines)
        said = next(text for text in lines if text.startswith("All steps"))
        self.assertIn("another substance in 0 of 10 (0.0 %) as they are and in 1 of 20 (5.0 %) disturbed, that is 1 of 10 spectra", said)

    def test_a_spectrum_is_counted_once(self):
        found = measured([step(10, 5, amount=4, wrong_ids=["a", "b"]), step(10, 5, amount=8, wrong_ids=["b"])])
        found["undisturbed"]["wrong_ids"] = ["a"]
        # 2 of 10: Wilson's interval by hand, centre (0.2 + z2 / 20) / (1 + z2 / 10), z2 = 3.84146.
        told = page.at_least_once(found, lambda s: s)
        self.assertEqual(told, "2 of 10 spectra at least once (95 % interval 5.7 to 51.0 %), 1 of them not as they are")

    def test_where_a_published_score_is_better(self):
        steps = [step(10, 5, amount=4), step(10, 5, amount=8, published={"plain": 6, "other": 4})]
        self.assertEqual(page.beaten(measured(steps))[1], "More spectra are ranked first by a published score at: shift 8 cm-1 (plain 6, specid 5).")
        self.assertEqual(page.beaten(measured(steps[:1])), [])

    def test_only_what_is_between_the_marks_is_written(self):
        text = "a\n<!-- measured -->\nold\n<!-- end of measured -->\nb\n"
        self.assertEqual(page.between(text, ["new"]), "a\n<!-- measured -->\n\nnew\n\n<!-- end of measured -->\nb\n")
        with self.assertRaises(SystemExit):
            page.between("a", [])


def gaussian(x, centre, fwhm):
    return np.exp(-4 * np.log(2) * ((x - centre) / fwhm) ** 2)


@unittest.skipIf(np is None, "numpy or scipy is not installed")
class Curves(unittest.TestCase):
    def setUp(self):
        self.x = np.arange(200.0, 2000.0, 2.0)
        self.y = gaussian(self.x, 600, 20) + 0.6 * gaussian(self.x, 1200, 20)

    def test_width_of_gaussian_bands(self):
        self.assertAlmostEqual(bands.width(self.x, self.y), 20, delta=0.3)

    def test_broadened_and_sharpened_gaussians_are_gaussians(self):
        # A Gaussian of width w under a slit of width g has the width sqrt(w2 + g2).
        for factor in (2, 0.5):
            x, y = bands.resolved(self.x, self.y, factor)
            self.assertAlmostEqual(bands.width(x, y) / 20, factor, delta=0.06 * factor)
            self.assertAlmostEqual(x[np.argmax(y)], 600, delta=2)
            self.assertAlmostEqual(bands.reached((self.x, self.y), (x, y)), factor, delta=0.06 * factor)
            # The area of a band stays.
            near = np.abs(x - 600) < 100
            self.assertAlmostEqual(np.trapezoid(y[near], x[near]), 20 * np.sqrt(np.pi / np.log(2)) / 2, delta=0.7)
        self.assertIs(bands.resolved(self.x, self.y, 1)[1], self.y)

    def test_sharpening_leaves_the_background(self):
        slope = self.x / 500
        x, y = bands.sharpened(self.x, self.y + slope, 0.5)
        self.assertAlmostEqual(np.interp(1600, x, y), 3.2, delta=0.01)

    def test_amounts_of_disturbances(self):
        spectrum, random = (self.x, self.y), axis.luck(curves.COMMON[0], "a")
        self.assertEqual(abs(curves.shift(spectrum, 8, random)[0][7] - self.x[7]), 8)
        self.assertAlmostEqual(abs(curves.stretch(spectrum, 0.5, random)[0][400] - 1000), 5)
        noisy = curves.noise(spectrum, 5, random)[1] - self.y
        self.assertAlmostEqual(noisy.std(), 0.2, delta=0.02)
        rays = curves.cosmic(spectrum, 3, random)[1] - self.y
        self.assertEqual((np.count_nonzero(rays), round(rays.max(), 2)), (3, 3.0))
        self.assertAlmostEqual(curves.saturated(spectrum, 0.5, random)[1].max(), 0.5, places=3)
        self.assertAlmostEqual(curves.background(spectrum, 10, random)[1].max(), 10, delta=1.1)
        self.assertAlmostEqual(curves.slope(spectrum, 1, random)[1][400], self.y[400])

    def test_luck_is_of_the_spectrum_and_the_disturbance(self):
        one, other = curves.COMMON[:2]
        self.assertEqual(axis.luck(one, "a").random(), axis.luck(one, "a").random())
        self.assertNotEqual(axis.luck(one, "a").random(), axis.luck(one, "b").random())
        self.assertNotEqual(axis.luck(one, "a").random(), axis.luck(other, "a").random())

    def test_cells_of_a_straight_line_are_its_values(self):
        x = np.array([99.0, 103.5, 120.0])
        start, values = curve_scores.on_grid(x, 3 * x + 1)
        self.assertEqual(start, 0)
        np.testing.assert_allclose(values[:10], 3 * (100 + 2 * np.arange(10)) + 1)

    def test_correlations_are_numpys(self):
        # Each reaches where the other does not; the second has 90 points of 2 cm-1, fewer than are compared.
        x = np.arange(400.0, 2400.0, 2.0)
        other = x, gaussian(x, 600, 25) + 0.4 * gaussian(x, 2200, 30) + 0.2 * np.sin(x / 90)
        library = [sets.Entry("a", "a", "", other), sets.Entry("short", "s", "", (self.x[150:240], self.y[150:240]))]
        scores = curve_scores.Scores("raman", library)
        q, r = curve_scores.on_grid(self.x, self.y)[1][100:], curve_scores.on_grid(*other)[1]
        r = r[: len(q)]
        for name, wanted in (("plain", np.corrcoef(q, r)[0, 1]), ("derivative", np.corrcoef(np.diff(q), np.diff(r))[0, 1])):
            found = scores.correlations(name, [curve_scores.on_grid(self.x, self.y)])
            self.assertAlmostEqual(found[0, 0], wanted, places=10)
            self.assertEqual(found[1, 0], -2)
        self.assertEqual(scores.best([(self.x, self.y)])["baseline"], ["a"])


@unittest.skipIf(np is None, "numpy or scipy is not installed")
class Ions(unittest.TestCase):
    def setUp(self):
        self.m, self.a = np.array([41.0, 58.0, 91.0, 100.0]), np.array([10.0, 100.0, 40.0, 4.0])

    def scores(self, m, a):
        return ion_scores.Scores("ei", [sets.Entry("r", "r", "", (np.array(m, float), np.array(a, float)))])

    def test_cosine_by_hand(self):
        q = ion_scores.unit_mass((np.array([50.0, 60.0]), np.array([100.0, 25.0])))
        self.assertAlmostEqual(self.scores([50, 55], [100, 16]).cosine(q)[0], 100 / (125 * 116) ** 0.5)

    def test_composite_by_hand(self):
        # Common ions 50 and 100; ratio 25/100 * 100/50 = 0.5; two ions in the query and two in common.
        q = ion_scores.unit_mass((np.array([50.0, 100.0]), np.array([100.0, 50.0])))
        a, b, c = 100**0.6 * 50**3, 50**0.6 * 100**3, 25**0.6 * 100**3
        dot = (a * a + b * c) ** 2 / ((a * a + b * b) * (a * a + c * c))
        self.assertAlmostEqual(self.scores([50, 100], [100, 25]).composite(q)[0], (2 * dot + 0.5) / 4)

    def test_composite_leaves_out_what_is_not_common(self):
        # 60 is not common: neighbours are 50 and 100; three ions in the query.
        q = ion_scores.unit_mass((np.array([50.0, 60.0, 100.0]), np.array([100.0, 10.0, 50.0])))
        sums, common = ion_scores.ratios(q[[50, 60, 100]], np.array([[100.0, 0, 25]]))
        self.assertEqual((sums[0], common[0]), (0.5, 2))

    def test_entropy_of_equal_abundances_by_hand(self):
        # Two ions of 1/2 each: entropy ln 2, still equal after weighting; one in common:
        # (1 ln 1 - 2 * 1/2 ln 1/2) / (2 ln 2) = 1/2.
        q = ion_scores.unit_mass((np.array([50.0, 60.0]), np.array([1.0, 1.0])))
        self.assertAlmostEqual(self.scores([50, 70], [3, 3]).entropies(q)[0], 0.5)
        self.assertAlmostEqual(self.scores([50, 60], [3, 3]).entropies(q)[0], 1.0)

    def test_tenths_fall_into_their_nominal_mass(self):
        row = ion_scores.unit_mass((np.array([42.6, 42.7, 43.55, 43.62]), np.array([8.0, 1.0, 2.0, 4.0])))
        self.assertEqual(list(row[42:45]), [8.0, 3.0, 4.0])

    def test_amounts_of_disturbances(self):
        spectrum, random = (self.m, self.a), axis.luck(masses.EI[0], "a")
        self.assertEqual(list(masses.threshold(spectrum, 5, random)[0]), [41, 58, 91])
        self.assertEqual(list(masses.start(spectrum, 60, random)[0]), [91, 100])
        # Where nothing would be left the base peak stays.
        self.assertEqual(list(masses.start(spectrum, 200, random)[0]), [58])
        self.assertEqual(list(masses.saturated(spectrum, 0.2, random)[1]), [10, 20, 20, 4])
        self.assertAlmostEqual(abs(masses.displaced(spectrum, 0.3, random)[0][0] - 41), 0.3)
        tilted = masses.tilt((np.array([150.0, 250.0]), np.ones(2)), 0.4, random)[1]
        self.assertAlmostEqual(abs(np.log(tilted[1])), 0.4)
        self.assertEqual(tilted[0], 1.0)

    def test_more_noise_ions_keep_the_fewer(self):
        def strange(percent):
            return masses.strangers((self.m, self.a), percent, axis.luck(masses.EI[2], "a"))

        few, more = strange(50), strange(100)
        self.assertTrue(set(few[0]) <= set(more[0]))
        self.assertAlmostEqual(strange(0)[1].sum(), self.a.sum())
        self.assertTrue(few[1].sum() > self.a.sum() + 2 * 0.005 * 100 - 1e-9)


if __name__ == "__main__":
    unittest.main()
