//! The search: bounds of all rows, then the scores of those that matter.

use super::kernel::{self, Level};
use super::query::Coded;
use super::select::First;
use super::view::Column;
use super::{BLOCK, ColumnsView, LATEST_START, LINE};
use crate::correlate::shortlist::Shortlist;
use crate::correlate::{Engine, Query, Wanted};
use std::ops::Range;

/// Rows that may be scored however small the library is.
const FEW: usize = 1000;

/// Result of [`ColumnsView::best`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Best {
    /// The best rows and their scores, -1 to 1: the highest score first, of equals the earlier row.
    pub rows: Vec<(usize, f64)>,
    /// Rows that have nothing to be compared in the window.
    pub left_out: usize,
    /// Rows that were scored by the engine.
    pub scored: usize,
}

impl ColumnsView<'_> {
    /// The wanted rows by [`Engine::unshifted`], which scores the signal that `row` gives
    /// (on the whole grid, with its measured range) for a row number.
    ///
    /// `None` where the index is of no use and all rows have to be scored: a query or an engine that it
    /// does not cover, too many rows whose bounds are as high as the best scores, or damage.
    pub fn best<'r>(
        &self,
        engine: &Engine,
        query: &Query,
        wanted: Wanted<'_>,
        row: impl Fn(usize) -> Option<(&'r [f32], Range<usize>)>,
    ) -> Option<Best> {
        self.best_at(Level::best(), engine, query, wanted, row)
    }

    pub(super) fn best_at<'r>(
        &self,
        level: Level,
        engine: &Engine,
        query: &Query,
        wanted: Wanted<'_>,
        row: impl Fn(usize) -> Option<(&'r [f32], Range<usize>)>,
    ) -> Option<Best> {
        let coded = Coded::new(self, engine, query)?;
        let mut best = Best {
            left_out: self.left_out(coded.start)?,
            ..Best::default()
        };
        let mut first = First::new(wanted);
        let mut sums = vec![0_u16; self.rows().next_multiple_of(LINE)];
        for (block, sums) in sums.chunks_mut(BLOCK).enumerate() {
            self.bound(level, block, &coded, sums)?;
            first.look(block * BLOCK, sums);
        }
        let score = |at: usize| {
            let (values, range) = row(at)?;
            engine.unshifted(query, values, range)
        };
        let mut seeds = first.rows();
        seeds.sort_unstable();
        let mut found = Shortlist::new(wanted);
        let mut add = |found: &mut Shortlist<'_>, at: usize| {
            best.scored += 1;
            if let Some(score) = score(at) {
                found.add(at, score);
            }
        };
        for at in &seeds {
            add(&mut found, *at);
        }
        let is_seed = |at: &usize| seeds.binary_search(at).is_ok();
        match found.least() {
            Some(threshold) => {
                let threshold = Some(threshold).filter(|t| *t > 0.0)?;
                let mut rest = self.reaching(threshold, &sums, &coded)?;
                rest.retain(|(at, _)| !is_seed(at));
                for (at, bound) in rest {
                    if found.least().is_some_and(|t| bound < t) {
                        break;
                    }
                    add(&mut found, at);
                }
            }
            None => {
                // Too few substances have an ion in common; the rows that have none score 0.
                let rows = 0..self.rows();
                for at in rows.clone().filter(|at| sums[*at] > 0 && !is_seed(at)) {
                    add(&mut found, at);
                }
                for at in rows.filter(|at| sums[*at] == 0) {
                    if found.least().is_some() {
                        break;
                    }
                    add(&mut found, at);
                }
            }
        }
        best.rows = found.into_rows();
        Some(best)
    }

    /// Rows that have no ion from `start` on.
    fn left_out(&self, start: usize) -> Option<usize> {
        let gone = *self.fields.gone.get(start)? as usize;
        (gone <= self.rows()).then_some(gone)
    }

    /// The bounds of all rows, for tests.
    #[cfg(test)]
    pub(super) fn bounds(&self, level: Level, engine: &Engine, query: &Query) -> Option<Vec<f64>> {
        let coded = Coded::new(self, engine, query)?;
        let mut sums = vec![0; self.rows().next_multiple_of(LINE)];
        for (block, sums) in sums.chunks_mut(BLOCK).enumerate() {
            self.bound(level, block, &coded, sums)?;
        }
        let bounds = sums.iter().zip(self.fields.start);
        Some(
            bounds
                .map(|(sum, start)| coded.bound(*sum, *start))
                .collect(),
        )
    }

    /// Rows whose bound is at least `threshold`, the highest first. `None` where they are too many for
    /// the index to be of use.
    fn reaching(&self, threshold: f64, sums: &[u16], coded: &Coded) -> Option<Vec<(usize, f64)>> {
        let most = (self.rows() / 4).max(FEW);
        let mut found = Vec::new();
        for (block, sums) in sums.chunks(BLOCK).enumerate() {
            let rows = self.rows_of(block);
            let starts = self.fields.start.get(rows.clone())?;
            let latest = usize::from(starts.iter().copied().max()?).min(LATEST_START);
            let least = (threshold / coded.unit[latest] * (1.0 - 1e-12)).min(f64::from(u16::MAX));
            let least = least as u16;
            for (line, (sums, starts)) in sums.chunks(LINE).zip(starts.chunks(LINE)).enumerate() {
                if sums.iter().copied().fold(0, u16::max) < least {
                    continue;
                }
                for (at, (sum, start)) in sums.iter().zip(starts).enumerate() {
                    let bound = coded.bound(*sum, *start);
                    if bound >= threshold {
                        found.push((rows.start + LINE * line + at, bound));
                    }
                }
            }
            if found.len() > most {
                return None;
            }
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        Some(found)
    }

    /// Leaves in `sums` (of zeros) the bounds of a block in the query's unit for rows that start no
    /// later.
    fn bound(&self, level: Level, block: usize, coded: &Coded, sums: &mut [u16]) -> Option<()> {
        let mut strips: Vec<(&[u8], u8)> = Vec::with_capacity(coded.ions.len());
        let mut lists = Vec::with_capacity(coded.ions.len());
        for (column, weight) in &coded.ions {
            match self.column(block, *column)? {
                Column::Strip(codes) => strips.push((codes, *weight)),
                Column::List(rows, codes) => lists.push((rows, codes, *weight)),
            }
        }
        kernel::add(level, sums, &kernel::pairs(&strips));
        for (rows, codes, weight) in lists {
            for (row, code) in rows.iter().zip(codes) {
                let sum = sums.get_mut(usize::from(*row))?;
                *sum = sum.saturating_add(u16::from(*code) * u16::from(weight));
            }
        }
        match self.column(block, self.fields.points + coded.start)? {
            Column::Strip(losses) => kernel::relieve(level, sums, losses),
            Column::List(rows, losses) => {
                for (row, loss) in rows.iter().zip(losses) {
                    let sum = sums.get_mut(usize::from(*row))?;
                    kernel::relieve(Level::Portable, std::slice::from_mut(sum), &[*loss]);
                }
            }
        }
        Some(())
    }
}
