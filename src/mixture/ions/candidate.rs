//! Which references could stand for one component, the others taken as found.

use super::query::Query;
use super::references::Reference;
use crate::correlate::ions;

/// Deviation of the other components' ions, in shares: what they leave is no better known.
const OTHERS: f64 = 0.25;
/// Deviation of a reference's own ions, in shares.
const OWN: f64 = 0.3;
/// Weight of the score: learned on the half of the substances that was developed on, with
/// [`GAIN_POWER`], as a conditional logistic regression of the right one among its candidates.
const SCORE_WEIGHT: f64 = 4.4;
/// Power of what is gained less.
const GAIN_POWER: f64 = 1.4;
/// Look-alikes are as many as leave this probability to all others.
pub(super) const LEFT_OUT: f64 = 0.02;
/// Most look-alikes.
pub(super) const MOST_ALIKE: usize = 6;

/// A reference that could stand for a component.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub row: usize,
    /// Score of the comparison with what the others leave ([`extracted`]).
    pub score: f64,
    /// By how much it lowers the cost beside the others, without a tilt.
    pub gain: f64,
    /// Scale at which it does.
    pub scale: f64,
    /// Logarithm of its odds against the best of all candidates.
    pub odds: f64,
}

/// The query's ions without the `others`, as a reference at this `scale` may take them: what is left
/// where the others are small, what the reference predicts where they hide it.
///
/// Both are weighted by their variances, `(0.3 c r + f)^2` and `(0.25 others)^2`.
pub(super) fn extracted(
    query: &Query,
    others: &[f64],
    reference: &Reference,
    scale: f64,
) -> Vec<f64> {
    let mut left = vec![0.0; reference.shares.len().max(query.low + query.ions.len())];
    for (i, (q, other)) in query.ions.iter().zip(others).enumerate() {
        let mz = query.low + i;
        let predicted = scale * reference.shares.get(mz).copied().unwrap_or(0.0);
        let hidden = (OTHERS * other).powi(2);
        let own = (OWN * predicted + query.floor).powi(2);
        left[mz] = ((q - other).max(0.0) * own + predicted * hidden) / (own + hidden);
    }
    left
}

/// Score of [`ions::compare`] of what the others leave with the reference.
pub(super) fn score(
    query: &Query,
    others: &[f64],
    reference: &Reference,
    start: usize,
    scale: f64,
) -> f64 {
    let left = extracted(query, others, reference, scale);
    let range = query.low.max(start)..left.len();
    let evidence = ions::compare(&left, &reference.shares, range, reference.identity.mass);
    evidence.map_or(0.0, |e| if e.score.is_finite() { e.score } else { 0.0 })
}

/// Sets the odds and sorts by them, best first, of equals the earlier row:
/// `4.4 (score - best) / (1.05 - best) - 1.4 ln(1 + best gain - gain)`.
pub(super) fn rank(candidates: &mut [Candidate]) {
    let best = candidates.iter().map(|c| c.score).fold(0.0, f64::max);
    let gain = candidates
        .iter()
        .map(|c| c.gain)
        .fold(f64::NEG_INFINITY, f64::max);
    for candidate in candidates.iter_mut() {
        candidate.odds = SCORE_WEIGHT * (candidate.score - best) / (1.05 - best)
            - GAIN_POWER * (gain - candidate.gain).ln_1p();
    }
    candidates.sort_by(|a, b| b.odds.total_cmp(&a.odds).then(a.row.cmp(&b.row)));
}
