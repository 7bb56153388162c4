//! An axis error followed from band to band: what is told of a candidate, not what ranks it.
//!
//! The axis curve of the comparison pays for its size and its bends, so that it stops where the bands that would go
//! on with it are few and weak. Here the bands of reference and query are put together, in their order, as far as
//! [`Limits::reach`] allows. Each pair counts by its height and by how alike the two heights are; a change of the
//! error from pair to pair costs, less over a long way. The pairs of largest sum are found by dynamic programming.

use crate::prepare::gaussian;

/// Prominence of a band, in shares of the curve's range.
const PROMINENT: f64 = 0.08;
/// Usual spread of the logarithm of the ratio of a pair's heights.
const HEIGHTS: f64 = 0.5;
/// Usual change of the error between two bands: at one place, in the axis's unit, and per unit of the way.
const CHANGE: f64 = 2.0;
const SLOPE: f64 = 0.06;
/// Cost of a usual change.
const COST: f64 = 0.05;
/// Share of the reference's bands, by height, and number of them, that must be found.
const FOUND: f64 = 0.8;
const FEWEST: usize = 5;
/// A band so far from the line between its neighbours is of something else, in the axis's unit.
const ASTRAY: f64 = 5.0;

/// A band of a curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Band {
    /// Place on the axis.
    pub(super) at: f64,
    /// Prominence in shares of the curve's range.
    pub(super) height: f64,
}

/// The bands of evenly spaced values, the first of which lies at `first`.
pub(super) fn bands(values: &[f64], first: f64, step: f64) -> Vec<Band> {
    let y = gaussian(values, 1.0);
    let low = y.iter().copied().fold(f64::INFINITY, f64::min);
    let range = y.iter().copied().fold(f64::NEG_INFINITY, f64::max) - low;
    let top = |i: &usize| y[*i] > y[*i - 1] && y[*i] >= y[*i + 1];
    (1..y.len().saturating_sub(1))
        .filter(top)
        .filter_map(|i| {
            let lowest = |values: &mut dyn Iterator<Item = &f64>| {
                let until = values.take_while(|v| **v <= y[i]);
                until.copied().fold(y[i], f64::min)
            };
            let base = lowest(&mut y[..i].iter().rev()).max(lowest(&mut y[i + 1..].iter()));
            let height = (y[i] - base) / range;
            let (left, right) = (y[i - 1] - y[i], y[i + 1] - y[i]);
            let beside = (left - right) / (2.0 * (left + right));
            let at = first + step * (i as f64 + beside);
            (height >= PROMINENT && at.is_finite()).then_some(Band { at, height })
        })
        .collect()
}

struct Pair {
    reference: Band,
    query: Band,
    worth: f64,
}

impl Pair {
    fn error(&self) -> f64 {
        self.query.at - self.reference.at
    }

    /// What is lost where this pair comes after `before`; `None` where bands would change places.
    fn cost_after(&self, before: &Pair) -> Option<f64> {
        let (way, on_query) = (
            self.reference.at - before.reference.at,
            self.query.at - before.query.at,
        );
        // Over the mean of both ways, so that it is the same with the two turned round.
        let usual = CHANGE + SLOPE * (way + on_query) / 2.0;
        let change = (self.error() - before.error()) / usual;
        let in_order = way > 0.0 && on_query > 0.0;
        in_order.then_some(COST * change * change)
    }
}

/// By how much the query reads higher, at the bands of the reference that it has, too, no error above `reach`.
/// `None` where too few are found.
pub(super) fn follow(reference: &[Band], query: &[Band], reach: f64) -> Option<Vec<(f64, f64)>> {
    let mut pairs: Vec<Pair> = Vec::new();
    for r in reference {
        for q in query.iter().filter(|q| (q.at - r.at).abs() <= reach) {
            let unlike = (r.height / q.height).ln() / HEIGHTS;
            let worth = (r.height * q.height).sqrt() * (-0.5 * unlike * unlike).exp();
            pairs.push(Pair {
                reference: *r,
                query: *q,
                worth,
            });
        }
    }
    let mut sums: Vec<(f64, Option<usize>)> = Vec::with_capacity(pairs.len());
    for (k, pair) in pairs.iter().enumerate() {
        let mut best = (pair.worth, None);
        for (i, before) in pairs[..k].iter().enumerate() {
            if let Some(cost) = pair.cost_after(before) {
                let sum = sums[i].0 + pair.worth - cost;
                if sum > best.0 {
                    best = (sum, Some(i));
                }
            }
        }
        sums.push(best);
    }
    let mut next = (0..pairs.len()).max_by(|a, b| sums[*a].0.total_cmp(&sums[*b].0));
    let mut chosen = Vec::new();
    while let Some(k) = next {
        chosen.push(&pairs[k]);
        next = sums[k].1;
    }
    chosen.reverse();
    let all: f64 = reference.iter().map(|b| b.height).sum();
    let found: f64 = chosen.iter().map(|p| p.reference.height).sum();
    let told = chosen.iter().map(|p| (p.reference.at, p.error())).collect();
    (chosen.len() >= FEWEST && found >= FOUND * all).then(|| on_course(told))
}

/// Without the places that lie astray between their neighbours.
fn on_course(curve: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let astray = |i: usize| {
        let before = i.checked_sub(1).and_then(|i| curve.get(i));
        let (Some(a), Some(b)) = (before, curve.get(i + 1)) else {
            return false;
        };
        let share = (curve[i].0 - a.0) / (b.0 - a.0);
        (curve[i].1 - (a.1 + share * (b.1 - a.1))).abs() > ASTRAY
    };
    let kept = (0..curve.len()).filter(|i| !astray(*i));
    kept.map(|i| curve[i]).collect()
}

/// The error between the places of a curve that rises along the axis; beyond its ends that of the end.
pub(super) fn between(curve: &[(f64, f64)], at: f64) -> Option<f64> {
    let right = curve.partition_point(|(x, _)| *x < at);
    let (Some(a), Some(b)) = (
        right.checked_sub(1).and_then(|i| curve.get(i)),
        curve.get(right),
    ) else {
        return curve.get(right).or(curve.last()).map(|(_, error)| *error);
    };
    Some(a.1 + (at - a.0) / (b.0 - a.0) * (b.1 - a.1))
}

#[cfg(test)]
mod tests;
