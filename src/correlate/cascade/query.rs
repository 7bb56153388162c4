//! A query in terms of a library's bounds.

use super::kernel::{DIRECTIONS, Directions};
use super::{BANDS, Cascade};
use ndarray::{Array1, Array2, ArrayView2, s};
use std::ops::Range;

/// Norm below which a further direction is not worth its time; what it leaves counts as an error.
const NEGLIGIBLE: f32 = 0.005;

/// A query as the engine compares it.
pub(in crate::correlate) struct Shifted<'a> {
    /// Values from grid index `start` on.
    pub values: &'a [f64],
    /// Their running sums, and those of their squares: one more than values.
    pub sums: [&'a [f64]; 2],
    /// Grid index of the first value.
    pub start: usize,
    /// Largest lag.
    pub tolerance: usize,
    /// Grid indices compared with references that cover them.
    pub window: Range<usize>,
}

/// What a reference of one measured range adds to its bound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct RangeFactor {
    /// Largest share of the query's norm over the window in that over the covered part, at least 1;
    /// 0 for references that cannot be compared.
    pub ratio: f32,
    /// Largest mean of the query's unit windows over the covered part, 0 where it does not count.
    pub mean: f32,
    /// One by the number of points of the stored sums that are covered.
    pub per_point: f32,
}

impl RangeFactor {
    /// For a reference of which nothing is known: no bound is below it.
    pub(super) const NOTHING_KNOWN: Self = Self {
        ratio: f32::INFINITY,
        mean: 0.0,
        per_point: 0.0,
    };
}

/// Everything the levels need of a query.
pub(super) struct Projected {
    pub directions: Directions,
    /// Factors of the references' norms: bands, and error of the first codes.
    pub norms: [f32; BANDS + 1],
    /// Added to every product: what the directions miss.
    pub missed: f32,
    /// All coefficients of each lag in integer steps, `lag × coefficient`.
    pub codes: Vec<i16>,
    /// Step of these integers, norm of their error, and norm of what the basis does not hold, by lag.
    pub lags: Vec<[f32; 3]>,
}

impl Shifted<'_> {
    pub(super) fn lags(&self) -> usize {
        2 * self.tolerance + 1
    }

    /// Sum of squares about the mean, mean, and plain sum of squares of the query at lag index `t`,
    /// that is lag `t - tolerance`, over grid indices.
    pub(super) fn moments(&self, over: &Range<usize>, t: usize) -> [f64; 3] {
        let start = over.start + t - self.tolerance - self.start;
        let [sum, square] = self.sums.map(|s| s[start + over.len()] - s[start]);
        let mean = sum / over.len().max(1) as f64;
        [(square - sum * mean).max(0.0), mean, square]
    }

    /// Position, among the values, of the first one compared at the first lag.
    pub(super) fn offset(&self, window: &Range<usize>) -> usize {
        window.start - self.tolerance - self.start
    }

    /// The windows at every lag, less their mean and of norm 1. `None` where one of them is constant.
    pub(super) fn windows(&self) -> Option<Array2<f32>> {
        let mut windows = Array2::zeros((self.lags(), self.window.len()));
        for (t, mut row) in windows.outer_iter_mut().enumerate() {
            let [square, mean, raw] = self.moments(&self.window, t);
            if square.is_nan() || square <= 1e-9 * raw {
                return None;
            }
            let norm = square.sqrt();
            let values = &self.values[self.offset(&self.window) + t..];
            for (slot, value) in row.iter_mut().zip(values) {
                *slot = ((value - mean) / norm) as f32;
            }
        }
        Some(windows)
    }

    /// The factor of references measured over `range`.
    pub(super) fn factor(
        &self,
        range: Range<usize>,
        fewest: usize,
        stored: &Range<usize>,
    ) -> RangeFactor {
        let part = range.start.max(self.window.start)..range.end.min(self.window.end);
        if range.is_empty() || part.len() < fewest.max(2) || part.is_empty() {
            return RangeFactor {
                ratio: 0.0,
                mean: 0.0,
                per_point: 0.0,
            };
        }
        let inside = range.start.max(stored.start)..range.end.min(stored.end);
        let per_point = 1.0 / inside.len().max(1) as f32;
        if part == self.window {
            return RangeFactor {
                ratio: 1.0,
                mean: 0.0,
                per_point,
            };
        }
        let (mut ratio, mut mean) = (1.0f64, 0.0f64);
        for t in 0..self.lags() {
            let [whole, whole_mean, _] = self.moments(&self.window, t);
            let [own, own_mean, _] = self.moments(&part, t);
            ratio = ratio.max((whole / own).sqrt());
            mean = mean.max((own_mean - whole_mean).abs() / whole.sqrt());
        }
        // A reference inside the window has sum zero over the covered part: that is all of it.
        let counts = range.start < self.window.start || range.end > self.window.end;
        RangeFactor {
            ratio: if ratio.is_nan() {
                f32::INFINITY
            } else {
                ratio as f32 * 1.00001
            },
            mean: if counts { mean as f32 * 1.00001 } else { 0.0 },
            per_point,
        }
    }
}

impl Projected {
    pub(super) fn of(
        windows: &Array2<f32>,
        window: &Range<usize>,
        cascade: &Cascade<'_>,
    ) -> Option<Self> {
        let (all, first) = (cascade.coefficients(), cascade.first_count());
        let basis = ArrayView2::from_shape((all, cascade.points()), &cascade.basis).ok()?;
        let coefficients = windows.dot(&basis.slice(s![.., window.clone()]).t());
        let power = |row: usize, range: Range<usize>| {
            coefficients
                .slice(s![row, range])
                .iter()
                .map(|v| v * v)
                .sum::<f32>()
        };
        let edges = Cascade::edges(first, all);
        let mut norms = [0.0f32; BANDS + 1];
        let mut lags = Vec::new();
        let mut codes = vec![0; coefficients.len()];
        for (row, codes) in codes.chunks_exact_mut(all.max(1)).enumerate() {
            let left = ((1.0 - power(row, 0..all)).max(0.0) + 4e-6).sqrt() * 1.00001;
            for (band, edge) in edges.windows(2).enumerate() {
                norms[band] = norms[band].max(power(row, edge[0]..edge[1]).sqrt() * 1.00001 + 1e-7);
            }
            norms[BANDS - 1] = norms[BANDS - 1].max(left);
            norms[BANDS] = norms[BANDS].max(power(row, 0..first).sqrt() * 1.00001 + 1e-7);
            let values = coefficients.row(row);
            let step = quantise(
                values.iter().zip(&*cascade.steps).map(|(v, s)| v * s),
                codes,
            );
            let rounded = codes
                .iter()
                .zip(&*cascade.steps)
                .map(|(c, s)| f32::from(*c) * step / s);
            let error = values
                .iter()
                .zip(rounded)
                .map(|(v, r)| (v - r).powi(2))
                .sum::<f32>();
            lags.push([step, error.sqrt() * 1.0001 + 1e-6, left]);
        }
        let (directions, missed) =
            span(coefficients.slice(s![.., ..first]), &cascade.steps[..first]);
        Some(Self {
            directions,
            norms,
            missed,
            codes,
            lags,
        })
    }
}

/// Integers of at most 15 bits for values, and their step.
fn quantise(values: impl Iterator<Item = f32> + Clone, out: &mut [i16]) -> f32 {
    let largest = values.clone().fold(0.0f32, |a, v| a.max(v.abs()));
    let step = (largest / 32_000.0).max(f32::MIN_POSITIVE);
    for (out, value) in out.iter_mut().zip(values) {
        *out = (value / step).round() as i16;
    }
    step
}

/// Directions that the rows span, by pivoted Gram-Schmidt, in integers; the norm of what they miss of
/// any row, the rounding to integers included.
fn span(rows: ArrayView2<'_, f32>, steps: &[f32]) -> (Directions, f32) {
    let (lags, first) = rows.dim();
    let mut left = rows.to_owned();
    let mut shares = vec![[0.0f32; DIRECTIONS]; lags];
    let mut pairs = vec![[[0i16; 2]; DIRECTIONS]; first / 2];
    let mut rebuilt = Array2::<f32>::zeros((lags, first));
    let mut count = 0;
    while count < DIRECTIONS.min(lags) {
        let square = |row: usize| left.row(row).dot(&left.row(row));
        let largest = (0..lags).max_by(|a, b| square(*a).total_cmp(&square(*b)));
        let Some(pivot) = largest.filter(|row| square(*row).sqrt() >= NEGLIGIBLE) else {
            break;
        };
        let direction = &left.row(pivot) / square(pivot).sqrt();
        let mut codes = vec![0i16; first];
        let step = quantise(direction.iter().zip(steps).map(|(v, s)| v * s), &mut codes);
        for (pair, codes) in pairs.iter_mut().zip(codes.as_chunks().0) {
            pair[count] = *codes;
        }
        let exact = codes
            .iter()
            .zip(steps)
            .map(|(code, s)| f32::from(*code) * step / s);
        let exact: Array1<f32> = exact.collect();
        for (lag, shares) in shares.iter_mut().enumerate() {
            let share = left.row(lag).dot(&direction);
            left.row_mut(lag).scaled_add(-share, &direction);
            rebuilt.row_mut(lag).scaled_add(share, &exact);
            shares[count] = share * step;
        }
        count += 1;
    }
    let missed = (&rows - &rebuilt).map(|v| v * v);
    let missed = missed
        .outer_iter()
        .map(|row| row.sum().sqrt())
        .fold(0.0f32, f32::max);
    (
        Directions {
            pairs,
            count,
            lags: shares,
        },
        missed * 1.0001 + 1e-6,
    )
}
