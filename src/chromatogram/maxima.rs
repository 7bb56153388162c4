//! Maxima of single ions over time.

use super::noise::Noise;
use super::traces::Traces;
use rayon::prelude::*;

/// Standard deviations by which a maximum stands above the valleys on both sides.
const ABOVE: f64 = 3.5;
/// Scans above a tenth of the height that make a peak; fewer are a spike.
const FEWEST: usize = 3;
/// Share of the height that a second scan has where a peak has only two.
const SECOND: f64 = 0.3;
/// Smallest uncertainty of an apex, scans: peaks of one substance are not alike to the last digit.
const NARROWEST: f64 = 0.12;
/// Largest uncertainty of an apex, scans.
const WIDEST: f64 = 3.0;

/// A maximum of one ion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Maximum {
    /// Position of the ion in the traces.
    pub ion: usize,
    /// Where it is highest, in scans, between them.
    pub apex: f64,
    /// Standard deviation of `apex`.
    pub spread: f64,
    /// Height above the base.
    pub height: f64,
    /// Height over the noise at the base.
    pub ratio: f64,
    /// Width at half height, scans.
    pub width: f64,
    /// Scans where it begins and ends: a twentieth of the height above the valleys.
    pub feet: (usize, usize),
    /// The valleys on both sides.
    pub valleys: (usize, usize),
}

/// The maxima of all ions, by ion and time.
pub(super) fn maxima(traces: &Traces, noise: &Noise) -> Vec<Maximum> {
    let of_ion = |dense: &mut Vec<f64>, ion: usize| -> Vec<Maximum> {
        let trace = traces.ions.get(ion).filter(|t| t.at.len() >= FEWEST);
        let Some(trace) = trace else {
            return Vec::new();
        };
        trace.window(0, dense);
        let sigma = |y: f64| noise.sigma(ion, y);
        let turns = turns(dense, |y| ABOVE * sigma(y));
        let found = turns
            .iter()
            .filter_map(|turn| maximum(ion, dense, *turn, sigma));
        found.collect()
    };
    let lists: Vec<Vec<Maximum>> = (0..traces.ions.len())
        .into_par_iter()
        .map_init(|| vec![0.0; traces.len()], of_ion)
        .collect();
    lists.concat()
}

/// Tops between valleys: (valley, top, valley). A top counts where the trace falls from it by `clear` on
/// both sides before it is higher again.
fn turns(y: &[f64], clear: impl Fn(f64) -> f64) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    let (mut valley, mut top) = (0, 0);
    let mut rising = false;
    let mut pending: Option<(usize, usize)> = None;
    for (i, value) in y.iter().enumerate() {
        if rising {
            if *value > y[top] {
                top = i;
            } else if y[top] - value > clear(y[top]) {
                rising = false;
                pending = Some((valley, top));
                valley = i;
            }
        } else {
            // Of equal values the last before a rise is the foot.
            if *value <= y[valley] {
                valley = i;
            } else if value - y[valley] > clear(*value) {
                rising = true;
                if let Some((left, apex)) = pending.take() {
                    found.push((left, apex, valley));
                }
                top = i;
            }
        }
    }
    if let Some((left, apex)) = pending {
        found.push((left, apex, valley));
    }
    found
}

/// What stands at a top; `None` for a spike.
fn maximum(
    ion: usize,
    y: &[f64],
    (left, top, right): (usize, usize, usize),
    sigma: impl Fn(f64) -> f64,
) -> Option<Maximum> {
    let foot = |level: f64| level + 0.05 * (y[top] - level);
    let from = (left..top).rev().find(|i| y[*i] <= foot(y[left]));
    let to = (top + 1..=right).find(|i| y[*i] <= foot(y[right]));
    let feet = (from.unwrap_or(left), to.unwrap_or(right));
    let part = (top - feet.0) as f64 / (feet.1 - feet.0).max(1) as f64;
    let base = y[left] + part * (y[right] - y[left]);
    let height = y[top] - base;
    let above = |share: f64| {
        let level = base + share * height;
        // One low scan does not end a peak.
        let out = |i: usize, next: usize| y[i] < level && y[next] < level;
        let first = (feet.0 + 1..top).rev().find(|i| out(*i, i - 1));
        let last = (top + 1..feet.1).find(|i| out(*i, i + 1));
        let first = first.map_or(feet.0, |i| i + 1);
        (first, last.map_or(feet.1, |i| i - 1))
    };
    let (first, last) = above(0.1);
    let inside = y.get(first..=last)?;
    let reach = |share: f64| {
        let high = inside.iter().filter(|v| **v >= base + share * height);
        high.count()
    };
    if reach(0.1) < FEWEST && reach(SECOND) < 2 {
        return None;
    }
    let half = above(0.5);
    let near = (top.saturating_sub(1), (top + 1).min(y.len() - 1));
    let fitted = [above(0.8), above(0.65), half]
        .into_iter()
        .find(|(a, b)| b - a >= 4)
        .unwrap_or((near.0, near.1));
    let (apex, curvature, spans) = vertex(y, fitted, top);
    let spread = match curvature > 0.0 && spans > 0.0 {
        true => sigma(y[top]) / spans.sqrt() / (2.0 * curvature),
        false => WIDEST,
    };
    let crossing = |inner: usize, outer: usize| {
        let (high, low) = (y[inner], y[outer]);
        let level = base + 0.5 * height;
        match high > low && high >= level && low <= level {
            true => (high - level) / (high - low),
            false => 0.5,
        }
    };
    let width = (half.1 - half.0) as f64
        + crossing(half.0, half.0.saturating_sub(1))
        + crossing(half.1, (half.1 + 1).min(y.len() - 1));
    Some(Maximum {
        ion,
        apex,
        spread: spread.clamp(NARROWEST, WIDEST),
        height,
        ratio: height / sigma(base).max(f64::MIN_POSITIVE),
        width,
        feet,
        valleys: (left, right),
    })
}

/// The top of the parabola through the points of `range` by least squares, its curvature (the factor of
/// -x^2) and the sum of squares of the abscissas. The highest scan where the points have no top.
fn vertex(y: &[f64], (first, last): (usize, usize), top: usize) -> (f64, f64, f64) {
    let n = (last - first + 1) as f64;
    let middle = (first + last) as f64 / 2.0;
    let (mut s2, mut s4, mut sy, mut sxy, mut sxxy) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (i, value) in y.iter().enumerate().take(last + 1).skip(first) {
        let x = i as f64 - middle;
        let square = x * x;
        s2 += square;
        s4 += square * square;
        sy += value;
        sxy += x * value;
        sxxy += square * value;
    }
    let b = sxy / s2;
    let a = (n * sxxy - s2 * sy) / (n * s4 - s2 * s2);
    let at = -b / (2.0 * a);
    match a < 0.0 && at.abs() <= n / 2.0 {
        true => (middle + at, -a, s2),
        false => (top as f64, 0.0, 0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn the_top_of_a_parabola_lies_between_scans() {
        // y = 100 - (x - 3.3)^2
        let y: Vec<f64> = (0..8)
            .map(|x| 100.0 - (f64::from(x) - 3.3).powi(2))
            .collect();
        let (apex, curvature, _) = vertex(&y, (1, 5), 3);
        assert_relative_eq!(apex, 3.3, epsilon = 1e-9);
        assert_relative_eq!(curvature, 1.0, epsilon = 1e-9);
    }

    #[test]
    fn a_top_needs_valleys_on_both_sides() {
        let y = [0.0, 0.0, 3.0, 9.0, 8.5, 9.2, 4.0, 2.0, 6.0, 2.0, 2.0];
        assert_eq!(turns(&y, |_| 1.0), [(1, 5, 7), (7, 8, 10)]);
        assert_eq!(turns(&y, |_| 5.0), [(1, 5, 10)]);
        assert!(turns(&[1.0, 2.0, 3.0], |_| 0.5).is_empty());
        assert!(turns(&[], |_| 0.5).is_empty());
    }

    #[test]
    fn one_scan_is_a_spike() {
        let sigma = |_: f64| 1.0;
        let y = [0.0, 0.0, 0.0, 50.0, 0.0, 0.0, 0.0];
        assert_eq!(maximum(0, &y, (2, 3, 6), sigma), None);
        let y = [0.0, 0.0, 20.0, 50.0, 20.0, 0.0, 0.0];
        let found = maximum(0, &y, (1, 3, 6), sigma).unwrap();
        assert_eq!((found.apex, found.height), (3.0, 50.0));
        // Half height lies 25/30 of a scan from the top on either side.
        assert_relative_eq!(found.width, 2.0 * 25.0 / 30.0, epsilon = 1e-9);
    }
}
