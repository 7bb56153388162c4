//! What the named components leave.

use super::evidence::Judged;
use super::fit::Fit;
use super::query::Query;

/// A peak is unexplained above this many times the model, and this many floors above it.
const ABOVE: f64 = 4.0;
const FLOORS: f64 = 3.0;
/// Unexplained peaks that noise and another collision energy do not make: at least so many, and this share of
/// the signal.
const FEWEST: usize = 3;
const SHARE: f64 = 0.25;
/// References named that the residual is like, and the least similarity of one.
const NAMED: usize = 3;
const LIKE: f64 = 0.5;

/// Whether peaks stand out of the model: at least three, each more than four times the model and three floors
/// above it, together at least a quarter of the signal.
pub(super) fn is_structured(query: &Query, fit: &Fit) -> bool {
    let unexplained = query.shares.iter().zip(&fit.model).filter_map(|(q, m)| {
        let least = (ABOVE * m).max(m + FLOORS * query.floor);
        (*q > least).then_some(q - m)
    });
    let (count, sum) = unexplained.fold((0, 0.0), |(count, sum), v| (count + 1, sum + v));
    count >= FEWEST && sum >= SHARE
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
