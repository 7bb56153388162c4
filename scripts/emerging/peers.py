"""Peers: neighbours by cosine, and a hybrid search that is told the molecular mass."""
import numpy as np

REACH = 160
FLOOR = 0.002


def weigh(values):
    """Square roots of abundance times m/z, norm 1."""
    found = np.sqrt(np.where(values >= FLOOR * values.max(), values, 0) * np.arange(len(values)))
    norm = np.linalg.norm(found)
    return found / norm if norm > 0 else found


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
        (each ion of the reference once, the larger product), one a substance."""
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
        return self.best(np.where(self.keys == absent, -1, scores), count)

    def best(self, scores, count):
        found, seen = [], set()
        for place in np.argsort(-scores, kind="stable"):
            if self.keys[place] not in seen:
                seen.add(self.keys[place])
                found.append(self.spectra[place])
            if len(found) == count:
                break
        return found
