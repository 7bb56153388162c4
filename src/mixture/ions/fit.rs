//! The scales and tilts of a set of references that explain a query best.

use super::cost::{EFFECTIVE, cost, weight};
use super::query::Query;
use super::references::Reference;
use crate::mixture::solve::solve;

/// Spread of a component's tilt (natural logarithm per 100 m/z) between instruments.
const SLOPE: f64 = 0.4;
/// Largest tilt.
const STEEPEST: f64 = 1.2;
/// Smallest and largest scale.
const SCALES: (f64, f64) = (1e-5, 5.0);
/// Scale where nothing is known.
pub(super) const FIRST_SCALE: f64 = 0.01;
const STEPS: usize = 12;
/// A step that lowers the cost by less is the last.
const SETTLED: f64 = 0.02;
/// m/z at which a tilt changes nothing, and the unit of its slope.
const CENTRE: f64 = 150.0;
const UNIT: f64 = 100.0;

/// A reference and the scale from which its own is sought.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub row: usize,
    pub start: usize,
    pub reference: &'a Reference,
    pub scale: f64,
}

/// A set of references fitted to a query: `model = sum_k c_k exp(s_k x) r_k`, `x = (m/z - 150) / 100`.
#[derive(Debug, Clone)]
pub(super) struct Fit {
    /// Rows in rising order.
    pub rows: Vec<usize>,
    /// `c_k`.
    pub scales: Vec<f64>,
    /// What each component adds, by m/z from the query's start on.
    pub parts: Vec<Vec<f64>>,
    /// Their sum.
    pub model: Vec<f64>,
    /// First index that is compared: below it one of the references was not measured.
    pub first: usize,
    /// `0.35 sum cost(ln((q + f) / (model + f))) + sum s_k^2 / (2 0.4^2)`.
    pub cost: f64,
    /// Standard deviation of the logarithm of each component's signal, by the curvature of the cost.
    pub deviations: Vec<f64>,
}

impl Fit {
    /// Levenberg and Marquardt's method on the logarithms of the scales and on the slopes.
    pub fn of(query: &Query, parts: &[Part<'_>]) -> Self {
        let mut parts = parts.to_vec();
        parts.sort_by_key(|part| part.row);
        let mut problem = Problem::of(query, &parts);
        let mut at = Point {
            scales: parts
                .iter()
                .map(|p| p.scale.clamp(SCALES.0, SCALES.1))
                .collect(),
            slopes: vec![0.0; parts.len()],
        };
        let mut best = problem.evaluate(&at);
        let mut damping = 1e-2;
        let mut curvature = problem.linearise(&at);
        for _ in 0..STEPS {
            let Some(step) = solve(
                damped(&curvature.matrix, damping),
                curvature.gradient.clone(),
            ) else {
                break;
            };
            let next = at.moved(&step);
            let cost = problem.evaluate(&next);
            if cost < best {
                let gained = best - cost;
                (at, best) = (next, cost);
                damping = f64::max(damping * 0.3, 1e-4);
                curvature = problem.linearise(&at);
                if gained < SETTLED {
                    break;
                }
            } else {
                damping = damping * 10.0 + 1e-2;
                if damping > 1e3 {
                    break;
                }
            }
        }
        problem.evaluate(&at);
        Self {
            rows: parts.iter().map(|p| p.row).collect(),
            deviations: problem.deviations(&curvature.matrix),
            scales: at.scales,
            parts: problem.parts,
            model: problem.model,
            first: problem.first,
            cost: best,
        }
    }

    /// The model without its component at `index`.
    pub fn without(&self, index: usize) -> Vec<f64> {
        let own = self.parts.get(index).into_iter().flatten();
        let mut rest = self.model.clone();
        rest.iter_mut()
            .zip(own)
            .for_each(|(m, p)| *m = (*m - p).max(0.0));
        rest
    }
}

struct Point {
    scales: Vec<f64>,
    slopes: Vec<f64>,
}

impl Point {
    fn moved(&self, step: &[f64]) -> Self {
        let (scales, slopes) = step.split_at(self.scales.len());
        let bounded = |step: &f64| step.clamp(-1.0, 1.0);
        let pairs = self.scales.iter().zip(scales);
        let scales = pairs.map(|(c, d)| (c * bounded(d).exp()).clamp(SCALES.0, SCALES.1));
        let pairs = self.slopes.iter().zip(slopes);
        let slopes = pairs.map(|(s, d)| (s + bounded(d)).clamp(-STEEPEST, STEEPEST));
        Self {
            scales: scales.collect(),
            slopes: slopes.collect(),
        }
    }
}

struct Curvature {
    matrix: Vec<Vec<f64>>,
    gradient: Vec<f64>,
}

struct Problem<'a> {
    query: &'a Query,
    /// References over the query's m/z.
    shares: Vec<Vec<f64>>,
    place: Vec<f64>,
    parts: Vec<Vec<f64>>,
    model: Vec<f64>,
    first: usize,
}

impl<'a> Problem<'a> {
    fn of(query: &'a Query, parts: &[Part<'_>]) -> Self {
        let n = query.ions.len();
        let over = |part: &Part<'_>| -> Vec<f64> {
            let shares = part.reference.shares.iter().skip(query.low).copied();
            shares.chain(std::iter::repeat(0.0)).take(n).collect()
        };
        let latest = parts.iter().map(|p| p.start).max().unwrap_or(0);
        Self {
            query,
            shares: parts.iter().map(over).collect(),
            place: (query.low..query.low + n)
                .map(|mz| (mz as f64 - CENTRE) / UNIT)
                .collect(),
            parts: vec![vec![0.0; n]; parts.len()],
            model: vec![0.0; n],
            first: latest.saturating_sub(query.low).min(n),
        }
    }

    /// Sets the model; its cost.
    fn evaluate(&mut self, at: &Point) -> f64 {
        self.model.iter_mut().for_each(|m| *m = 0.0);
        for (k, part) in self.parts.iter_mut().enumerate() {
            let (scale, slope) = (at.scales[k], at.slopes[k]);
            let first = self.place.first().copied().unwrap_or(0.0);
            let mut tilted = scale * (slope * first).exp();
            let next = (slope / UNIT).exp();
            for (i, share) in self.shares[k].iter().enumerate() {
                if *share > 0.0 {
                    part[i] = tilted * share;
                    self.model[i] += part[i];
                }
                tilted *= next;
            }
        }
        let floor = self.query.floor;
        let compared = self.query.logs.iter().zip(&self.model).skip(self.first);
        let costs = compared.map(|(log, model)| cost(log - (model + floor).ln()));
        let tilts: f64 = at.slopes.iter().map(|s| s * s).sum();
        EFFECTIVE * costs.sum::<f64>() + tilts / (2.0 * SLOPE * SLOPE)
    }

    /// Normal equations at the point that was evaluated last.
    fn linearise(&self, at: &Point) -> Curvature {
        let k = self.parts.len();
        let mut matrix = vec![vec![0.0; 2 * k]; 2 * k];
        let mut gradient = vec![0.0; 2 * k];
        let mut row = vec![0.0; 2 * k];
        let floor = self.query.floor;
        for i in self.first..self.model.len() {
            let model = self.model[i] + floor;
            if self.model[i] <= 0.0 {
                continue;
            }
            let deviation = self.query.logs[i] - model.ln();
            let w = EFFECTIVE * weight(deviation);
            for (j, part) in self.parts.iter().enumerate() {
                row[j] = part[i] / model;
                row[k + j] = row[j] * self.place[i];
            }
            for a in 0..2 * k {
                let wa = w * row[a];
                gradient[a] += wa * deviation;
                for b in 0..=a {
                    matrix[a][b] += wa * row[b];
                }
            }
        }
        for j in 0..k {
            matrix[k + j][k + j] += 1.0 / (SLOPE * SLOPE);
            gradient[k + j] -= at.slopes[j] / (SLOPE * SLOPE);
        }
        Curvature { matrix, gradient }
    }

    /// Standard deviations of the logarithm of the summed signal of each component.
    fn deviations(&self, matrix: &[Vec<f64>]) -> Vec<f64> {
        let k = self.parts.len();
        let one = |j: usize| {
            let part = &self.parts[j];
            let total: f64 = part.iter().sum();
            let moment: f64 = part.iter().zip(&self.place).map(|(p, x)| p * x).sum();
            let mut towards = vec![0.0; 2 * k];
            towards[j] = 1.0;
            towards[k + j] = if total > 0.0 { moment / total } else { 0.0 };
            let inverse = solve(damped(matrix, 0.0), towards.clone())?;
            let variance: f64 = inverse.iter().zip(&towards).map(|(a, b)| a * b).sum();
            (variance >= 0.0).then(|| variance.sqrt())
        };
        // Without curvature nothing is known: a factor of e.
        (0..k).map(|j| one(j).unwrap_or(1.0)).collect()
    }
}

/// The whole matrix of a lower triangle, its diagonal raised by this share.
fn damped(lower: &[Vec<f64>], damping: f64) -> Vec<Vec<f64>> {
    let mut whole = lower.to_vec();
    for i in 0..lower.len() {
        whole[i][i] += damping * lower[i][i] + 1e-6;
        for j in 0..i {
            whole[j][i] = lower[i][j];
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::super::references::Identity;
    use super::*;
    use crate::prepare::Signal;

    fn reference(ions: &[(usize, f64)]) -> Reference {
        let mut shares = vec![0.0; 200];
        ions.iter().for_each(|(mz, share)| shares[*mz] = *share);
        let identity = Identity {
            substance: String::new(),
            mass: None,
        };
        Reference { shares, identity }
    }

    fn query(ions: &[(usize, f64)]) -> Query {
        let mut values = vec![0.0; 150];
        ions.iter().for_each(|(mz, v)| values[mz - 40] = *v);
        Query::of(&Signal { start: 40, values }).unwrap()
    }

    fn part(row: usize, reference: &Reference) -> Part<'_> {
        Part {
            row,
            start: 40,
            reference,
            scale: FIRST_SCALE,
        }
    }

    #[test]
    fn two_references_that_share_an_ion_are_parted() {
        let a = reference(&[(58, 0.5), (91, 0.3), (134, 0.2)]);
        let b = reference(&[(44, 0.6), (91, 0.4)]);
        // 0.7 of the first and 0.3 of the second.
        let query = query(&[(44, 0.18), (58, 0.35), (91, 0.33), (134, 0.14)]);
        let fit = Fit::of(&query, &[part(9, &b), part(3, &a)]);
        assert_eq!(fit.rows, [3, 9]);
        let sums: Vec<f64> = fit.parts.iter().map(|p| p.iter().sum()).collect();
        assert!(
            (sums[0] - 0.7).abs() < 0.03 && (sums[1] - 0.3).abs() < 0.03,
            "{sums:?}"
        );
        let rest = fit.without(0);
        assert!((rest[4] - fit.parts[1][4]).abs() < 1e-12 && rest[18] < 1e-9);
        // One alone leaves the ions of the other.
        assert!(Fit::of(&query, &[part(3, &a)]).cost > fit.cost + 1.0);
        assert!(fit.deviations.iter().all(|d| *d > 0.0 && *d < 1.0));
    }

    #[test]
    fn ions_below_the_scan_of_a_reference_are_not_compared() {
        let a = reference(&[(58, 0.5), (91, 0.5)]);
        let query = query(&[(44, 0.5), (58, 0.25), (91, 0.25)]);
        let whole = Fit::of(&query, &[part(0, &a)]);
        let late = Part {
            start: 50,
            ..part(0, &a)
        };
        let late = Fit::of(&query, &[late]);
        assert_eq!((whole.first, late.first), (0, 10));
        let missed = EFFECTIVE * cost(query.logs[4] - query.floor.ln());
        assert!((whole.cost - late.cost - missed).abs() < 0.1);
    }
}
