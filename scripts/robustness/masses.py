"""What instruments do to EI mass spectra, by known amounts. A spectrum is (m/z, abundance)."""
import numpy as np

from .axis import Axis

# Ions that noise makes, as shares of the base peak, and how far beyond the heaviest ion they go.
NOISE, BEYOND = (0.005, 0.05), 20


def kept(m, a, inside):
    """The ions inside; the base peak stays where nothing is."""
    inside = inside if inside.any() else a == a.max()
    return m[inside], a[inside]


def tilt(spectrum, strength, random):
    """Abundances times exp(+-strength (m/z - 150) / 100)."""
    m, a = spectrum
    return m, a * np.exp(random.choice((-1, 1)) * strength * (m - 150) / 100)


def threshold(spectrum, percent, random):
    m, a = spectrum
    return kept(m, a, a >= percent / 100 * a.max())


def strangers(spectrum, percent, random):
    """So many more ions, in per cent of those there are, at random whole m/z and of 0.5 to 5 % of the base peak."""
    m, a = spectrum
    most = 4 * len(m)
    at = random.integers(int(min(m.min(), 40)), int(m.max()) + BEYOND, most).astype(float)
    height = random.uniform(*NOISE, most) * a.max()
    count = round(percent / 100 * len(m))
    joined = {}
    for mass, abundance in zip(np.concatenate([m, at[:count]]), np.concatenate([a, height[:count]])):
        joined[mass] = joined.get(mass, 0.0) + abundance
    return np.array(sorted(joined)), np.array([joined[mass] for mass in sorted(joined)])


def uneven(spectrum, percent, random):
    """Each abundance times a log-normal number; the amount is the standard deviation of its logarithm in per cent."""
    m, a = spectrum
    return m, a * np.exp(random.normal(size=len(a)) * percent / 100)


def displaced(spectrum, by, random):
    m, a = spectrum
    return m + random.choice((-1, 1)) * by, a


def saturated(spectrum, share, random):
    """Abundances cut at a share of the base peak."""
    m, a = spectrum
    return m, np.minimum(a, share * a.max())


def start(spectrum, lowest, random):
    """A scan that begins at this m/z."""
    m, a = spectrum
    return kept(m, a, m >= lowest)


EI = (
    Axis("tilt", "in the exponent per 100 m/z", (0.1, 0.2, 0.4, 0.8), tilt, 0),
    Axis("lowest ions cut below", "% of the base peak", (0.5, 1, 2, 5, 10), threshold, 0, log=True),
    Axis("noise ions", "% of the ions", (10, 25, 50, 100), strangers, 0),
    Axis("uneven abundances", "%", (5, 10, 20, 40), uneven, 0),
    Axis("m/z off by", "", (0.1, 0.2, 0.3, 0.4), displaced, 0),
    Axis("saturated at", "of the base peak", (0.8, 0.6, 0.4, 0.2), saturated, 1),
    Axis("scan from", "m/z", (40, 50, 60, 80, 100), start),
)
