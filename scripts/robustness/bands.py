"""The width of a curve's bands, and the curve with bands of another width.

Axes are in cm-1, rising; they need not be even.
"""
import numpy as np
from scipy.interpolate import CubicSpline
from scipy.ndimage import gaussian_filter1d
from scipy.signal import find_peaks, peak_widths

from mixtures import curve

# Bands that count: at least this share of the strongest, by height and by prominence.
LEAST = 0.2
# Points that a band's full width at half height spans at least while it is worked on, and in what is written.
WORKED, WRITTEN = 8, 3
# Most steps of the deconvolution.
MOST = 300
# Full width at half height of a Gaussian with a standard deviation of 1.
FWHM = 2 * np.sqrt(2 * np.log(2))


def above(y):
    """What stands above the slow background, not below zero."""
    return np.maximum(y - curve.snip(y, max(3, len(y) // 30)), 0)


def height(y):
    """Height of the strongest band above the slow background."""
    return float(above(y).max()) or float(y.max() - y.min()) or 1.0


def found(x, y):
    """Places and full widths at half height of the bands of an even curve without its background."""
    least = LEAST * y.max()
    peaks, _ = find_peaks(y, height=least, prominence=least)
    return x[peaks], peak_widths(y, peaks, rel_height=0.5)[0] * (x[1] - x[0])


def even(x, y, step, smooth=False):
    """The curve on an even axis: straight between its points, or as a cubic spline."""
    axis = np.arange(x[0], x[-1], step)
    return axis, CubicSpline(x, y)(axis) if smooth else np.interp(axis, x, y)


def width(x, y):
    """Median full width at half height of the bands, or nothing where none stands out."""
    axis, fine = even(x, above(y), float(np.median(np.diff(x))) / 2)
    widths = found(axis, fine)[1]
    return float(np.median(widths)) if len(widths) else None


def broadened(x, y, factor):
    """The curve seen with a Gaussian slit, so wide that Gaussian bands get `factor` times their width."""
    own = width(x, y)
    if own is None:
        return x, y
    step = min(float(np.median(np.diff(x))), own / WORKED)
    axis, fine = even(x, y, step)
    sigma = own * np.sqrt(factor**2 - 1) / FWHM
    return x, np.interp(x, axis, gaussian_filter1d(fine, sigma / step, mode="nearest"))


def sharpened(x, y, factor):
    """The curve with bands of `factor` times their width (below 1), by Richardson-Lucy deconvolution with a Gaussian of
    the part of the width that is to go, until the median width of the bands is reached or for MOST steps.

    The background is put back as it was. The axis becomes finer where the narrower bands would have fewer than WRITTEN
    points: a sharper instrument would measure them so.
    """
    own = width(x, y)
    if own is None:
        return x, y
    spacing = float(np.median(np.diff(x)))
    axis, whole = even(x, y, min(spacing, factor * own / WORKED), smooth=True)
    step = axis[1] - axis[0]
    background = np.interp(axis, x, y - above(y))
    observed = np.maximum(whole - background, 1e-9 * height(y))
    sigma = own * np.sqrt(1 - factor**2) / FWHM / step
    places, before = found(axis, observed)
    sharp = observed.copy()
    for _ in range(MOST):
        ratio = observed / np.maximum(gaussian_filter1d(sharp, sigma, mode="nearest"), 1e-12 * observed.max())
        sharp = sharp * gaussian_filter1d(ratio, sigma, mode="nearest")
        if narrowing((axis, sharp), places, before) <= factor:
            break
    target = np.arange(x[0], axis[-1], min(spacing, factor * own / WRITTEN))
    return target, np.interp(target, axis, sharp + background)


def narrowing(signal, places, widths):
    """Median ratio of the widths of the same bands now and before."""
    now, new = found(*signal)
    if not len(now) or not len(places):
        return 1.0
    nearest = np.abs(now[None, :] - places[:, None]).argmin(axis=1)
    same = np.abs(now[nearest] - places) <= widths
    return float(np.median(new[nearest][same] / widths[same])) if same.any() else 1.0


def resolved(x, y, factor):
    """The curve with bands of `factor` times their width."""
    if factor == 1:
        return x, y
    return broadened(x, y, factor) if factor > 1 else sharpened(x, y, factor)


def reached(before, after):
    """Ratio of the median width of the bands of two curves (x, y), of bands that both have."""
    (x, y), (a, b) = before, after
    first = even(x, above(y), float(np.median(np.diff(x))) / 2)
    second = even(a, above(b), float(np.median(np.diff(a))) / 2)
    return narrowing(second, *found(*first))
