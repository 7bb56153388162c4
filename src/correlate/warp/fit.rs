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
        let warped: Vec<(f64, f64)> = range
            .clone()
            .map(|i| self.value(i as f64 + curve.at(i)))
            .collect();
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
        for ((i, (value, slope)), r) in range.clone().zip(&warped).zip(reference) {
            let (node, share) = curve.place(i);
            let difference = r - scale * (value - mean);
            let slope = scale * slope / variance.sqrt();
            let (a, b) = (slope * (1.0 - share), slope * share);
            let difference = difference / variance.sqrt();
            system.diagonal[node] += a * a;
            system.diagonal[node + 1] += b * b;
            system.one[node] += a * b;
            system.right[node] += a * difference;
            system.right[node + 1] += b * difference;
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
        let query: Vec<f64> = (from..to)
            .map(|i| self.value(i as f64 + curve.at(i)).0)
            .collect();
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
mod tests {
    use super::*;

    const FREE: Flexibility = Flexibility {
        spacing: 25,
        reach: 20,
        size: 2.0,
        bend: 0.25,
        values: 60.0,
    };
    const BANDS: [f64; 11] = [
        60.0, 130.0, 190.0, 260.0, 330.0, 395.0, 470.0, 540.0, 600.0, 660.0, 740.0,
    ];

    fn lorentzians(places: impl Iterator<Item = f64> + Clone) -> Vec<f64> {
        let height = |k: usize| 1.0 + ((k * 7) % 5) as f64;
        (0..800)
            .map(|i| {
                let band =
                    |(k, c): (usize, f64)| height(k) / (1.0 + ((f64::from(i) - c) / 4.0).powi(2));
                places.clone().enumerate().map(band).sum()
            })
            .collect()
    }

    #[test]
    fn equal_spectra_need_no_curve() {
        let y = lorentzians(BANDS.into_iter());
        let fit = Fitter::new(FREE, 800, 0, &y).fit(&(0..800), &y).unwrap();
        assert!(fit.curve.nodes().all(|(_, a)| a.abs() < 1e-3));
        assert_eq!(fit.range, 0..800);
        assert!(fit.penalty < 1e-6);
    }

    #[test]
    fn a_known_smooth_error_is_recovered() {
        // A handheld's error: nothing below, rising to 14 points at the upper end.
        let error = |x: f64| -3.0 + 17.0 * (x / 740.0).powi(3);
        let reference = lorentzians(BANDS.into_iter());
        let query = lorentzians(BANDS.into_iter().map(|c| c + error(c)));
        let mut fitter = Fitter::new(FREE, 800, 10, &query[10..790]);
        let fit = fitter.fit(&(10..790), &reference[10..790]).unwrap();
        for band in BANDS {
            let found = fit.curve.at(band as usize);
            assert!(
                (found - error(band)).abs() < 1.0,
                "{found} at {band}, {}",
                error(band)
            );
        }
        assert!(fit.penalty > 1.0);
    }

    #[test]
    fn no_reach_means_no_curve_and_no_signal_means_nothing() {
        let reference = lorentzians(BANDS.into_iter());
        let query = lorentzians(BANDS.into_iter().map(|c| c + 3.0));
        let exact = Flexibility { reach: 0, ..FREE };
        let fit = Fitter::new(exact, 800, 0, &query).fit(&(0..800), &reference);
        assert!(fit.unwrap().curve.nodes().all(|(_, a)| a == 0.0));
        let mut fitter = Fitter::new(FREE, 800, 100, &query[100..300]);
        assert!(fitter.fit(&(150..250), &[1.0; 100]).is_none());
        assert!(fitter.fit(&(0..250), &reference[..250]).is_none());
        assert!(Fitter::new(FREE, 800, 0, &[]).fit(&(0..0), &[]).is_none());
        let unusable = vec![f64::NAN; 800];
        assert!(
            Fitter::new(FREE, 800, 0, &unusable)
                .fit(&(0..800), &reference)
                .is_none()
        );
    }

    /// Flexibility must not turn noise into likeness: over many pairs of unrelated noise the charged
    /// correlation exceeds the plain one by little.
    #[test]
    fn noise_gains_little() {
        let mut state = 7_u64;
        let mut noise = || -> Vec<f64> {
            let white: Vec<f64> = (0..812)
                .map(|_| {
                    state = state
                        .wrapping_mul(6364136223846793005)
                        .wrapping_add(1442695040888963407);
                    (state >> 11) as f64 / (1u64 << 53) as f64 - 0.5
                })
                .collect();
            // As wide as bands are: about 60 independent values.
            white.windows(13).map(|w| w.iter().sum()).collect()
        };
        let mut gains = Vec::new();
        for _ in 0..20 {
            let (a, b) = (noise(), noise());
            let fit = Fitter::new(FREE, 800, 0, &a).fit(&(0..800), &b).unwrap();
            let plain = pearson(&a, &b);
            let warped = pearson(&fit.query, &b[fit.range.clone()]);
            gains.push(charged(warped, fit.penalty, FREE.values) - plain.max(0.0));
        }
        let mean = gains.iter().sum::<f64>() / gains.len() as f64;
        assert!(mean < 0.15, "{mean}: {gains:?}");
    }

    fn pearson(a: &[f64], b: &[f64]) -> f64 {
        let ((am, an), (bm, bn)) = (level(a).unwrap(), level(b).unwrap());
        let sum: f64 = a.iter().zip(b).map(|(a, b)| (a - am) * (b - bm)).sum();
        sum / (an * bn)
    }
}
