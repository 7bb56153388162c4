"""Substances whose references are too alike for any method to tell apart, whoever asks: an outside
measure of look-alikes, the same for specid and the peers.

Twins are substances with two references that correlate at least ALIKE: curves above their baseline by
Pearson's coefficient, ions by the cosine of the square roots of their intensities.
"""
import numpy as np

ALIKE = {"raman": 0.98, "infrared": 0.98, "ei": 0.95}


def twins(rows, keys, least):
    """For every key the sorted keys of its twins; `rows` are unit vectors, one an entry."""
    found = {}
    for start in range(0, len(rows), 256):
        alike = rows[start : start + 256] @ rows.T >= least
        for at, other in zip(*np.nonzero(alike)):
            a, b = keys[start + at], keys[other]
            if a != b:
                found.setdefault(a, set()).add(b)
    return {key: sorted(others) for key, others in found.items()}


def of(library, technique):
    """The twins in a library of peers.Curves or peers.Masses."""
    if technique == "ei":
        return twins(library.roots, library.keys, ALIKE[technique])
    centred = library.rows - library.rows.mean(axis=1, keepdims=True)
    norms = np.linalg.norm(centred, axis=1, keepdims=True)
    return twins(centred / np.where(norms > 0, norms, np.inf), library.keys, ALIKE[technique])
