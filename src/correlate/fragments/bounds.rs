//! Upper bounds of the similarity of all rows.

use super::code::{STEPS, Table, Tables};
use super::place::Stretch;
use super::view::{Damaged, Found, View};
use super::{BLOCK, Falling, is_admitted};
use crate::correlate::score::entropy::Peak;

/// More than the sum that the weights of two lists, of which those of one are rounded up, allow.
const WHOLE_SUM: f64 = 2.1;
/// More than what rounding up the terms of one peak of a query adds, in steps.
const ROUNDED_UP: f64 = 3.0;

/// For each row, an upper bound of a sum of similarities.
#[derive(Debug, Default)]
pub struct Bounds {
    rows: usize,
    /// By row, filled up to whole blocks.
    sums: Vec<u16>,
    unsure: Vec<u32>,
    /// What a sum can have come to at most, in steps.
    most: f64,
}

impl Bounds {
    /// All zero.
    pub fn new(rows: usize) -> Self {
        let mut bounds = Self::default();
        bounds.reset(rows);
        bounds
    }

    /// Back to zero for this many rows, keeping the memory.
    pub fn reset(&mut self, rows: usize) {
        self.rows = rows;
        self.sums.clear();
        self.sums.resize(rows.div_ceil(BLOCK) * BLOCK, 0);
        self.unsure.clear();
        self.most = 0.0;
    }

    /// Adds to each row a bound of `factor` (0 to 1) times its similarity to these peaks, of ascending
    /// m/z, which count as [`Shared::of`] counts them at the index's tolerance.
    ///
    /// `false` where the peaks are not as [`is_admitted`] asks, reach m/z 4096, or may bring a sum to
    /// more than 16 bits hold, of which one call takes a fifth to a quarter times `factor`; nothing
    /// was added then.
    ///
    /// # Errors
    /// [`Damaged`] where the index is of another number of rows or does not fit together; the bounds
    /// mean nothing then.
    ///
    /// [`Shared::of`]: crate::correlate::score::entropy::Shared::of
    pub fn add(&mut self, index: &View<'_>, peaks: &[Peak], factor: f64) -> Result<bool, Damaged> {
        index.is_of(self.rows).then_some(()).ok_or(Damaged)?;
        let most = self.most + factor * WHOLE_SUM * STEPS + peaks.len() as f64 * ROUNDED_UP;
        let tables = Tables::new();
        let each = |(mz, weight): &Peak| {
            let stretch = Stretch::around(*mz, index.tolerance())?;
            Some((stretch, tables.table(*weight, factor)))
        };
        let admitted = is_admitted(peaks.iter().copied(), index.tolerance());
        let admitted = admitted && most <= f64::from(u16::MAX) && (0.0..=1.0).contains(&factor);
        let query = admitted.then(|| peaks.iter().map(each).collect());
        let Some(query): Option<Vec<(Stretch, Table)>> = query.flatten() else {
            return Ok(false);
        };
        self.most = most;
        let (sums, _) = self.sums.as_chunks_mut::<BLOCK>();
        for (block, sums) in sums.iter_mut().enumerate() {
            for (stretch, table) in &query {
                let found = index.find(block, stretch).ok_or(Damaged)?;
                scatter(&found, table, sums);
                let rows = found
                    .unsure()
                    .map(|row| (block * BLOCK) as u32 + u32::from(row));
                self.unsure.extend(rows);
            }
        }
        Ok(true)
    }

    /// The bound of a row.
    pub fn of(&self, row: usize) -> f64 {
        value(self.sums().get(row).copied().unwrap_or(0))
    }

    /// The bounds in steps of 1/8192, in order of rows.
    pub fn sums(&self) -> &[u16] {
        self.sums.get(..self.rows).unwrap_or_default()
    }

    /// Rows of peaks of which it is not known whether they lie within the tolerance, perhaps several
    /// times. They count in the bounds.
    pub fn unsure(&self) -> &[u32] {
        &self.unsure
    }

    /// Rows of which the bound reaches this value, which is above zero, ascending.
    pub fn at_least(&self, least: f64) -> Vec<u32> {
        let least = (least * STEPS).ceil() as u16;
        let mut rows = Vec::new();
        for (chunk, sums) in self.sums().chunks(64).enumerate() {
            if sums.iter().fold(0, |most: u16, s| most.max(*s)) >= least {
                let reached = (0_u32..).zip(sums).filter(|(_, s)| **s >= least);
                rows.extend(reached.map(|(row, _)| (chunk * 64) as u32 + row));
            }
        }
        rows
    }

    /// Rows of bounds above zero with their bounds, by falling bound.
    pub fn falling(&self) -> Falling<'_> {
        Falling::new(self.sums())
    }
}

/// A sum as the similarity that it stands for.
pub(super) fn value(sum: u16) -> f64 {
    f64::from(sum) / STEPS
}

/// Adds what each peak found brings to its row; no sum overflows that is of a sound index. Rows and
/// codes index without a check: they are no larger than the arrays by their types.
fn scatter(found: &Found<'_>, table: &Table, sums: &mut [u16; BLOCK]) {
    for (row, code) in found.row.iter().zip(found.code) {
        let sum = &mut sums[usize::from(*row)];
        *sum = sum.wrapping_add(table[usize::from(*code)]);
    }
}
