//! The smooth axis curve of largest posterior density, by Gauss-Newton steps.

use super::banded::Banded;
use super::{AxisCurve, FREEDOM, Flexibility, Windows, charged};
use std::ops::Range;

/// Most steps from one start.
const STEPS: usize = 8;
/// Longest change of a node in one step, points.
const STRIDE: f64 = 2.0;
/// A step below this ends the search, points.
const SETTLED: f64 = 0.01;
/// Steepest fall of the curve, points a point: beyond it the axis would nearly fold.
const STEEPEST_FALL: f64 = -0.5;

/// An axis curve with what it gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The curve.
    pub curve: AxisCurve,
    /// Its penalty.
    pub penalty: f64,
    /// Grid indices of the reference that the warped query covers.
    pub range: Range<usize>,
    /// The query at those points of the reference.
    pub query: Vec<f64>,
    /// For each node, the standard deviation of its place that the spectra alone would leave, points.
    pub uncertainty: Vec<f64>,
}

/// Finds the axis curve between one query and many references. Holds work space, so each thread
/// needs its own clone.
#[derive(Clone)]
pub struct Fitter {
    flexibility: Flexibility,
    start: usize,
    query: Vec<f64>,
    windows: Windows,
}

impl Fitter {
    /// A fitter for the query whose first value lies at grid index `start` of `points`.
    pub fn new(flexibility: Flexibility, points: usize, start: usize, query: &[f64]) -> Self {
        Self {
            flexibility,
            start,
            query: query.to_vec(),
            windows: Windows::new(&flexibility, points, start, query),
        }
    }

    /// Compares the reference's values over the grid indices `range`, all of which the query covers.
    /// `None` where one of the two is constant or `range` is not covered.
    pub fn fit(&mut self, range: &Range<usize>, reference: &[f64]) -> Option<Fit> {
        let inside = range.start.checked_sub(self.start)?..range.end.checked_sub(self.start)?;
        let same = self.query.get(inside)?;
        let (reference_mean, reference_norm) = level(reference)?;
        let scale = level(same)?;
        let centred: Vec<f64> = reference
            .iter()
            .map(|r| (r - reference_mean) / reference_norm)
            .collect();
        let still = AxisCurve::zero(self.flexibility.spacing, range);
        let mut starts = vec![still.clone()];
        if self.flexibility.reach > 0 {
            for start in self.windows.path(&self.flexibility, range, &centred, scale) {
                if !starts.contains(&start) {
                    starts.push(start);
                }
            }
        }
        let n = self.flexibility.values;
        let mut best: Option<(f64, Fit)> = None;
        for start in starts {
            let curve = match self.flexibility.reach {
                0 => start,
                _ => self.climb(start, range, &centred),
            };
            let Some((worth, fit)) = self.judge(curve, range, &centred, n) else {
                continue;
            };
            if best.as_ref().is_none_or(|(found, _)| worth > *found) {
                best = Some((worth, fit));
            }
        }
        let unmoved = self.judge(still, range, &centred, n);
        match (best, unmoved) {
            (Some(best), Some(unmoved)) if unmoved.0 >= best.0 => Some(unmoved.1),
            (Some(best), _) => Some(best.1),
            (None, unmoved) => unmoved.map(|u| u.1),
        }
    }

    /// The query's value and slope at a place between grid points; constant outside its range.
    fn value(&self, at: f64) -> (f64, f64) {
        let last = self.query.len().saturating_sub(1) as f64;
        let place = at - self.start as f64;
        let (held, outside) = (place.clamp(0.0, last), place < 0.0 || place > last);
        let left = (held as usize).min(self.query.len().saturating_sub(2));
        let (Some(a), Some(b)) = (self.query.get(left), self.query.get(left + 1)) else {
            return (0.0, 0.0);
        };
        let slope = b - a;
        let value = a + slope * (held - left as f64);
        (value, if outside { 0.0 } else { slope })
    }

    /// The query's values and slopes where the curve puts the grid points of `range`.
    fn warped(&self, curve: &AxisCurve, range: &Range<usize>) -> Vec<(f64, f64)> {
        let mut warped = Vec::with_capacity(range.len());
        for (node, piece) in curve.pieces(range) {
            let left = (curve.first + node) * curve.spacing;
            warped.extend(piece.map(|i| {
                let share = (i as f64 - left as f64) / curve.spacing as f64;
                self.value(i as f64 + curve.between(node, share))
            }));
        }
        warped
    }

    fn climb(&self, mut curve: AxisCurve, range: &Range<usize>, reference: &[f64]) -> AxisCurve {
        for _ in 0..STEPS {
            let mut system = self.linearised(&curve, range, reference);
            add_prior(&mut system, &curve, &self.flexibility);
            let Some(step) = system.solve() else { break };
            let reach = self.flexibility.reach as f64;
            let mut longest: f64 = 0.0;
            for (node, step) in curve.nodes.iter_mut().zip(step) {
                let step = step.clamp(-STRIDE, STRIDE);
                longest = longest.max(step.abs());
                *node = (*node + step).clamp(-reach, reach);
            }
            if longest < SETTLED {
                break;
            }
        }
        curve
    }

    /// The normal equations of the squared difference over `s²`, linear in the curve's change.
    fn linearised(&self, curve: &AxisCurve, range: &Range<usize>, reference: &[f64]) -> Banded {
        let warped = self.warped(curve, range);
        let mean = warped.iter().map(|w| w.0).sum::<f64>() / warped.len().max(1) as f64;
        let (mut own, mut both, mut power) = (0.0, 0.0, 0.0);
        for ((value, _), r) in warped.iter().zip(reference) {
            own += (value - mean).powi(2);
            both += (value - mean) * r;
            power += r * r;
        }
        let scale = both / own.max(f64::MIN_POSITIVE);
        let left = (power - both * scale).max(1e-6 * power);
        let variance = left / self.flexibility.values;
        let mut system = Banded::new(curve.nodes.len());
        let deviation = variance.sqrt();
        for (node, piece) in curve.pieces(range) {
            let inside = piece.start - range.start..piece.end - range.start;
            let left = (curve.first + node) * curve.spacing;
            let mut sums = [0.0; 5];
            for ((i, (value, slope)), r) in
                piece.zip(&warped[inside.clone()]).zip(&reference[inside])
            {
                let share = (i as f64 - left as f64) / curve.spacing as f64;
                let difference = (r - scale * (value - mean)) / deviation;
                let slope = scale * slope / deviation;
                let (a, b) = (slope * (1.0 - share), slope * share);
                let terms = [a * a, b * b, a * b, a * difference, b * difference];
                sums.iter_mut()
                    .zip(terms)
                    .for_each(|(sum, term)| *sum += term);
            }
            system.diagonal[node] += sums[0];
            system.diagonal[node + 1] += sums[1];
            system.one[node] += sums[2];
            system.right[node] += sums[3];
            system.right[node + 1] += sums[4];
        }
        system
    }

    /// What a curve is worth, `-n/2 ln(1 - c²) - penalty`, and the query warped by it.
    fn judge(
        &self,
        curve: AxisCurve,
        range: &Range<usize>,
        reference: &[f64],
        n: f64,
    ) -> Option<(f64, Fit)> {
        let spacing = self.flexibility.spacing.max(1) as f64;
        let fall = curve.nodes.windows(2).map(|w| (w[1] - w[0]) / spacing);
        if fall.fold(0.0, f64::min) < STEEPEST_FALL {
            return None;
        }
        let (first, last) = (
            self.start as f64,
            (self.start + self.query.len()) as f64 - 1.0,
        );
        // Half a point is rounding: the query keeps its last value there.
        let covered = |i: &usize| (first - 0.5..=last + 0.5).contains(&(*i as f64 + curve.at(*i)));
        let from = range.clone().find(covered)?;
        let to = range.clone().rev().find(covered)? + 1;
        let warped = self.warped(&curve, &(from..to));
        let query: Vec<f64> = warped.into_iter().map(|w| w.0).collect();
        let part = reference.get(from - range.start..to - range.start)?;
        let (qm, qn) = level(&query)?;
        let (rm, rn) = level(part)?;
        let product: f64 = query
            .iter()
            .zip(part)
            .map(|(q, r)| (q - qm) * (r - rm))
            .sum();
        let penalty = curve.penalty(&self.flexibility);
        let correlation = charged(product / (qn * rn), penalty, n);
        let system = self.linearised(&curve, range, reference);
        let uncertainty = system
            .diagonal
            .iter()
            .map(|d| 1.0 / d.max(1e-12).sqrt())
            .collect();
        Some((
            correlation,
            Fit {
                curve,
                penalty,
                range: from..to,
                query,
                uncertainty,
            },
        ))
    }
}

/// Mean and norm about it; `None` where there is no signal.
fn level(values: &[f64]) -> Option<(f64, f64)> {
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let (mut square, mut raw) = (0.0, 0.0);
    for v in values {
        square += (v - mean) * (v - mean);
        raw += v * v;
    }
    (square > 1e-10 * raw && square.is_finite()).then(|| (mean, square.sqrt()))
}

/// Adds the prior's pull; its weight falls with the size of the error, as a Student density's does.
fn add_prior(system: &mut Banded, curve: &AxisCurve, flexibility: &Flexibility) {
    let weight = (FREEDOM + 1.0) / (FREEDOM + curve.size(flexibility));
    let nodes = &curve.nodes;
    let level = weight / (nodes.len() as f64 * flexibility.size.powi(2));
    for (k, a) in nodes.iter().enumerate() {
        system.diagonal[k] += level;
        system.right[k] -= level * a;
    }
    let bend = weight / flexibility.bend.powi(2);
    for k in 0..nodes.len().saturating_sub(2) {
        let second = nodes[k] - 2.0 * nodes[k + 1] + nodes[k + 2];
        for (i, c) in [(0, 1.0), (1, -2.0), (2, 1.0)] {
            system.diagonal[k + i] += bend * c * c;
            system.right[k + i] -= bend * c * second;
        }
        system.one[k] -= 2.0 * bend;
        system.one[k + 1] -= 2.0 * bend;
        system.two[k] += bend;
    }
}

#[cfg(test)]
mod tests;
