//! A set of references fitted to the query together: contributions, shifts, smoothing.

use super::linear::{shifted, slope};
use super::observed::{Column, Observed};
use crate::mixture::solve::{inverse, non_negative, solve};
use crate::prepare::gaussian;

/// Widths of a reference's smoothing tried, standard deviation in points.
const WIDTHS: [f64; 5] = [0.0, 1.0, 1.5, 2.0, 3.0];
/// What smoothing costs, as part of the error per point of width.
const WIDTH_COST: f64 = 0.01;
/// Steps of the fit of shifts.
const STEPS: usize = 3;
/// Points of a curve per independent value.
pub(super) const PER_VALUE: f64 = 10.0;

/// How an axis may be wrong, in grid points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Axis {
    /// Usual size of the query's shift, which all components share.
    pub(super) common: f64,
    /// Usual size of each reference's own shift.
    pub(super) own: f64,
    /// Largest shift.
    pub(super) reach: f64,
}

/// One reference in a model.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// Row in the group.
    pub(super) row: usize,
    /// The reference's intensities on the window, unshifted.
    pub(super) reference: std::sync::Arc<Vec<f64>>,
    /// By how many points the query's axis reads higher.
    pub(super) shift: f64,
    /// Standard deviation of its smoothing, points.
    pub(super) width: f64,
    /// The reference, shifted and smoothed.
    pub(super) column: Column,
    /// Contribution.
    pub(super) size: f64,
}

impl Part {
    /// A reference at a shift.
    pub(super) fn new(
        observed: &Observed,
        row: usize,
        reference: std::sync::Arc<Vec<f64>>,
        shift: f64,
        width: f64,
    ) -> Self {
        let column = column(observed, &reference, shift, width);
        Self {
            row,
            reference,
            shift,
            width,
            column,
            size: 0.0,
        }
    }

    /// Summed magnitude of its contribution.
    pub(super) fn area(&self) -> f64 {
        self.size * self.column.plain.iter().map(|v| v.abs()).sum::<f64>()
    }

    fn at(&self, observed: &Observed, shift: f64, width: f64) -> Self {
        Self::new(observed, self.row, self.reference.clone(), shift, width)
    }
}

fn column(observed: &Observed, reference: &[f64], shift: f64, width: f64) -> Column {
    observed.column(gaussian(&shifted(reference, shift), width))
}

/// References with their contributions and the error that they leave.
#[derive(Debug, Clone)]
pub(super) struct Model {
    /// The references.
    pub(super) parts: Vec<Part>,
    /// Weighted squared error.
    pub(super) error: f64,
}

impl Model {
    /// No reference: the background only.
    pub(super) fn empty(observed: &Observed) -> Self {
        Self {
            parts: Vec::new(),
            error: observed.query.inner(&observed.query),
        }
    }

    /// The best non-negative contributions of these references as they lie.
    pub(super) fn of(observed: &Observed, mut parts: Vec<Part>) -> Self {
        let gram = gram(&parts);
        let right: Vec<f64> = parts
            .iter()
            .map(|p| p.column.inner(&observed.query))
            .collect();
        let (sizes, gain) = non_negative(&gram, &right);
        for (part, size) in parts.iter_mut().zip(sizes) {
            part.size = size;
        }
        let own = observed.query.inner(&observed.query);
        Self {
            parts,
            error: (own - gain).max(1e-12 * own),
        }
    }

    /// The weighted curve that is left, without background.
    pub(super) fn left(&self, observed: &Observed) -> Vec<f64> {
        let mut left = observed.query.weighted.clone();
        for part in &self.parts {
            let column = &part.column.weighted;
            left.iter_mut()
                .zip(column)
                .for_each(|(l, c)| *l -= part.size * c);
        }
        left
    }

    /// The model without one of its references, its contributions fitted again.
    pub(super) fn without(&self, observed: &Observed, index: usize) -> Self {
        let mut parts = self.parts.clone();
        parts.remove(index);
        Self::of(observed, parts)
    }

    /// The error with what the shifts cost: `variance` times their squares under the prior, in which all
    /// components share one shift and each reference has its own.
    pub(super) fn cost(&self, axis: &Axis, variance: f64) -> f64 {
        let shifts: Vec<f64> = self.parts.iter().map(|p| p.shift).collect();
        self.error + variance * surprise(axis, &shifts)
    }

    /// The variance of one independent value that the model leaves.
    pub(super) fn variance(&self, observed: &Observed) -> f64 {
        self.error / observed.len() as f64 * PER_VALUE
    }

    /// Standard error of each contribution as part of it, by least squares.
    pub(super) fn uncertainty(&self, observed: &Observed) -> Vec<f64> {
        let variance = self.variance(observed);
        let inverse = inverse(&gram(&self.parts)).unwrap_or_default();
        let error = |(i, part): (usize, &Part)| {
            let spread = inverse
                .get(i)
                .and_then(|row| row.get(i))
                .copied()
                .unwrap_or(0.0);
            (variance * spread.max(0.0)).sqrt() / part.size.max(f64::MIN_POSITIVE)
        };
        self.parts.iter().enumerate().map(error).collect()
    }

    /// The last reference smoothed as suits it best.
    pub(super) fn smoothed(self, observed: &Observed) -> Self {
        let Some(last) = self.parts.last() else {
            return self;
        };
        let worth = |model: &Self, width: f64| model.error * (1.0 + WIDTH_COST * width);
        let mut best = (worth(&self, last.width), self.clone());
        for width in WIDTHS.into_iter().filter(|w| *w != last.width) {
            let mut parts = self.parts.clone();
            parts.pop();
            parts.push(last.at(observed, last.shift, width));
            let model = Self::of(observed, parts);
            let found = worth(&model, width);
            if found >= best.0 && width > 0.0 {
                break;
            }
            if found < best.0 {
                best = (found, model);
            }
        }
        best.1
    }

    /// The shifts fitted by Gauss-Newton steps.
    pub(super) fn settled(mut self, observed: &Observed, axis: &Axis) -> Self {
        for _ in 0..STEPS {
            let variance = self.variance(observed);
            let Some(steps) = self.steps(observed, axis, variance) else {
                break;
            };
            let moved = self.parts.iter().zip(steps).map(|(part, step)| {
                let to = (part.shift + step.clamp(-1.0, 1.0)).clamp(-axis.reach, axis.reach);
                part.at(observed, to, part.width)
            });
            let moved = Self::of(observed, moved.collect());
            if moved.cost(axis, variance) >= (1.0 - 1e-6) * self.cost(axis, variance) {
                break;
            }
            self = moved;
        }
        self
    }

    /// All references at one shift.
    pub(super) fn together_at(&self, observed: &Observed, shift: f64) -> Self {
        let parts = self.parts.iter().map(|p| p.at(observed, shift, p.width));
        Self::of(observed, parts.collect())
    }

    /// One step of each shift: least squares over contributions and shifts at once.
    fn steps(&self, observed: &Observed, axis: &Axis, variance: f64) -> Option<Vec<f64>> {
        let k = self.parts.len();
        let columns: Vec<&Column> = self.parts.iter().map(|p| &p.column).collect();
        let slopes: Vec<Column> = self
            .parts
            .iter()
            .map(|p| observed.column(slope(&p.column.plain).iter().map(|s| -s * p.size).collect()))
            .collect();
        let all: Vec<&Column> = columns.iter().copied().chain(&slopes).collect();
        let mut square: Vec<Vec<f64>> = all
            .iter()
            .map(|a| all.iter().map(|b| a.inner(b)).collect())
            .collect();
        let mut right: Vec<f64> = all
            .iter()
            .map(|a| {
                let fitted: f64 = self.parts.iter().map(|p| p.size * a.inner(&p.column)).sum();
                a.inner(&observed.query) - fitted
            })
            .collect();
        let precision = precision(axis, k);
        for i in 0..k {
            for j in 0..k {
                square[k + i][k + j] += variance * precision(i, j);
                right[k + i] -= variance * precision(i, j) * self.parts[j].shift;
            }
        }
        let found = solve(square, right)?;
        Some(found[k..].to_vec())
    }
}

/// Inner products of the references.
pub(super) fn gram(parts: &[Part]) -> Vec<Vec<f64>> {
    let row = |a: &Part| parts.iter().map(|b| a.column.inner(&b.column)).collect();
    parts.iter().map(row).collect()
}

/// Inverse of the covariance `common² + own² [i = j]` of `k` shifts (Sherman and Morrison).
fn precision(axis: &Axis, k: usize) -> impl Fn(usize, usize) -> f64 + use<> {
    let (own, common) = (axis.own.powi(2).max(1e-6), axis.common.powi(2));
    let shared = common / (own * (own + k as f64 * common));
    move |i, j| if i == j { 1.0 / own - shared } else { -shared }
}

/// Squared size of shifts under their prior.
fn surprise(axis: &Axis, shifts: &[f64]) -> f64 {
    let precision = precision(axis, shifts.len());
    let row = |(i, a): (usize, &f64)| -> f64 {
        shifts
            .iter()
            .enumerate()
            .map(|(j, b)| a * precision(i, j) * b)
            .sum()
    };
    shifts.iter().enumerate().map(row).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    const AXIS: Axis = Axis {
        common: 2.0,
        own: 0.75,
        reach: 4.0,
    };

    fn bands(places: &[(f64, f64)]) -> Arc<Vec<f64>> {
        let value = |x: f64| {
            places
                .iter()
                .map(|(c, h)| h * (-0.5 * ((x - c) / 4.0).powi(2)).exp())
                .sum()
        };
        Arc::new((0..500).map(|i| value(f64::from(i))).collect())
    }

    #[test]
    fn contributions_and_shifts_of_a_known_mixture() {
        let (a, b) = (
            bands(&[(100.0, 1.0), (300.0, 0.5)]),
            bands(&[(110.0, 0.3), (400.0, 1.0)]),
        );
        let mixed: Vec<f64> = shifted(&a, 1.4)
            .iter()
            .zip(shifted(&b, 1.4))
            .map(|(a, b)| 0.6 * a + 0.3 * b)
            .collect();
        let observed = Observed::new(0, &mixed, 0).unwrap();
        let parts = vec![
            Part::new(&observed, 0, a, 0.0, 0.0),
            Part::new(&observed, 1, b, 0.0, 0.0),
        ];
        let start = Model::of(&observed, parts);
        let model = start.clone().settled(&observed, &AXIS);
        assert!(
            model.error < 0.05 * start.error,
            "{} {}",
            model.error,
            start.error
        );
        for part in &model.parts {
            assert!((part.shift - 1.4).abs() < 0.3, "{}", part.shift);
        }
        let ratio = model.parts[0].size / model.parts[1].size;
        assert!((ratio - 2.0).abs() < 0.2, "{ratio}");
    }

    #[test]
    fn the_prior_of_shifts_by_hand() {
        // One shift: variance common² + own² = 4.5625. Two: 1/own² - s and -s with s = 4 / (0.5625 * 8.5625).
        assert!((surprise(&AXIS, &[1.0]) - 1.0 / 4.5625).abs() < 1e-12);
        let s = 4.0 / (0.5625 * 8.5625);
        let wanted = 2.0 * (1.0 / 0.5625 - s) + 2.0 * s;
        assert!((surprise(&AXIS, &[1.0, -1.0]) - wanted).abs() < 1e-9);
    }
}
