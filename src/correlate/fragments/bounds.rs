//! Upper bounds of the similarity of all rows.

use super::code::{STEPS, Table, Tables};
use super::place::Stretch;
use super::view::{Damaged, Found, View};
use super::{BLOCK, Falling, is_admitted};
use crate::correlate::score::entropy::Peak;

/// For each row, an upper bound of a sum of similarities.
#[derive(Debug, Default)]
pub struct Bounds {
    rows: usize,
    /// By row, filled up to whole blocks.
    sums: Vec<u16>,
    unsure: Vec<u32>,
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
    }

    /// Adds to each row a bound of `factor` (0 to 1) times its similarity to these peaks, of ascending
    /// m/z, at a tolerance in m/z that counts as [`Shared::of`] counts it. `false` where the peaks
    /// are not as [`is_admitted`] asks; nothing was added then.
    ///
    /// # Errors
    /// [`Damaged`] where the index is of another number of rows or does not fit together; the bounds
    /// mean nothing then.
    ///
    /// [`Shared::of`]: crate::correlate::score::entropy::Shared::of
    pub fn add(
        &mut self,
        index: &View<'_>,
        peaks: &[Peak],
        tolerance: f64,
        factor: f64,
    ) -> Result<bool, Damaged> {
        if !is_admitted(peaks.iter().copied()) {
            return Ok(false);
        }
        index.is_of(self.rows).then_some(()).ok_or(Damaged)?;
        let tables = Tables::new();
        let query: Vec<(Stretch, Table)> = peaks
            .iter()
            .map(|(mz, weight)| {
                (
                    Stretch::around(*mz, tolerance),
                    tables.table(*weight, factor),
                )
            })
            .collect();
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

    /// The bounds in steps of 1/16384, in order of rows.
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
    match sum {
        u16::MAX => f64::INFINITY,
        sum => f64::from(sum) / STEPS,
    }
}

/// Adds what each peak found brings to its row. Rows and codes index without a check: they are no
/// larger than the arrays by their types.
fn scatter(found: &Found<'_>, table: &Table, sums: &mut [u16; BLOCK]) {
    for (row, code) in found.row.iter().zip(found.code) {
        let sum = &mut sums[usize::from(*row)];
        *sum = sum.saturating_add(table[usize::from(*code)]);
    }
}
