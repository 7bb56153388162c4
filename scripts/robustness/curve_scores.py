"""Published scores of curves over a whole library, without a shift, on a common grid of 2 cm-1 over the range that both
have (at least 300 cm-1): the Pearson correlation `plain`, after a `baseline` removed by peak clipping, and of the
`derivative` (first differences)."""
import numpy as np

from mixtures import curve, sources

STEP, FIRST, POINTS, LEAST = 2.0, 100.0, 1951, 150
NAMES = ("plain", "baseline", "derivative")


def on_grid(x, y):
    """First grid index and the curve's mean over each cell of the grid."""
    start = max(0, int(np.ceil((x[0] - FIRST) / STEP - 0.01)))
    end = min(POINTS - 1, int(np.floor((x[-1] - FIRST) / STEP + 0.01)))
    if len(x) < 2 or end < start:
        return 0, np.zeros(0)
    area = np.concatenate([[0.0], np.cumsum(np.diff(x) * (y[1:] + y[:-1]) / 2)])

    def integral(at):
        place = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(x) - 2)
        part = at - x[place]
        value = y[place] + part * (y[place + 1] - y[place]) / (x[place + 1] - x[place])
        return area[place] + part * (y[place] + value) / 2

    centres = FIRST + STEP * np.arange(start, end + 1)
    low, high = np.clip(centres - STEP / 2, x[0], x[-1]), np.clip(centres + STEP / 2, x[0], x[-1])
    return start, (integral(high) - integral(low)) / np.maximum(high - low, 1e-9)


def changed(name, values, half):
    if name == "baseline":
        return values - curve.snip(values, min(half, (len(values) - 1) // 2))
    return np.diff(values) if name == "derivative" else values


def row(start, values):
    """Values in a row of the grid, and where they are."""
    out, inside = np.zeros(POINTS), np.zeros(POINTS)
    values = values - values.mean() if len(values) else values
    out[start : start + len(values)], inside[start : start + len(values)] = values, 1.0
    return out, inside


class Scores:
    """A library of curves."""

    def __init__(self, technique, entries):
        self.half = int(sources.HALF_WIDTH[technique] / STEP)
        entries = [e for e in entries if e.signal is not None]
        self.keys = [e.key for e in entries]
        grids = [on_grid(*e.signal) for e in entries]
        self.rows = {}
        for name in NAMES:
            rows = [row(start, changed(name, values, self.half)) for start, values in grids]
            values, inside = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
            self.rows[name] = values, values**2, inside

    def correlations(self, name, grids):
        """Pearson correlation of every curve (columns) with every reference (rows) over the points that both have."""
        rows, squares, inside = self.rows[name]
        asked = [row(start, changed(name, values, self.half)) for start, values in grids]
        q, own = np.array([a[0] for a in asked]).T, np.array([a[1] for a in asked]).T
        n = np.maximum(inside @ own, 1)
        ab, a, aa, b, bb = rows @ q, inside @ q, inside @ (q * q), rows @ own, squares @ own
        power = (aa - a * a / n) * (bb - b * b / n)
        good = (n >= LEAST) & (power > 0)
        return np.where(good, (ab - a * b / n) / np.sqrt(np.where(good, power, 1)), -2)

    def best(self, signals):
        """Substances at rank 1 by each score, in the order of the curves."""
        grids = [on_grid(*signal) for signal in signals]
        found = {}
        for name in NAMES:
            scores = self.correlations(name, grids)
            places = scores.argmax(axis=0)
            found[name] = [self.keys[at] if scores[at, i] > -2 else None for i, at in enumerate(places)]
        return found
