//! The scales of a set of references that explain a query best.

use super::cost::{EFFECTIVE, cost, weight};
use super::query::Query;
use super::references::Reference;
use crate::mixture::solve::solve;

/// Smallest and largest scale.
const SCALES: (f64, f64) = (1e-5, 5.0);
/// Smallest scale from which one is sought, and that where nothing is known.
const LEAST_FIRST: f64 = 1e-4;
pub(super) const FIRST_SCALE: f64 = 0.3;
const STEPS: usize = 15;
/// A step that lowers the cost by less is the last.
const SETTLED: f64 = 0.02;

/// References fitted to a query: `model = sum of c_k r_k` over the query's peaks and, after them, the places
/// where references have peaks that the query lacks.
#[derive(Debug, Clone)]
pub(super) struct Fit {
    /// Positions of the references among the candidates.
    pub chosen: Vec<usize>,
    /// `c_k`.
    pub scales: Vec<f64>,
    /// m/z of all places.
    pub mz: Vec<f64>,
    /// The query's shares there.
    pub query: Vec<f64>,
    /// `ln(query + floor)`.
    pub logs: Vec<f64>,
    /// References at these places, `r_k`.
    pub shares: Vec<Vec<f64>>,
    /// What each adds, `c_k r_k`.
    pub parts: Vec<Vec<f64>>,
    /// Their sum.
    pub model: Vec<f64>,
    /// `0.35 sum cost(ln((query + f) / (model + f)))`.
    pub cost: f64,
}

impl Fit {
    /// Levenberg and Marquardt's method on the logarithms of the scales, from these on.
    pub fn of(query: &Query, candidates: &[Reference], chosen: &[usize], scales: &[f64]) -> Self {
        let missing = missing(query, candidates, chosen);
        let n = query.len();
        let share = |k: &usize| shares(&candidates[*k], n, &missing);
        let nothing = query.floor.ln();
        let mut fit = Self {
            chosen: chosen.to_vec(),
            scales: Vec::new(),
            mz: query.mz.iter().chain(&missing).copied().collect(),
            query: padded(&query.shares, missing.len(), 0.0),
            logs: padded(&query.logs, missing.len(), nothing),
            shares: chosen.iter().map(share).collect(),
            parts: vec![Vec::new(); chosen.len()],
            model: Vec::new(),
            cost: 0.0,
        };
        let mut at: Vec<f64> = scales.iter().map(|c| c.max(LEAST_FIRST).ln()).collect();
        let (mut model, mut best) = fit.evaluate(&at, query.floor);
        let mut damping = 1e-2;
        'steps: for _ in 0..STEPS {
            let (matrix, gradient) = fit.linearise(&at, &model, query.floor);
            loop {
                let Some(step) = solve(damped(&matrix, damping), gradient.clone()) else {
                    break 'steps;
                };
                let bounds = (SCALES.0.ln(), SCALES.1.ln());
                let moved = at.iter().zip(&step);
                let next: Vec<f64> = moved
                    .map(|(x, d)| (x + d.clamp(-1.0, 1.0)).clamp(bounds.0, bounds.1))
                    .collect();
                let (next_model, cost) = fit.evaluate(&next, query.floor);
                if cost < best {
                    let gained = best - cost;
                    (at, model, best) = (next, next_model, cost);
                    damping = f64::max(damping * 0.3, 1e-4);
                    if gained < SETTLED {
                        break 'steps;
                    }
                    break;
                }
                damping = damping * 10.0 + 1e-2;
                if damping > 1e3 {
                    break 'steps;
                }
            }
        }
        fit.scales = at.iter().map(|x| x.exp()).collect();
        let scaled = fit.shares.iter().zip(&fit.scales);
        fit.parts = scaled
            .map(|(shares, scale)| shares.iter().map(|share| scale * share).collect())
            .collect();
        (fit.model, fit.cost) = (model, best);
        fit
    }

    /// The model without its component `k`, at the query's peaks.
    pub fn others(&self, k: usize, peaks: usize) -> Vec<f64> {
        let pairs = self.model.iter().zip(&self.parts[k]);
        pairs.take(peaks).map(|(m, p)| (m - p).max(0.0)).collect()
    }

    fn evaluate(&self, at: &[f64], floor: f64) -> (Vec<f64>, f64) {
        let mut model = vec![0.0; self.query.len()];
        for (shares, x) in self.shares.iter().zip(at) {
            let scale = x.exp();
            model
                .iter_mut()
                .zip(shares)
                .for_each(|(m, share)| *m += scale * share);
        }
        let pairs = self.logs.iter().zip(&model);
        let costs = pairs.map(|(log, m)| cost(log - (m + floor).ln()));
        let sum = EFFECTIVE * costs.sum::<f64>();
        (model, sum)
    }

    /// Normal equations: matrix and gradient.
    fn linearise(&self, at: &[f64], model: &[f64], floor: f64) -> (Vec<Vec<f64>>, Vec<f64>) {
        let k = at.len();
        let mut matrix = vec![vec![0.0; k]; k];
        let mut gradient = vec![0.0; k];
        let scales: Vec<f64> = at.iter().map(|x| x.exp()).collect();
        let mut slope = vec![0.0; k];
        for (i, m) in model.iter().enumerate().filter(|(_, m)| **m > 0.0) {
            let deviation = self.logs[i] - (m + floor).ln();
            let w = EFFECTIVE * weight(deviation);
            for j in 0..k {
                slope[j] = scales[j] * self.shares[j][i] / (m + floor);
            }
            for a in 0..k {
                gradient[a] += w * slope[a] * deviation;
                for b in 0..k {
                    matrix[a][b] += w * slope[a] * slope[b];
                }
            }
        }
        (matrix, gradient)
    }
}

fn padded(values: &[f64], more: usize, with: f64) -> Vec<f64> {
    let rest = std::iter::repeat_n(with, more);
    values.iter().copied().chain(rest).collect()
}

/// Places of the references' peaks that the query lacks, ascending: peaks within the tolerance of the first
/// of them share one.
fn missing(query: &Query, candidates: &[Reference], chosen: &[usize]) -> Vec<f64> {
    let peaks = chosen.iter().flat_map(|k| &candidates[*k].peaks);
    let mut mz: Vec<f64> = peaks.filter(|p| p.at.is_none()).map(|p| p.mz).collect();
    mz.sort_by(f64::total_cmp);
    let mut places: Vec<f64> = Vec::new();
    for mz in mz {
        if places
            .last()
            .is_none_or(|last| mz - last > query.resolution.tolerance())
        {
            places.push(mz);
        }
    }
    places
}

/// A reference at the query's `n` peaks and at the places of what it lacks.
fn shares(reference: &Reference, n: usize, missing: &[f64]) -> Vec<f64> {
    let mut shares = vec![0.0; n + missing.len()];
    for peak in &reference.peaks {
        let beyond = || {
            n + missing
                .partition_point(|place| *place <= peak.mz)
                .saturating_sub(1)
        };
        let at = peak.at.unwrap_or_else(beyond);
        if let Some(share) = shares.get_mut(at) {
            *share += peak.share;
        }
    }
    shares
}

/// A matrix with its diagonal raised by this share.
fn damped(matrix: &[Vec<f64>], damping: f64) -> Vec<Vec<f64>> {
    let mut raised = matrix.to_vec();
    for (i, row) in raised.iter_mut().enumerate() {
        row[i] += damping * row[i] + 1e-6;
    }
    raised
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::references::{Placed, Reference};
    use super::*;
    use crate::correlate::score::entropy::Peak;
    use crate::library::Resolution;

    /// A reference of these peaks, in shares of their sum, as the query sees it.
    pub fn reference(name: &str, precursor: f64, peaks: &[Peak], query: &Query) -> Reference {
        let total: f64 = peaks.iter().map(|p| p.1).sum();
        let placed = |(mz, height): &Peak| Placed {
            mz: *mz,
            share: height / total,
            weight: (height / total).sqrt(),
            at: query.place(*mz, Resolution::Fine),
        };
        Reference {
            row: 0,
            entry: 0,
            substance: name.to_owned(),
            name: String::new(),
            precursor: Some(precursor),
            tolerance: 0.02,
            peaks: peaks.iter().map(placed).collect(),
        }
    }

    pub fn query(peaks: &[Peak]) -> Query {
        Query::of_peaks(peaks, Resolution::Fine).unwrap()
    }

    pub const A: [Peak; 3] = [(58.065, 0.5), (91.054, 0.3), (134.096, 0.2)];
    pub const B: [Peak; 2] = [(72.081, 0.6), (91.054, 0.4)];
    /// 0.7 of A and 0.3 of B.
    pub const MIXED: [Peak; 4] = [
        (58.065, 0.35),
        (72.081, 0.18),
        (91.054, 0.33),
        (134.096, 0.14),
    ];

    #[test]
    fn two_that_share_a_fragment_are_parted() {
        let query = query(&MIXED);
        let both = [
            reference("a", 200.0, &A, &query),
            reference("b", 201.0, &B, &query),
        ];
        let fit = Fit::of(&query, &both, &[0, 1], &[FIRST_SCALE; 2]);
        assert!((fit.scales[0] - 0.7).abs() < 0.01 && (fit.scales[1] - 0.3).abs() < 0.01);
        assert!(fit.cost < 0.01 && fit.mz.len() == 4);
        // Without the second what is left at its own peak is all of it.
        assert!(Fit::of(&query, &both, &[0], &[0.5]).cost > fit.cost + 1.0);
        let others = fit.others(0, 4);
        assert!((others[2] - 0.12).abs() < 0.01 && others[0] == 0.0);
    }

    #[test]
    fn what_the_query_lacks_costs() {
        let query = query(&[(58.065, 0.6), (91.054, 0.4)]);
        let one = [reference(
            "a",
            200.0,
            &[(58.065, 0.3), (91.054, 0.2), (120.0, 0.25), (120.015, 0.25)],
            &query,
        )];
        let fit = Fit::of(&query, &one, &[0], &[1.0]);
        // The two peaks at 120 are within one tolerance: one place.
        assert_eq!(fit.mz.len(), 3);
        assert!((fit.shares[0][2] - 0.5).abs() < 1e-12 && fit.query[2] == 0.0);
        let nothing = query.floor.ln();
        let missing = EFFECTIVE * cost(nothing - (fit.model[2] + query.floor).ln());
        assert!(missing > 1.0 && fit.cost >= missing - 1e-9);
    }

    #[test]
    fn nothing_chosen_leaves_all() {
        let query = query(&MIXED);
        let fit = Fit::of(&query, &[], &[], &[]);
        let nothing = query.floor.ln();
        let by_hand: f64 = query.logs.iter().map(|log| cost(log - nothing)).sum();
        assert!((fit.cost - EFFECTIVE * by_hand).abs() < 1e-12 && fit.chosen.is_empty());
    }
}
