"""Curves: their baseline, their mixtures, and what an instrument does to them.

Axes are in cm-1, rising.
"""
import numpy as np

# Steps of the component curves before they are mixed.
FINE = 1.0


def smooth(y, sigma):
    """Convolution with a Gaussian of `sigma` points, ends continued."""
    if sigma < 0.2:
        return y
    reach = max(1, int(4 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    padded = np.pad(y, reach, mode="edge")
    return np.convolve(padded, kernel / kernel.sum(), mode="valid")


def snip(y, half_width):
    """Baseline by peak clipping with a window that shrinks (Ryan et al. 1988), half width in points."""
    base = y.astype(float).copy()
    for reach in range(half_width, 0, -1):
        mean = (base[: -2 * reach] + base[2 * reach :]) / 2
        base[reach:-reach] = np.minimum(base[reach:-reach], mean)
    return base


def bands(y, half_width):
    """What stands above the baseline, not below zero."""
    return np.maximum(y - snip(smooth(y, 1.0), half_width), 0)


def noise(y):
    """Standard deviation of white noise, from second differences (robust)."""
    second = y[2:] - 2 * y[1:-1] + y[:-2]
    return 1.4826 * np.median(np.abs(second - np.median(second))) / np.sqrt(6)


def on_fine(x, y, low, high):
    """The curve on the fine axis from `low` to `high`, cells averaged where the file is finer."""
    axis = np.arange(np.ceil(low), np.floor(high) + FINE / 2, FINE)
    if np.median(np.diff(x)) < FINE / 2:
        area = np.concatenate([[0], np.cumsum(np.diff(x) * (y[1:] + y[:-1]) / 2)])
        edges = np.clip(np.concatenate([axis - FINE / 2, [axis[-1] + FINE / 2]]), x[0], x[-1])
        return axis, np.diff(np.interp(edges, x, area)) / np.diff(edges)
    return axis, np.interp(axis, x, y)


def instrument(random, technique):
    """What one instrument does to every component of a mixture."""
    raman = technique == "raman"
    return {
        "shift": float(random.uniform(-3, 3)),
        "stretch": float(random.uniform(-0.0015, 0.0015)),
        "blur": float(random.uniform(0, 1.5 if raman else 2.0)),
        "gain": float(random.uniform(-0.15, 0.15) if raman else random.uniform(-0.05, 0.05)),
        "step": float(random.uniform(1.5, 2.5) if raman else random.choice([1.0, 2.0])),
        "snr": float(np.exp(random.uniform(np.log(30), np.log(300)))),
        "background": float(np.exp(random.uniform(np.log(0.2), np.log(3))) if raman else random.uniform(0, 0.05)),
    }


def background(random, technique, axis):
    """A smooth curve from 0 to 1: fluorescence, or an infrared offset with a slope."""
    t = np.linspace(0, 1, len(axis))
    if technique != "raman":
        slope = random.uniform(-1, 1)
        return (1 - abs(slope)) + slope * t + max(0, -slope)
    total = random.uniform(0, 0.5) + random.uniform(0, 1) * np.exp(-random.uniform(0.5, 4) * t)
    for _ in range(random.integers(1, 4)):
        centre, width = random.uniform(-0.3, 1.3), random.uniform(0.35, 1.0)
        total = total + random.uniform(0.2, 1) * np.exp(-0.5 * ((t - centre) / width) ** 2)
    total = total - 0.8 * total.min()
    return total / total.max()


def mix(random, technique, components, shares, setting):
    """Axis and ordinates of a mixture, and the shares as they are after the instrument.

    `components` are (x, bands) on fine axes of their own; each gets unit area on the common range.
    """
    low = max(c[0][0] for c in components)
    high = min(c[0][-1] for c in components)
    axis = np.arange(low + 4, high - 4, setting["step"])
    middle = (low + high) / 2
    true = axis - setting["shift"] - setting["stretch"] * (axis - 1000.0)
    gain = 1 + setting["gain"] * (axis - middle) / (high - low) * 2
    parts = []
    for (x, y), share in zip(components, shares):
        inside = (x >= low) & (x <= high)
        blurred = smooth(y, setting["blur"] / FINE) / y[inside].sum()
        parts.append(share * gain * np.interp(true, x, blurred))
    areas = np.array([p.sum() for p in parts])
    total = np.sum(parts, axis=0)
    strongest = total.max()
    total = total / strongest
    total = total + setting["background"] * background(random, technique, axis)
    total = total + random.normal(size=len(axis)) / setting["snr"]
    return axis, total, [float(s) for s in areas / areas.sum()]
