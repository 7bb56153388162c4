"""Published scores of EI spectra over a whole library, at unit mass: `cosine` (square roots of abundance), the
`composite` of Stein and Scott (1994), and spectral `entropy` similarity (Li et al. 2021, weighted)."""
import numpy as np

NAMES = ("cosine", "composite", "entropy")
HIGHEST = 1000
# Added to m/z before it is rounded down, as specid does: a unit reaches from 0.38 below to 0.62 above.
OFFSET = 0.38


def unit_mass(signal):
    out = np.zeros(HIGHEST + 1)
    nominal = np.floor(signal[0] + OFFSET + 1e-9).astype(int)
    inside = (nominal >= 1) & (nominal <= HIGHEST)
    np.add.at(out, nominal[inside], signal[1][inside])
    return out


def unit(rows):
    norms = np.linalg.norm(rows, axis=-1, keepdims=True)
    return rows / np.where(norms > 0, norms, 1)


def x_log_x(values):
    return values * np.log(np.where(values > 0, values, 1))


def entropy_weights(rows):
    """Rows that add up to 1, weighted where their entropy is below 3."""
    p = rows / rows.sum(axis=-1, keepdims=True)
    entropy = -x_log_x(p).sum(axis=-1, keepdims=True)
    raised = np.where(p > 0, p ** np.minimum(1.0, 0.25 + 0.25 * entropy), 0)
    return raised / raised.sum(axis=-1, keepdims=True)


def ratios(query, rows):
    """Sum of the ratios of neighbouring ions in common, none above 1, and the number of ions in common."""
    common = (query > 0) & (rows > 0)
    quotient = np.where(common, rows / np.where(query > 0, query, 1), 1)
    place = np.where(common, np.arange(rows.shape[1]), -1)
    before = np.concatenate([np.full((len(rows), 1), -1), np.maximum.accumulate(place, axis=1)[:, :-1]], axis=1)
    ratio = quotient / np.take_along_axis(quotient, np.maximum(before, 0), axis=1)
    told = common & (before >= 0)
    return np.where(told, np.minimum(ratio, 1 / ratio), 0).sum(axis=1), common.sum(axis=1)


class Scores:
    """A library of EI spectra."""

    def __init__(self, technique, entries):
        self.keys = [e.key for e in entries]
        self.rows = np.array([unit_mass(e.signal) for e in entries])
        self.mass = np.arange(HIGHEST + 1.0)
        self.roots = unit(np.sqrt(self.rows))
        self.weighted = unit(self.rows**0.6 * self.mass**3)
        self.entropy = entropy_weights(self.rows)
        self.own = x_log_x(self.entropy)

    def cosine(self, q):
        return self.roots @ unit(np.sqrt(q))

    def composite(self, q):
        dot = (self.weighted @ unit(q**0.6 * self.mass**3)) ** 2
        ions = np.flatnonzero(q)
        sums, common = ratios(q[ions], self.rows[:, ions])
        return np.where(common > 0, (len(ions) * dot + sums) / (len(ions) + common), 0)

    def entropies(self, q):
        weights = entropy_weights(q)
        ions = np.flatnonzero(weights)
        a, b = weights[ions], self.entropy[:, ions]
        return (x_log_x(a + b) - x_log_x(a) - self.own[:, ions]).sum(axis=1) / (2 * np.log(2))

    def best(self, signals):
        """Substances at rank 1 by each score, in the order of the spectra."""
        found = {name: [] for name in NAMES}
        for q in map(unit_mass, signals):
            for name, score in zip(NAMES, (self.cosine, self.composite, self.entropies)):
                found[name].append(self.keys[int(np.argmax(score(q)))] if q.any() else None)
        return found
