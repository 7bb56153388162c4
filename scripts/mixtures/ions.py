"""Electron ionisation spectra at unit mass: their mixtures, and what an instrument does to them."""
import math

import numpy as np

LOWEST, HIGHEST = 40, 800


def unit_mass(peaks):
    """Intensities by nominal mass from LOWEST to HIGHEST; tenths from .7 on fall into the next mass."""
    row = np.zeros(HIGHEST + 1)
    for mass, intensity in peaks:
        nominal = math.floor(mass + 0.3)
        if LOWEST <= nominal <= HIGHEST:
            row[nominal] += intensity
    return row


def instrument(random):
    """What one instrument does to every component of a mixture."""
    return {
        "tilt": float(random.uniform(-0.15, 0.15)),
        "counts": float(np.exp(random.uniform(np.log(3e4), np.log(1e6)))),
        "threshold": float(np.exp(random.uniform(np.log(0.001), np.log(0.01)))),
        "noise_ions": int(random.integers(0, 16)),
    }


def mix(random, components, shares, setting):
    """Peaks (mass, intensity) of a mixture, and the shares as they are after the tilt.

    `components` are rows of `unit_mass`; a share is one of the summed intensity.
    """
    mass = np.arange(HIGHEST + 1)
    tilt = np.exp(setting["tilt"] * (mass - 150) / 100)
    parts = np.array([s * tilt * row / row.sum() for row, s in zip(components, shares)])
    areas = parts.sum(axis=1)
    total = parts.sum(axis=0)
    counts = random.poisson(total / total.sum() * setting["counts"]).astype(float)
    base = counts.max()
    highest = int(np.nonzero(total > 0)[0].max())
    for at in random.integers(LOWEST, highest + 1, setting["noise_ions"]):
        counts[at] += base * random.uniform(0.001, 0.015)
    kept = np.nonzero(counts >= max(1, setting["threshold"] * base))[0]
    peaks = [(int(m), float(counts[m] / base * 999)) for m in kept]
    return peaks, [float(s) for s in areas / areas.sum()]
