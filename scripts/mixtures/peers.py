"""Other ways to find components, on the same files: non-negative least squares over the whole library,
orthogonal matching pursuit with a non-negative refit, and the best single match.

Curves: both sides on one even axis of 2 cm-1, baseline removed by the same clipping; a quadratic in
the fit takes what that leaves; the query's axis is moved by the whole number of cm-1 from -4 to 4 that
the pursuit fits best. Ions: intensities weighted by the reciprocal of their counting error.
"""
import numpy as np
from scipy.optimize import nnls

from . import curve, identity, ions, jcamp, msp, sources

STEP = 2.0
SHIFTS = np.arange(-4.0, 5.0)
LONGEST = 6
# Thresholds tried: on the share of a component, and on the part of the signal that one more explains.
SHARES = (0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4)
GAINS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15)


class Design:
    """Columns of a library on a query's axis, with what the free columns explain taken out."""

    def __init__(self, columns, free):
        self.basis = np.linalg.qr(free)[0]
        self.columns = self.without_free(columns)
        self.norms = np.linalg.norm(self.columns, axis=0)
        self.norms[self.norms == 0] = np.inf

    def without_free(self, values):
        return values - self.basis @ (self.basis.T @ values)

    def pursue(self, target, longest):
        """Steps as (positions, coefficients, part of the energy left)."""
        target = self.without_free(target)
        steps, chosen, residual = [], [], target
        energy = float(target @ target) or 1.0
        for _ in range(longest):
            scores = (self.columns.T @ residual) / self.norms
            scores[chosen] = -np.inf
            best = int(np.argmax(scores))
            if scores[best] <= 0:
                break
            chosen.append(best)
            part = self.columns[:, chosen]
            weights, left = nnls(part, target)
            residual = target - part @ weights
            steps.append((list(chosen), weights, left * left / energy))
        return steps

    def least_squares(self, target):
        """Coefficients of the whole library: solved on a part of the columns, which grows until no
        column outside would lower the residual, which is when the whole problem is solved."""
        target = self.without_free(target)
        size = np.linalg.norm(target) or 1.0
        weights = np.zeros(self.columns.shape[1])
        chosen, residual = [], target
        while True:
            gain = (self.columns.T @ residual) / self.norms
            gain[chosen] = 0
            best = np.argsort(-gain)[:30]
            more = [int(at) for at in best if gain[at] > 1e-7 * size]
            if not more:
                break
            chosen += more
            part = self.columns[:, chosen]
            found = nnls(part, target, maxiter=100 * len(chosen))[0]
            residual = target - part @ found
        weights[chosen] = found if chosen else 0
        return weights


def shares(positions, weights, keys):
    """Reported components of unit-area columns, entries of one substance added."""
    total = float(np.sum(weights))
    by_key = {}
    for at, weight in zip(positions, weights):
        if weight > 0:
            by_key[keys[at]] = by_key.get(keys[at], 0.0) + float(weight) / total
    return [{"key": k, "share": s} for k, s in sorted(by_key.items(), key=lambda item: -item[1])]


class Curves:
    """A library of curves. `entries` are (key, path)."""

    def __init__(self, technique, entries):
        self.technique, self.half_width = technique, int(sources.HALF_WIDTH[technique] / STEP)
        low, high = sources.WIDEST[technique]
        self.axis = np.arange(low, high + 1, STEP)
        self.keys, rows = [], []
        for key, path in entries:
            x, above = self.prepared(path)
            inside = (self.axis >= x[0]) & (self.axis <= x[-1])
            if inside.sum() >= 100:
                rows.append(np.where(inside, np.interp(self.axis, x, above), 0))
                self.keys.append(key)
        self.rows = np.array(rows)

    def prepared(self, path):
        """Axis of 2 cm-1 and bands of a file."""
        head, x, y = jcamp.read(path)
        if self.technique == "infrared":
            converted = sources.absorbance(head, y)
            y = -np.log10(np.clip(y, 0.01, None)) if converted is None else converted
        low, high = max(x[0], self.axis[0]), min(x[-1], self.axis[-1])
        if high - low < 100 or len(x) < 20:
            return np.array([0.0, 1.0]), np.zeros(2)
        fine_x, fine = curve.on_fine(x, y, low, high)
        grid = np.arange(fine_x[0], fine_x[-1] + 0.1, STEP)
        values = np.interp(grid, fine_x, curve.smooth(fine, 0.8))
        return grid, curve.bands(values, self.half_width)

    def query(self, path):
        """Unit-area columns on the query's range, the free columns, and the target at every shift."""
        x, above = self.prepared(path)
        inside = (self.axis >= x[0] + 4) & (self.axis <= x[-1] - 4)
        columns = self.rows[:, inside].T
        areas = columns.sum(axis=0)
        columns = columns / np.where(areas > 0, areas, np.inf)
        t = np.linspace(-1, 1, inside.sum())
        free = np.stack([np.ones_like(t), t, t * t], axis=1)
        axis = self.axis[inside]
        return columns, free, [np.interp(axis + shift, x, above) for shift in SHIFTS]

    def ask(self, path):
        columns, free, targets = self.query(path)
        design = Design(columns, free)
        left = [(design.pursue(target, 3) or [(None, None, 1.0)])[-1][2] for target in targets]
        target = targets[int(np.argmin(left))]
        centred = columns - columns.mean(axis=0)
        norms = np.linalg.norm(centred, axis=0)
        norms[norms == 0] = np.inf
        single = np.max([centred.T @ unit(t - t.mean()) / norms for t in targets], axis=0)
        return result(design, target, self.keys, single)


def unit(values):
    return values / (np.linalg.norm(values) or 1.0)


class Masses:
    """A library of mass spectra. `entries` are (key, text of the record)."""

    def __init__(self, path):
        self.keys, rows = [], []
        for fields, peaks, _ in msp.read(path):
            row = ions.unit_mass(peaks)
            if row.sum() > 0:
                self.keys.append(identity.key(fields.get("InChIKey"), fields.get("Name")))
                rows.append(row / row.sum())
        self.rows = np.array(rows)
        roots = np.sqrt(self.rows)
        self.roots = roots / np.linalg.norm(roots, axis=1, keepdims=True)

    def ask(self, peaks):
        target = ions.unit_mass(peaks)
        root = np.sqrt(target)
        single = self.roots @ (root / np.linalg.norm(root))
        inside = np.arange(len(target)) >= ions.LOWEST
        weight = 1 / np.sqrt(np.maximum(target[inside], 0.002 * target.max()))
        columns = self.rows[:, inside].T * weight[:, None]
        free = np.zeros((inside.sum(), 0))
        return result(Design(columns, free), target[inside] * weight, self.keys, single)


def result(design, target, keys, single):
    """What the three peers say, before their thresholds."""
    weights = design.least_squares(target)
    used = np.nonzero(weights > 0)[0]
    steps = design.pursue(target, LONGEST)
    return {
        "nnls": shares(used, weights[used], keys),
        "omp": [(shares(c, w, keys), left) for c, w, left in steps],
        "single": [{"key": keys[int(np.argmax(single))], "share": 1.0}],
    }


def cut(found, method, threshold):
    """The answer of a peer at a threshold."""
    if method == "single":
        return found["single"]
    if method == "nnls":
        return [c for c in found["nnls"] if c["share"] >= threshold]
    answer, before = [], 1.0
    for components, left in found["omp"]:
        if before - left < threshold:
            break
        answer, before = components, left
    return answer
