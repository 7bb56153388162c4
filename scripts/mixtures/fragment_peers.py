"""The peers on MS/MS spectra: non-negative least squares over all candidates, matching pursuit, and the best
single match by entropy similarity. Candidates are references of the polarity, in the isolation window where a precursor
is stated. What a reference has and the query lacks counts against it alone."""
import numpy as np

from . import fragments, identity, msp, peers

# References that are solved for at most: those of the largest product with the query.
MOST = 300


def entropy_weights(values):
    """Intensities weighted by entropy, summing to 1 (Li et al. 2021)."""
    p = values / values.sum()
    entropy = -(p * np.log(p)).sum()
    raised = p ** min(1.0, 0.25 + 0.25 * entropy)
    return raised / raised.sum()


def shared(a, b):
    """Entropy similarity of weights at the same peaks."""
    total = a + b
    return float((total * np.log(total) - a * np.log(a) - b * np.log(b)).sum() / np.log(2) / 2)


class Lists:
    """A library of peak lists."""

    def __init__(self, path, same):
        self.keys, self.rows, self.precursor, self.polarity, self.kind = [], [], [], [], []
        for fields, peaks, _ in msp.read(path):
            found = identity.key(fields.get("InChIKey"), fields.get("Name"))
            signal = fragments.describe(fields, peaks)
            self.keys.append(same.get(found, found))
            self.rows.append({k: fragments.cleaned(peaks, t) for k, t in fragments.TOLERANCE.items()})
            self.precursor.append(signal["precursor"])
            self.polarity.append(signal["polarity"])
            self.kind.append(signal["resolution"])
        self.precursor = np.array(self.precursor)
        self.polarity = np.array(self.polarity)

    def candidates(self, signal):
        inside = self.polarity == signal["polarity"]
        if signal["precursor"] == signal["precursor"]:
            inside &= np.abs(self.precursor - signal["precursor"]) <= fragments.WINDOW
        return np.nonzero(inside)[0]

    def ask(self, record):
        fields, peaks = record
        signal = fragments.describe(fields, peaks)
        own = {kind: fragments.cleaned(peaks, t) for kind, t in fragments.TOLERANCE.items()}
        found = []
        for row in self.candidates(signal):
            kind = "fine" if signal["resolution"] == self.kind[row] == "fine" else "unit"
            mass, height = self.rows[row][kind]
            at = place(own[kind][0], mass, fragments.TOLERANCE[kind])
            if (at >= 0).any():
                found.append((int(row), kind, at, height))
        if not found:
            return {"nnls": [], "omp": [], "single": []}
        # Both solvers work on the peaks of the query's own resolution.
        kind = signal["resolution"]
        mass, target = own[kind]
        weight = 1 / np.sqrt(np.maximum(target, 0.002 * target.max()))
        columns = []
        for row, _, at, height in found:
            height = height / height.sum()
            if kind == "fine" and len(own["unit"][0]) and self.kind[row] == "unit":
                at = place(mass, self.rows[row]["unit"][0], fragments.TOLERANCE["unit"])
            column = np.zeros(len(mass) + 1)
            np.add.at(column, np.where(at >= 0, at, len(mass)), np.where(at >= 0, height, 0))
            column[:-1] *= weight
            column[-1] = np.linalg.norm(height[at < 0]) / np.sqrt(0.002 * target.max())
            columns.append(column)
        columns = np.array(columns)
        products = columns[:, :-1] @ (target * weight) / np.linalg.norm(columns, axis=1)
        best = np.argsort(-products, kind="stable")[:MOST]
        # What is missing stands in a row of the reference's own.
        design = np.vstack([columns[best, :-1].T, np.diag(columns[best, -1])])
        goal = np.concatenate([target * weight, np.zeros(len(best))])
        single = [self.similarity(f, own) for f in found]
        answer = peers.result(peers.Design(design, np.zeros((len(goal), 0))), goal, [self.keys[found[i][0]] for i in best], np.zeros(1))
        answer["single"] = [{"key": self.keys[found[int(np.argmax(single))][0]], "share": 1.0}]
        return answer

    @staticmethod
    def similarity(candidate, own):
        _, kind, at, height = candidate
        query, reference = entropy_weights(own[kind][1]), entropy_weights(height)
        return shared(query[at[at >= 0]], reference[at >= 0])


def place(own, mass, tolerance):
    """For each mass the nearest of `own` within the tolerance, else -1."""
    after = np.searchsorted(own, mass)
    left, right = np.clip(after - 1, 0, len(own) - 1), np.clip(after, 0, len(own) - 1)
    near = np.where(np.abs(own[left] - mass) <= np.abs(own[right] - mass), left, right)
    return np.where(np.abs(own[near] - mass) <= tolerance, near, -1)
