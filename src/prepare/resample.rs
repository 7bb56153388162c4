//! From the file's own points to the even grid.

use super::{Grid, PrepareError, Signal};
use crate::spectrum::Spectrum;

/// Mean of the piecewise-linear curve over each grid cell of width `step`.
///
/// Where the curve is sampled more finely than the grid this averages (no aliasing, less noise);
/// where it is coarser it interpolates linearly. Only grid points inside the curve's own range get
/// a value.
///
/// `x` ascends strictly.
///
/// # Errors
/// [`PrepareError::TooFewPoints`] where fewer than two grid points lie inside the curve's range.
pub fn resample(x: &[f64], y: &[f64], grid: &Grid) -> Result<Signal, PrepareError> {
    let range = match (x.first(), x.last()) {
        (Some(first), Some(last)) => covered(grid, *first, *last),
        _ => 0..0,
    };
    if range.len() < 2 {
        return Err(PrepareError::TooFewPoints {
            found: range.len(),
            needed: 2,
        });
    }
    let mut area = Area::new(x, y);
    let values = range
        .clone()
        .map(|index| {
            let centre = grid.x(index);
            let from = (centre - grid.step / 2.0).max(x[0]);
            let to = (centre + grid.step / 2.0).min(x[x.len() - 1]);
            area.mean(from, to)
        })
        .collect();
    Ok(Signal {
        start: range.start,
        values,
    })
}

/// Grid indices between two abscissa values.
fn covered(grid: &Grid, first: f64, last: f64) -> std::ops::Range<usize> {
    // A hundredth of a cell of tolerance: axes are rounded in files.
    let index = |x: f64| (x - grid.first) / grid.step;
    let start = (index(first) - 0.01).ceil().max(0.0) as usize;
    let end = (index(last) + 0.01).floor().min(grid.points as f64 - 1.0);
    if end < start as f64 {
        return 0..0;
    }
    start..end as usize + 1
}

/// Running integral of a piecewise-linear curve; must be asked with ascending limits.
struct Area<'a> {
    x: &'a [f64],
    y: &'a [f64],
    cumulative: Vec<f64>,
    at: usize,
}

impl<'a> Area<'a> {
    fn new(x: &'a [f64], y: &'a [f64]) -> Self {
        let mut cumulative = vec![0.0; x.len()];
        for i in 1..x.len() {
            cumulative[i] = cumulative[i - 1] + (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2.0;
        }
        Self {
            x,
            y,
            cumulative,
            at: 0,
        }
    }

    fn value(&mut self, x: f64) -> (f64, f64) {
        while self.at + 2 < self.x.len() && self.x[self.at + 1] < x {
            self.at += 1;
        }
        let (i, j) = (self.at, self.at + 1);
        let t = (x - self.x[i]) / (self.x[j] - self.x[i]);
        let y = self.y[i] + t * (self.y[j] - self.y[i]);
        (
            self.cumulative[i] + (x - self.x[i]) * (self.y[i] + y) / 2.0,
            y,
        )
    }

    fn mean(&mut self, from: f64, to: f64) -> f64 {
        let (low, y) = self.value(from);
        if to <= from {
            return y;
        }
        let (high, _) = self.value(to);
        (high - low) / (to - from)
    }
}

/// Band positions and intensities as a sum of Lorentzian curves of full width `width`
/// (or the table's own widths, in the metadata item `widths`), on the grid points from the first to
/// the last band, widened by 20 units on both sides.
pub(super) fn lorentzian(
    x: &[f64],
    y: &[f64],
    spectrum: &Spectrum,
    width: f64,
    grid: &Grid,
) -> Result<Signal, PrepareError> {
    const MARGIN: f64 = 20.0;
    let widths: Vec<f64> = spectrum
        .meta("widths")
        .map(|text| {
            text.split(' ')
                .map(|w| w.parse().unwrap_or(width))
                .collect()
        })
        .unwrap_or_default();
    let range = match (x.first(), x.last()) {
        (Some(first), Some(last)) => covered(grid, first - MARGIN, last + MARGIN),
        _ => 0..0,
    };
    if range.len() < 2 {
        return Err(PrepareError::TooFewPoints {
            found: range.len(),
            needed: 2,
        });
    }
    let curve = |at: f64| -> f64 {
        x.iter()
            .zip(y)
            .enumerate()
            .map(|(i, (centre, height))| {
                let half = widths.get(i).copied().filter(|w| *w > 0.0).unwrap_or(width) / 2.0;
                height / (1.0 + ((at - centre) / half).powi(2))
            })
            .sum()
    };
    Ok(Signal {
        start: range.start,
        values: range.map(|i| curve(grid.x(i))).collect(),
    })
}

/// Replaces a region by the straight line between its ends.
pub(super) fn bridge(signal: &mut Signal, grid: &Grid, from: f64, to: f64) {
    let inside: Vec<usize> = (0..signal.values.len())
        .filter(|i| (from..=to).contains(&grid.x(signal.start + i)))
        .collect();
    let (Some(&first), Some(&last)) = (inside.first(), inside.last()) else {
        return;
    };
    let before = first.checked_sub(1).map(|i| signal.values[i]);
    let after = signal.values.get(last + 1).copied();
    let (a, b) = match (before, after) {
        (Some(a), Some(b)) => (a, b),
        (Some(a), None) | (None, Some(a)) => (a, a),
        (None, None) => (0.0, 0.0),
    };
    let span = (last - first + 2) as f64;
    for i in inside {
        signal.values[i] = a + (b - a) * (i - first + 1) as f64 / span;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::XUnit;
    use approx::assert_relative_eq;

    const GRID: Grid = Grid {
        first: 100.0,
        step: 2.0,
        points: 11,
        unit: XUnit::RamanShift,
    };

    #[test]
    fn a_straight_line_stays_one_at_any_sampling() {
        for spacing in [0.3, 2.0, 7.0] {
            let x: Vec<f64> = (0..)
                .map(|i| 95.0 + spacing * f64::from(i))
                .take_while(|x| *x < 130.0)
                .collect();
            let y: Vec<f64> = x.iter().map(|x| 3.0 * x - 1.0).collect();
            let signal = resample(&x, &y, &GRID).unwrap();
            assert_eq!((signal.start, signal.values.len()), (0, 11));
            for (i, v) in signal.values.iter().enumerate() {
                assert_relative_eq!(*v, 3.0 * GRID.x(i) - 1.0, epsilon = 1e-9);
            }
        }
    }

    #[test]
    fn a_cell_is_averaged_not_sampled() {
        // Saw tooth of period 0.5 between 0 and 1: its mean is 0.5 whatever the phase.
        let x: Vec<f64> = (0..81).map(|i| 100.0 + 0.25 * f64::from(i)).collect();
        let y: Vec<f64> = (0..81).map(|i| f64::from(i % 2)).collect();
        let signal = resample(&x, &y, &GRID).unwrap();
        assert!(signal.values.iter().all(|v| (v - 0.5).abs() < 1e-9));
    }

    #[test]
    fn only_the_measured_part_of_the_grid_gets_values() {
        let signal = resample(&[103.0, 111.0], &[1.0, 1.0], &GRID).unwrap();
        assert_eq!((signal.start, signal.end()), (2, 6)); // 104 .. 110
        assert!(resample(&[500.0, 600.0], &[1.0, 2.0], &GRID).is_err());
        assert!(resample(&[], &[], &GRID).is_err());
    }

    #[test]
    fn excluded_region_becomes_a_line() {
        let mut signal = Signal {
            start: 0,
            values: vec![1.0, 1.0, 9.0, 9.0, 9.0, 3.0],
        };
        bridge(&mut signal, &GRID, 104.0, 108.0);
        assert_eq!(signal.values, [1.0, 1.0, 1.5, 2.0, 2.5, 3.0]);
    }
}
