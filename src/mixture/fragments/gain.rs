//! By how much a reference lowers the cost of what a model leaves.

use super::cost::{EFFECTIVE, cost};
use super::query::Query;
use super::references::{Placed, Reference};

/// Parts of a reference's weight up to which ratios are looked at for its scale.
const QUANTILES: [f64; 4] = [0.2, 0.4, 0.6, 0.8];
/// Smallest scale that is tried.
const LEAST_SCALE: f64 = 1e-4;
/// Keeps sums of the same weights from missing their quantile by rounding.
const ROUNDING: f64 = 1e-12;

/// The query beside the model of other components.
pub(super) struct Beside<'a> {
    query: &'a Query,
    model: &'a [f64],
    /// What of the query is above the model.
    above: Vec<f64>,
    /// Costs with the model alone.
    costs: Vec<f64>,
}

impl<'a> Beside<'a> {
    /// `model` at the query's peaks.
    pub fn of(query: &'a Query, model: &'a [f64]) -> Self {
        let pairs = || query.logs.iter().zip(model);
        Self {
            query,
            model,
            above: (query.shares.iter().zip(model))
                .map(|(q, m)| (q - m).max(0.0))
                .collect(),
            costs: pairs()
                .map(|(log, m)| cost(log - (m + query.floor).ln()))
                .collect(),
        }
    }

    /// The largest gain of a reference over its own peaks, and its scale; no gain where most of its weight is
    /// at peaks of which nothing is left.
    pub fn best(&self, reference: &Reference) -> (f64, f64) {
        let ratio = |p: &Placed| p.at.map_or(0.0, |at| self.above[at] / p.share.max(1e-9));
        let mut ratios: Vec<(f64, f64)> = (reference.peaks.iter())
            .map(|p| (ratio(p), p.weight))
            .collect();
        ratios.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = ratios.iter().map(|r| r.1).sum();
        let (mut gain, mut best, mut tried) = (0.0, 0.0, 0.0);
        let (mut sum, mut next) = (0.0, QUANTILES.iter().peekable());
        for (ratio, weight) in ratios {
            sum += weight;
            while next.next_if(|q| sum >= **q * total - ROUNDING).is_some() {
                if ratio <= LEAST_SCALE || ratio == tried {
                    continue;
                }
                tried = ratio;
                let found = self.gain(reference, ratio);
                if found > gain {
                    (gain, best) = (found, ratio);
                }
            }
        }
        (gain, best)
    }

    fn gain(&self, reference: &Reference, scale: f64) -> f64 {
        let floor = self.query.floor;
        let nothing = floor.ln();
        let one = |p: &Placed| {
            let added = scale * p.share;
            match p.at {
                Some(at) => {
                    let model = self.model[at] + added + floor;
                    self.costs[at] - cost(self.query.logs[at] - model.ln())
                }
                None => -cost(nothing - (added + floor).ln()),
            }
        };
        EFFECTIVE * reference.peaks.iter().map(one).sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use super::super::fit::tests::{A, MIXED, query, reference};
    use super::*;

    #[test]
    fn scale_and_gain_by_hand() {
        let query = query(&MIXED);
        let nothing = [0.0; 4];
        let beside = Beside::of(&query, &nothing);
        // Ratios 0.35 / 0.5, 0.33 / 0.3 and 0.14 / 0.2: 0.7, 1.1, 0.7.
        let a = reference("a", 200.0, &A, &query);
        let (gain, scale) = beside.best(&a);
        let f = query.floor;
        let alone = |q: f64| cost(((q + f) / f).ln());
        let with = |q: f64, m: f64| cost(((q + f) / (m + f)).ln());
        let by_hand = alone(0.35) + alone(0.33) + alone(0.14) - with(0.33, 0.21);
        assert!((scale - 0.7).abs() < 1e-9 && (gain - EFFECTIVE * by_hand).abs() < 1e-9);
        // Where the model explains all nothing is gained.
        let all = [0.35, 0.18, 0.33, 0.14];
        assert_eq!(Beside::of(&query, &all).best(&a), (0.0, 0.0));
    }

    #[test]
    fn a_reference_without_its_peaks_gains_nothing() {
        let query = query(&MIXED);
        let nothing = [0.0; 4];
        let other = reference("c", 200.0, &[(58.065, 0.02), (150.0, 0.98)], &query);
        assert_eq!(Beside::of(&query, &nothing).best(&other), (0.0, 0.0));
    }
}
