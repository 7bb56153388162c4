"""Peers: neighbours by cosine, and a hybrid search that is told the molecular mass."""
import numpy as np

REACH = 160
FLOOR = 0.002
# References that are compared ion by ion, best bound first.
CLOSELY = 200


def weigh(values):
    """Square roots of abundance times m/z, norm 1."""
    found = np.sqrt(np.where(values >= FLOOR * values.max(), values, 0) * np.arange(len(values)))
    norm = np.linalg.norm(found)
    return found / norm if norm > 0 else found


def paired(query, reference, change):
    """Sum of products of ions that stay or move, each taken once."""
    ions = np.flatnonzero(reference)
    products = []
    for target in {0, int(change)}:
        moved = ions + target
        inside = (moved >= 0) & (moved < len(query))
        found = query[moved[inside]] * reference[ions[inside]]
        products += [(p, r, q) for p, r, q in zip(found, ions[inside], moved[inside]) if p > 0]
    used, taken, total = set(), set(), 0.0
    for product, r, q in sorted(products, reverse=True):
        if r not in taken and q not in used:
            taken.add(r)
            used.add(q)
            total += product
    return total


class Library:
    """References as rows."""

    def __init__(self, spectra):
        self.spectra = [s for s in spectra if s.mass]
        self.rows = np.array([weigh(s.values()) for s in self.spectra])
        self.masses = np.array([s.mass for s in self.spectra])
        self.keys = np.array([s.key for s in self.spectra])

    def neighbours(self, query, absent, count):
        """The best references by cosine, one a substance, without those of `absent`."""
        cosine = self.rows @ weigh(query.values())
        return self.best(np.where(self.keys == absent, -1, cosine), count)

    def hybrid(self, query, absent, count):
        """The best references where each ion may stay or move by the known difference of molecular masses
        (each ion once, by falling product), one a substance."""
        values = weigh(query.values())
        change = query.mass - self.masses
        places = np.arange(self.rows.shape[1])
        scores = np.full(len(change), -1.0)
        for difference in np.unique(change[np.abs(change) <= REACH]):
            moved = places + difference
            inside = (moved >= 0) & (moved < len(values))
            shifted = np.where(inside, values[np.clip(moved, 0, len(values) - 1)], 0)
            chosen = change == difference
            scores[chosen] = self.rows[chosen] @ np.maximum(values, shifted)
        scores[self.keys == absent] = -1
        # That counts an ion of the query twice where two of the reference want it: a bound.
        bounds, scores = scores, np.full(len(change), -1.0)
        for place in np.argsort(-bounds, kind="stable")[:CLOSELY]:
            if bounds[place] > 0:
                scores[place] = paired(values, self.rows[place], change[place])
        return self.best(scores, count)

    def best(self, scores, count):
        found, seen = [], set()
        for place in np.argsort(-scores, kind="stable"):
            if self.keys[place] not in seen:
                seen.add(self.keys[place])
                found.append(self.spectra[place])
            if len(found) == count:
                break
        return found
