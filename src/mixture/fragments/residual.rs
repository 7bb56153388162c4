//! What the named components leave.

use super::evidence::Judged;
use super::fit::Fit;
use super::query::Query;
use crate::mixture::Residual;
use crate::mixture::residual::Limits;

/// A peak stands out above four times the model and three floors above it; three such peaks of a quarter of the signal
/// are not of noise and another collision energy.
const LIMITS: Limits = Limits {
    above: 4.0,
    floors: 3.0,
    fewest: 3,
    share: 0.25,
};
/// References named that the residual is like, and the least similarity of one.
const NAMED: usize = 3;
const LIKE: f64 = 0.5;

/// The peaks that stand out of the model.
pub(super) fn of(query: &Query, fit: &Fit) -> Residual {
    let peaks = query.mz.iter().zip(&query.shares).zip(&fit.model);
    LIMITS.residual(peaks.map(|((mz, q), m)| (*mz, *q, *m)), query.floor)
}

/// What was fitted and not named, and is like what is left: best first.
pub(super) fn like<'a>(unnamed: &[&'a Judged]) -> Vec<&'a Judged> {
    let mut like: Vec<&Judged> = unnamed
        .iter()
        .copied()
        .filter(|j| j.score >= LIKE)
        .collect();
    like.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then(a.candidate.cmp(&b.candidate))
    });
    like.truncate(NAMED);
    like
}
