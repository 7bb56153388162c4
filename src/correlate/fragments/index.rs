//! Building the index.

use super::code::code;
use super::place::{Place, REACH};
use super::view::{Damaged, View};
use super::{BLOCK, is_admitted};
use crate::correlate::score::entropy::Peak;

/// The peaks of many lists in order of block of rows, then m/z, then row. Five bytes a peak, and for
/// each block four bytes for each 1/256 m/z.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Index {
    /// Largest difference of the m/z of two peaks that are the same.
    pub tolerance: f64,
    /// Where the peaks of each block of 65 536 rows start, and where those of the last end.
    pub blocks: Vec<u64>,
    /// For each block one after another: where each bucket of 1/256 m/z starts, counted from the start
    /// of the block, and where the last ends.
    pub buckets: Vec<u32>,
    /// m/z of each peak within its bucket, in steps of 2^-22.
    pub place: Vec<u16>,
    /// Row of each peak within its block.
    pub row: Vec<u16>,
    /// Weight of each peak, rounded up.
    pub code: Vec<u8>,
}

/// A peak in 58 bits, so that plain order is order of m/z, then row: its place, row and code.
fn packed((mz, weight): Peak, row: usize) -> u64 {
    Place::of(mz).bits() << 24 | ((row % BLOCK) as u64) << 8 | u64::from(code(weight))
}

fn place_of(packed: u64) -> Place {
    Place::from_bits(packed >> 24)
}

impl Index {
    /// Of rows 0, 1, and so on, each the peaks of a list in ascending m/z, for a tolerance in m/z of
    /// less than 1; a row may be empty.
    ///
    /// `None` where a list is not as [`is_admitted`] asks, or a block holds 2^32 peaks or more.
    pub fn of<L: Iterator<Item = Peak> + Clone>(
        rows: impl Iterator<Item = L>,
        tolerance: f64,
    ) -> Option<Self> {
        let mut sorted: Vec<Vec<u64>> = Vec::new();
        for (row, peaks) in rows.enumerate() {
            is_admitted(peaks.clone(), tolerance).then_some(())?;
            if row % BLOCK == 0 {
                sorted.push(Vec::new());
            }
            if let Some(block) = sorted.last_mut() {
                let peaks = peaks.filter(|peak| peak.0 < REACH);
                block.extend(peaks.map(|peak| packed(peak, row)));
            }
        }
        sorted.iter_mut().for_each(|block| block.sort_unstable());
        let last = sorted.iter().filter_map(|block| block.last());
        let buckets = last.map(|p| place_of(*p).bucket() + 1).max().unwrap_or(0);
        let mut index = Self {
            tolerance,
            blocks: vec![0],
            ..Self::default()
        };
        for block in sorted {
            index.push(&block, buckets)?;
        }
        Some(index)
    }

    fn push(&mut self, block: &[u64], buckets: usize) -> Option<()> {
        u32::try_from(block.len()).ok()?;
        let first = self.buckets.len();
        self.buckets.resize(first + buckets + 1, 0);
        for packed in block {
            self.buckets[first + place_of(*packed).bucket() + 1] += 1;
            self.place.push(place_of(*packed).within());
            self.row.push((packed >> 8) as u16);
            self.code.push(*packed as u8);
        }
        let mut start = 0;
        for bucket in &mut self.buckets[first..] {
            start += *bucket;
            *bucket = start;
        }
        self.blocks.push(self.code.len() as u64);
        Some(())
    }

    /// The index as slices, for searching.
    ///
    /// # Errors
    /// [`Damaged`] where the vectors were changed and do not fit together.
    pub fn view(&self) -> Result<View<'_>, Damaged> {
        View::new(
            self.tolerance,
            &self.blocks,
            &self.buckets,
            &self.place,
            &self.row,
            &self.code,
        )
    }
}
