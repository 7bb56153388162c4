//! The query where an axis curve puts a reference's grid points.

use super::AxisCurve;
use crate::correlate::simd::{Lanes, vectorised};
use std::ops::Range;

/// Values and slopes of the query at the places of a range of grid points, in room that is used again.
#[derive(Clone, Default)]
pub(super) struct Warped {
    /// The query's values.
    pub value: Vec<f64>,
    /// Their slopes; 0 outside the query's range.
    pub slope: Vec<f64>,
    place: Vec<f64>,
    left: Vec<i32>,
}

/// A query on the grid: its values from grid index `start` on, constant outside its range.
#[derive(Clone, Copy)]
pub(super) struct Sampled<'a> {
    pub start: usize,
    pub values: &'a [f64],
}

/// Where the curve puts the points of one piece: errors at its two nodes, and grid index of its first point.
struct Ends {
    left: f64,
    right: f64,
    first: usize,
    start: f64,
}

impl AxisCurve {
    /// How far each point of `range` lies from the node left of it towards the next one.
    pub(super) fn shares(&self, range: &Range<usize>) -> Vec<f64> {
        let mut shares = Vec::with_capacity(range.len());
        for (node, piece) in self.pieces(range) {
            let left = (self.first + node) * self.spacing;
            shares.extend(piece.map(|i| (i as f64 - left as f64) / self.spacing as f64));
        }
        shares
    }
}

impl Warped {
    /// Looks the query up where `curve` puts the points of `range`, whose shares these are.
    pub fn look_up(
        &mut self,
        query: Sampled<'_>,
        curve: &AxisCurve,
        range: &Range<usize>,
        shares: &[f64],
    ) {
        for column in [&mut self.value, &mut self.slope, &mut self.place] {
            column.resize(range.len(), 0.0);
        }
        self.left.resize(range.len(), 0);
        let count = query.values.len();
        if count < 2 {
            self.value.fill(0.0);
            self.slope.fill(0.0);
            return;
        }
        let last = count - 1;
        for (node, piece) in curve.pieces(range) {
            let inside = piece.start - range.start..piece.end - range.start;
            let error = |k: usize| curve.nodes.get(k).copied().unwrap_or(0.0);
            let ends = Ends {
                left: error(node),
                right: error(node + 1),
                first: piece.start,
                start: query.start as f64,
            };
            put(&ends, &shares[inside.clone()], &mut self.place[inside]);
        }
        lefts(&self.place, last, &mut self.left);
        let pairs = self.left.iter().map(|left| {
            let left = *left as usize;
            (query.values[left], query.values[left + 1])
        });
        let slots = self.value.iter_mut().zip(&mut self.slope);
        for ((value, slope), (a, b)) in slots.zip(pairs) {
            (*value, *slope) = (a, b);
        }
        between(
            &self.place,
            &self.left,
            last,
            &mut self.value,
            &mut self.slope,
        );
    }
}

vectorised! {
    fn put(ends: &Ends, shares: &[f64], place: &mut [f64]) = put_each
}

/// Places among the query's values.
#[inline(always)]
fn put_each<A: Lanes>(ends: &Ends, shares: &[f64], place: &mut [f64]) {
    for (i, (place, share)) in place.iter_mut().zip(shares).enumerate() {
        let error = ends.left * (1.0 - share) + ends.right * share;
        *place = (ends.first + i) as f64 + error - ends.start;
    }
}

vectorised! {
    fn lefts(place: &[f64], last: usize, left: &mut [i32]) = lefts_each
}

/// The values left of the places; the last but one where there is none to the right.
#[inline(always)]
fn lefts_each<A: Lanes>(place: &[f64], last: usize, left: &mut [i32]) {
    let most = last as i32 - 1;
    for (left, place) in left.iter_mut().zip(place) {
        *left = (place.clamp(0.0, last as f64) as i32).min(most);
    }
}

vectorised! {
    fn between(place: &[f64], left: &[i32], last: usize, value: &mut [f64], slope: &mut [f64]) = between_each
}

/// From the values left and right of each place to value and slope there.
#[inline(always)]
fn between_each<A: Lanes>(
    place: &[f64],
    left: &[i32],
    last: usize,
    value: &mut [f64],
    slope: &mut [f64],
) {
    let last = last as f64;
    let places = place.iter().zip(left);
    for ((value, slope), (place, left)) in value.iter_mut().zip(slope).zip(places) {
        let rise = *slope - *value;
        *value += rise * (place.clamp(0.0, last) - f64::from(*left));
        let outside = *place < 0.0 || *place > last;
        *slope = if outside { 0.0 } else { rise };
    }
}
