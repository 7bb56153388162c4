"""Disturbs the spectra of a set step by step, asks specid and the published scores, and counts."""
import sys

from mixtures import jcamp, msp, program

from . import bands, curve_scores, curves, ion_scores, judge, masses
from .axis import luck

AXES = {"raman": curves.RAMAN, "infrared": curves.INFRARED, "ei": masses.EI}
KIND = {"raman": "RAMAN SPECTRUM", "infrared": "INFRARED SPECTRUM"}
# One name is needed, and no hypotheses: they do not change a verdict.
EXTRA = ("--top", "1", "--hypotheses", "never")


class Asked:
    """specid with the set's library and with that without the absent substances."""

    def __init__(self, runner, given, work):
        self.runner, self.given, self.work = runner, given, work
        self.names = program.Names(given.names())
        work.mkdir(parents=True, exist_ok=True)
        self.full = runner.library(f"{given.technique}", self.files("full", given.library))
        self.less = runner.library(f"{given.name}-less", self.files("less", given.less()))

    def files(self, name, library):
        if self.given.technique != "ei":
            return [entry.text for entry in library]
        path = self.work / f"{name}.msp"
        path.write_text("\n\n".join(entry.text for entry in library) + "\n\n", encoding="utf-8")
        return [path]

    def written(self, signals):
        """Files that do not say what they are."""
        if self.given.technique == "ei":
            path = self.work / "asked.msp"
            path.write_text("".join(msp.record(s.id, list(zip(*signal))) for s, signal in signals), encoding="utf-8")
            return [path]
        paths = []
        for spectrum, (x, y) in signals:
            paths.append(self.work / f"{spectrum.id}.jdx")
            jcamp.write(paths[-1], spectrum.id, KIND[self.given.technique], spectrum.units, x, y)
        return paths

    def answers(self, signals, library):
        """Judged answers by the id of the spectrum."""
        _, records = self.runner.identify(self.written(signals), library, EXTRA)
        found = program.answers(records, self.names, lambda record, _: record)
        return {s.id: judge.judged(found[s.id], s.key, self.names) if s.id in found else judge.NOTHING for s, _ in signals}

    def step(self, signals):
        """Figures of specid for these signals."""
        absent = [(s, signal) for s, signal in signals if s.key in self.given.absent]
        figures = judge.counted(self.answers(signals, self.full))
        return figures | {"less": judge.counted(self.answers(absent, self.less))}


def firsts(scores, signals):
    """How many spectra each published score ranks first rightly."""
    found = scores.best([signal for _, signal in signals])
    return {name: sum(key == s.key for key, (s, _) in zip(keys, signals)) for name, keys in found.items()}


def disturbed(given, axis, amount):
    return [(s, axis.change(s.signal, amount, luck(axis, s.id))) for s in given.spectra]


def compare(given, runner, work):
    """Figures of a set: as it is, and by disturbance and amount."""
    asked = Asked(runner, given, work / given.name)
    kind = ion_scores if given.technique == "ei" else curve_scores
    scores = kind.Scores(given.technique, given.library)
    as_it_is = [(s, s.signal) for s in given.spectra]

    def figures(signals):
        return asked.step(signals) | {"published": firsts(scores, signals)}

    result = {
        "name": given.name, "title": given.title, "technique": given.technique, "references": len(given.library),
        "references_less": len(given.less()), "substances": given.substances(), "published": list(kind.NAMES),
        "absent_substances": len(given.absent), "undisturbed": figures(as_it_is), "axes": [],
    }
    for axis in AXES[given.technique]:
        steps = []
        for amount in axis.steps:
            signals = disturbed(given, axis, amount)
            step = {"amount": amount} | figures(signals)
            if axis.change is curves.resolution:
                step["width"] = widths(as_it_is, signals)
            steps.append(step)
            print(given.name, axis.name, amount, step["first"], step["published"], step["wrong"], file=sys.stderr)
        result["axes"].append({"name": axis.name, "unit": axis.unit, "neutral": axis.neutral, "log": axis.log, "steps": steps})
    return result


def widths(before, after):
    """Ratios of the width of the bands that were reached, spectrum by spectrum, sorted."""
    return sorted(round(bands.reached(a, b), 3) for (_, a), (_, b) in zip(before, after))
