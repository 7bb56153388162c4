//! Equal curves.

use super::{Measured, hash, step};
use crate::library::{Group, Library, LibraryError, Prepared};
use crate::spectrum::{Shape, Spectrum};
use rayon::prelude::*;

/// Points that two curves must share, and the largest deviation over the range of values where rounding
/// allows so much.
const FEWEST: usize = 60;
const MOST: f64 = 0.01;
/// Grid points between two maxima that count as two.
const APART: usize = 20;

/// A curve with its points in ascending order.
pub(super) struct Curve {
    index: usize,
    /// Grid indices of the two highest maxima of the prepared signal.
    maxima: (usize, usize),
    points: Vec<(f64, f64)>,
    /// One unit of the last decimal.
    rounding: f64,
}

/// All curves of a group; none for mass spectra and band tables.
pub(super) fn all(library: &Library, group: &Group) -> Result<Vec<Curve>, LibraryError> {
    let Prepared::Curves(curves) = &group.prepared else {
        return Ok(Vec::new());
    };
    if group.recipe.family.is_mass() {
        return Ok(Vec::new());
    }
    let rows: Vec<(usize, usize)> = group
        .entry
        .iter()
        .enumerate()
        .map(|(r, e)| (r, *e as usize))
        .collect();
    let read = rows.into_par_iter().map(|(row, entry)| {
        let spectrum = library.spectrum(entry)?;
        let maxima = curves.signal(row).and_then(|s| maxima(&s.values, s.start));
        Ok(maxima.and_then(|m| Curve::of(entry, m, &spectrum)))
    });
    let found: Result<Vec<Option<Curve>>, LibraryError> = read.collect();
    Ok(found?.into_iter().flatten().collect())
}

fn maxima(values: &[f64], start: usize) -> Option<(usize, usize)> {
    let highest = |apart_from: Option<usize>| {
        let far = |i: &usize| apart_from.is_none_or(|m| i.abs_diff(m) > APART);
        (0..values.len())
            .filter(far)
            .max_by(|a, b| values[*a].total_cmp(&values[*b]))
    };
    let first = highest(None)?;
    let second = highest(Some(first))?;
    Some((first + start, second + start))
}

impl Curve {
    fn of(index: usize, maxima: (usize, usize), spectrum: &Spectrum) -> Option<Self> {
        if spectrum.shape == Shape::Sticks {
            return None;
        }
        let finite = spectrum
            .points()
            .filter(|(x, y)| x.is_finite() && y.is_finite());
        let mut points: Vec<(f64, f64)> = finite.collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let y: Vec<f64> = points.iter().map(|p| p.1).collect();
        let range = range(&y)?;
        Some(Self {
            index,
            maxima,
            rounding: step(&y).unwrap_or(1e-6 * range),
            points,
        })
    }

    /// Ordinates of both at the abscissas that both have, to a fiftieth of the spacing.
    fn common(&self, other: &Self) -> Vec<(f64, f64)> {
        let width =
            self.points.last().map_or(0.0, |l| l.0) - self.points.first().map_or(0.0, |f| f.0);
        let near = 0.02 * width / self.points.len().max(1) as f64;
        let mut pairs = Vec::new();
        let mut rest = other.points.iter().peekable();
        for (x, y) in &self.points {
            while rest.next_if(|p| p.0 < x - near).is_some() {}
            if let Some(p) = rest.peek().filter(|p| p.0 <= x + near) {
                pairs.push((*y, p.1));
            }
        }
        pairs
    }
}

fn range(y: &[f64]) -> Option<f64> {
    let high = y.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let low = y.iter().copied().fold(f64::INFINITY, f64::min);
    (high > low).then_some(high - low)
}

impl Measured for Curve {
    fn index(&self) -> usize {
        self.index
    }

    /// The cells of both maxima and, as a copy's maxima may fall one point beside, the next cells.
    fn blocks(&self) -> Vec<u64> {
        let cells = |m: usize| [m / 4, (m + 2) / 4 + 100_000];
        let (a, b) = self.maxima;
        let pairs = cells(a)
            .into_iter()
            .flat_map(|x| cells(b).map(|y| (x as u64, y as u64)));
        pairs.map(|(x, y)| hash([x, y].into_iter())).collect()
    }

    /// Whether one is the other times a factor plus an offset, to rounding.
    fn same(&self, other: &Self) -> bool {
        let pairs = self.common(other);
        let fewer = self.points.len().min(other.points.len());
        if pairs.len() < FEWEST || 2 * pairs.len() < fewer {
            return false;
        }
        let n = pairs.len() as f64;
        let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
        let (ma, mb) = (mean(|p| p.0), mean(|p| p.1));
        let (mut ab, mut bb) = (0.0, 0.0);
        for (a, b) in &pairs {
            ab += (a - ma) * (b - mb);
            bb += (b - mb) * (b - mb);
        }
        if bb <= 0.0 || ab <= 0.0 {
            return false;
        }
        let factor = ab / bb;
        let Some(range) = range(&pairs.iter().map(|p| p.0).collect::<Vec<_>>()) else {
            return false;
        };
        let rounding = 1.01 * (self.rounding + factor * other.rounding);
        let allowed = rounding.max(1e-6 * range);
        allowed <= MOST * range
            && pairs
                .iter()
                .all(|(a, b)| (a - ma - factor * (b - mb)).abs() <= allowed)
    }
}
