//! The smooth axis curve of largest posterior density, by Gauss-Newton steps.

use super::banded::Banded;
use super::warped::{Sampled, Warped};
use super::{AxisCurve, FREEDOM, Flexibility, Windows, charged};
use crate::correlate::simd::{Lanes, vectorised};
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
    work: Work,
}

impl Fitter {
    /// A fitter for the query whose first value lies at grid index `start` of `points`.
    pub fn new(flexibility: Flexibility, points: usize, start: usize, query: &[f64]) -> Self {
        Self {
            flexibility,
            start,
            query: query.to_vec(),
            windows: Windows::new(&flexibility, points, start, query),
            work: Work::default(),
        }
    }

    /// Compares the reference's values over the grid indices `range`, all of which the query covers.
    /// `None` where one of the two is constant or `range` is not covered.
    pub fn fit(&mut self, range: &Range<usize>, reference: &[f64]) -> Option<Fit> {
        let inside = range.start.checked_sub(self.start)?..range.end.checked_sub(self.start)?;
        let same = self.query.get(inside)?;
        let centred = centred(reference)?;
        let scale = level(same)?;
        let still = AxisCurve::zero(self.flexibility.spacing, range);
        let mut starts = vec![still.clone()];
        if self.flexibility.reach > 0 {
            for start in self.windows.path(&self.flexibility, range, &centred, scale) {
                if !starts.contains(&start) {
                    starts.push(start);
                }
            }
        }
        let pair = Pair {
            range,
            shares: still.shares(range),
            power: centred.iter().fold(0.0, |sum, r| sum + r * r),
            reference: &centred,
        };
        let mut work = std::mem::take(&mut self.work);
        let mut best: Option<Judged> = None;
        for start in starts {
            let curve = match self.flexibility.reach {
                0 => start,
                _ => self.climb(start, &pair, &mut work),
            };
            let Some(judged) = self.judge(curve, &pair, &mut work) else {
                continue;
            };
            if best.as_ref().is_none_or(|found| judged.worth > found.worth) {
                best = Some(judged);
            }
        }
        let unmoved = self.judge(still, &pair, &mut work);
        let chosen = match (best, unmoved) {
            (Some(best), Some(unmoved)) if unmoved.worth >= best.worth => Some(unmoved),
            (best, unmoved) => best.or(unmoved),
        };
        let fit = chosen.map(|chosen| self.fitted(chosen, &pair, &mut work));
        self.work = work;
        fit
    }

    /// The correlation where the axis is off by `error`, in points, at each grid index.
    pub fn correlation_along(
        &mut self,
        range: &Range<usize>,
        reference: &[f64],
        error: impl Fn(f64) -> f64,
    ) -> Option<f64> {
        let centred = centred(reference)?;
        let mut curve = AxisCurve::zero(self.flexibility.spacing, range);
        let shares = curve.shares(range);
        let places: Vec<usize> = curve.nodes().map(|(at, _)| at).collect();
        for (node, at) in curve.nodes.iter_mut().zip(places) {
            *node = error(at as f64);
        }
        let pair = Pair {
            range,
            shares,
            power: 1.0,
            reference: &centred,
        };
        let mut work = std::mem::take(&mut self.work);
        let judged = self.judge(curve, &pair, &mut work);
        self.work = work;
        judged.map(|judged| judged.correlation)
    }

    fn sampled(&self) -> Sampled<'_> {
        Sampled {
            start: self.start,
            values: &self.query,
        }
    }

    fn climb(&self, mut curve: AxisCurve, pair: &Pair<'_>, work: &mut Work) -> AxisCurve {
        for _ in 0..STEPS {
            let mut system = self.linearised(&curve, pair, work);
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
    fn linearised(&self, curve: &AxisCurve, pair: &Pair<'_>, work: &mut Work) -> Banded {
        let Work { warped, terms } = work;
        let range = pair.range;
        warped.look_up(self.sampled(), curve, range, &pair.shares);
        let mean = warped.value.iter().sum::<f64>() / warped.value.len().max(1) as f64;
        let (mut own, mut both) = (0.0, 0.0);
        for (value, r) in warped.value.iter().zip(pair.reference) {
            own += (value - mean).powi(2);
            both += (value - mean) * r;
        }
        let power = pair.power;
        let scale = both / own.max(f64::MIN_POSITIVE);
        let left = (power - both * scale).max(1e-6 * power);
        let variance = left / self.flexibility.values;
        let scaled = Scaled {
            mean,
            scale,
            deviation: variance.sqrt(),
        };
        terms.resize(range.len(), [0.0; 3]);
        differences(&scaled, warped, pair, terms);
        let mut system = Banded::new(curve.nodes.len());
        for (node, piece) in curve.pieces(range) {
            let inside = piece.start - range.start..piece.end - range.start;
            let mut sums = [0.0; 5];
            for [a, b, difference] in &terms[inside] {
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
    fn judge(&self, curve: AxisCurve, pair: &Pair<'_>, work: &mut Work) -> Option<Judged> {
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
        let range = pair.range;
        let from = range.clone().find(covered)?;
        let to = range.clone().rev().find(covered)? + 1;
        let inside = from - range.start..to - range.start;
        let shares = &pair.shares[inside.clone()];
        let warped = &mut work.warped;
        warped.look_up(self.sampled(), &curve, &(from..to), shares);
        let part = pair.reference.get(inside)?;
        let (qm, qn) = level(&warped.value)?;
        let (rm, rn) = level(part)?;
        let product: f64 = warped
            .value
            .iter()
            .zip(part)
            .map(|(q, r)| (q - qm) * (r - rm))
            .sum();
        let penalty = curve.penalty(&self.flexibility);
        let n = self.flexibility.values;
        let correlation = product / (qn * rn);
        Some(Judged {
            worth: charged(correlation, penalty, n),
            correlation,
            query: warped.value.clone(),
            range: from..to,
            curve,
            penalty,
        })
    }

    /// A curve that was chosen, with how sure its nodes are.
    fn fitted(&self, chosen: Judged, pair: &Pair<'_>, work: &mut Work) -> Fit {
        let system = self.linearised(&chosen.curve, pair, work);
        let sure = |d: &f64| 1.0 / d.max(1e-12).sqrt();
        Fit {
            uncertainty: system.diagonal.iter().map(sure).collect(),
            curve: chosen.curve,
            penalty: chosen.penalty,
            range: chosen.range,
            query: chosen.query,
        }
    }
}

/// A reference over a range of grid points.
struct Pair<'a> {
    range: &'a Range<usize>,
    /// Less its mean and of norm 1.
    reference: &'a [f64],
    /// Sum of its squares.
    power: f64,
    /// Where each point lies between two nodes.
    shares: Vec<f64>,
}

/// A curve that may be chosen.
struct Judged {
    worth: f64,
    correlation: f64,
    curve: AxisCurve,
    penalty: f64,
    range: Range<usize>,
    query: Vec<f64>,
}

/// Room that is used again.
#[derive(Clone, Default)]
struct Work {
    warped: Warped,
    /// For each point the slopes by the node left and right of it, and the difference of the curves.
    terms: Vec<[f64; 3]>,
}

/// How the query is scaled to the reference, and by what their difference is divided.
struct Scaled {
    mean: f64,
    scale: f64,
    deviation: f64,
}

vectorised! {
    fn differences(scaled: &Scaled, warped: &Warped, pair: &Pair<'_>, terms: &mut [[f64; 3]]) = each_difference
}

#[inline(always)]
fn each_difference<A: Lanes>(
    scaled: &Scaled,
    warped: &Warped,
    pair: &Pair<'_>,
    terms: &mut [[f64; 3]],
) {
    let query = warped.value.iter().zip(&warped.slope);
    let points = query.zip(pair.reference).zip(&pair.shares);
    for (term, (((value, slope), r), share)) in terms.iter_mut().zip(points) {
        let difference = (r - scaled.scale * (value - scaled.mean)) / scaled.deviation;
        let slope = scaled.scale * slope / scaled.deviation;
        *term = [slope * (1.0 - share), slope * share, difference];
    }
}

/// Less their mean and of norm 1.
fn centred(values: &[f64]) -> Option<Vec<f64>> {
    let (mean, norm) = level(values)?;
    Some(values.iter().map(|v| (v - mean) / norm).collect())
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
