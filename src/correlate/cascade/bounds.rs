//! The bounds of one query with all references.

use super::kernel::{self, Ends, Finish};
use super::query::{Projected, RangeFactor, Shifted};
use super::{Cascade, STRIDE};
use crate::correlate::simd::TILE;
use rayon::prelude::*;
use std::ops::Range;

/// Bounds for one query.
pub(super) struct Bounds<'a> {
    cascade: &'a Cascade<'a>,
    pub projected: Projected,
    /// Positions of the stored sums inside the window.
    stored: [usize; 2],
    factors: Vec<RangeFactor>,
    /// After the first level, by row; padded to whole tiles.
    pub first: Vec<f32>,
}

impl<'a> Bounds<'a> {
    /// `None` where the window is too short to be bounded or the query is constant in it.
    pub(super) fn of(cascade: &'a Cascade<'a>, query: &Shifted<'_>, fewest: usize) -> Option<Self> {
        let window = &query.window;
        let stored = [window.start.div_ceil(STRIDE), window.end / STRIDE];
        if stored[1] <= stored[0] || window.end > cascade.points() {
            return None;
        }
        let windows = query.windows()?;
        let points = stored[0] * STRIDE..stored[1] * STRIDE;
        let mut bounds = Self {
            projected: Projected::of(&windows, window, cascade)?,
            stored,
            factors: cascade
                .measured()
                .map(|(range, _)| query.factor(range, fewest, &points))
                .collect(),
            first: vec![0.0; cascade.padded()],
            cascade,
        };
        bounds.fill();
        Some(bounds)
    }

    fn fill(&mut self) {
        /// Rows of one task: a few hundred kilobytes of codes.
        const TASK: usize = 256 * TILE;
        let mut first = std::mem::take(&mut self.first);
        let codes = self.cascade.first_count();
        let finish = self.finish();
        first
            .par_chunks_mut(TASK)
            .enumerate()
            .for_each(|(task, out)| {
                let rows: Range<usize> = task * TASK..task * TASK + out.len();
                kernel::largest(
                    &self.cascade.first[rows.start * codes..rows.end * codes],
                    &self.projected.directions,
                    out,
                );
                kernel::finish(&finish.part(rows), out);
            });
        self.first = first;
    }

    pub(super) fn finish(&self) -> Finish<'_> {
        let rows = self.cascade.padded();
        let column = |of: &'a [f32], position: usize| &of[position * rows..][..rows];
        let missed = self.projected.missed;
        Finish {
            norms: &self.cascade.norms,
            query: self.projected.norms,
            // A reference's codes have at most its norm, 1, and the norm of their error.
            constant: 1.2 * missed,
            ends: Ends {
                sums: self.stored.map(|at| column(&self.cascade.sums, at)),
                squares: self.stored.map(|at| column(&self.cascade.squares, at)),
            },
            range_of: &self.cascade.range_of,
            factors: &self.factors,
        }
    }

    /// Bound from all coefficients of one reference.
    pub(super) fn second(&self, finish: &Finish<'_>, row: usize, products: &mut [i32]) -> f32 {
        let all = self.cascade.coefficients();
        let codes = &self.cascade.codes[row * all..][..all];
        kernel::code_products(codes, &self.projected.codes, products);
        let [left, error] = [0, 1].map(|part| self.cascade.rest[row * 2 + part]);
        let lags = products.iter().zip(&self.projected.lags);
        let product = lags
            .map(|(product, [step, rounded, query_left])| {
                *product as f32 * step + rounded * (1.0 + error) + left * query_left
            })
            .fold(f32::NEG_INFINITY, f32::max);
        finish.bound(row, product + error)
    }
}
