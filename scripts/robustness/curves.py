"""What instruments do to curves (axis in cm-1, ordinate), by known amounts."""
import numpy as np

from . import bands
from .axis import Axis


def shift(spectrum, cm, random):
    x, y = spectrum
    return x + cm * random.choice((-1, 1)), y


def stretch(spectrum, percent, random):
    x, y = spectrum
    return x * (1 + random.choice((-1, 1)) * percent / 100), y


def resolution(spectrum, factor, random):
    return bands.resolved(*spectrum, factor)


def background(spectrum, times, random):
    """A broad Gaussian, `times` as high as the strongest band, somewhere in the range."""
    x, y = spectrum
    span = x[-1] - x[0]
    centre, width = x[0] + span * random.uniform(0.1, 0.9), span * random.uniform(0.3, 0.6)
    return x, y + times * bands.height(y) * np.exp(-0.5 * ((x - centre) / width) ** 2)


def noise(spectrum, ratio, random):
    """White noise, its standard deviation the strongest band's height over `ratio`."""
    x, y = spectrum
    return x, y + random.normal(size=len(y)) * bands.height(y) / ratio


def cosmic(spectrum, count, random):
    """Single points raised by three times the strongest band."""
    x, y = spectrum
    y, top = y.copy(), bands.height(y)
    y[random.permutation(np.arange(2, len(y) - 2))[:count]] += 3 * top
    return x, y


def saturated(spectrum, share, random):
    """Cut at a share of the range of the ordinate."""
    x, y = spectrum
    return x, np.minimum(y, y.min() + share * (y.max() - y.min()))


def slope(spectrum, power, random):
    """Bands above the background multiplied by (1000 cm-1 / wavenumber) to a power: 1 is what attenuated total
    reflection does to a transmission spectrum, whose depth of penetration is proportional to the wavelength."""
    x, y = spectrum
    return x, y * (1000.0 / np.maximum(x, 1.0)) ** power


COMMON = (
    Axis("shift", "cm-1", (1, 2, 4, 6, 8), shift, 0),
    Axis("stretch", "%", (0.1, 0.2, 0.3, 0.4, 0.5), stretch, 0),
    Axis("width of bands", "times", (0.5, 0.7, 1.5, 2, 3), resolution, 1, log=True),
    Axis("signal-to-noise", "", (100, 50, 20, 10, 5), noise, log=True),
    Axis("saturated at", "of the range", (0.9, 0.8, 0.7, 0.6, 0.5), saturated, 1),
)
RAMAN = (
    *COMMON,
    Axis("fluorescence", "times the strongest band", (0.3, 1, 3, 10), background, 0, log=True),
    Axis("cosmic rays", "", (1, 3, 10), cosmic, 0, log=True),
)
INFRARED = (
    *COMMON,
    Axis("broad background", "times the strongest band", (0.3, 1, 3, 10), background, 0, log=True),
    Axis("intensities by wavelength", "(power)", (0.25, 0.5, 0.75, 1), slope, 0),
)
