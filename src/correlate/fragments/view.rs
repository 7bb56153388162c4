//! The index as slices, wherever they are kept.

use super::BLOCK;
use super::place::{Place, Stretch};
use std::ops::Range;
use thiserror::Error;

/// An index whose parts do not fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("The fragment index is damaged.")]
pub struct Damaged;

/// A fragment index in borrowed slices: the fields of [`Index`](super::Index).
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    tolerance: f64,
    blocks: &'a [u64],
    buckets: &'a [u32],
    /// Buckets of a block, and one.
    width: usize,
    place: &'a [u16],
    row: &'a [u16],
    code: &'a [u8],
}

/// The peaks of a block that may lie within a stretch.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub row: &'a [u16],
    pub code: &'a [u8],
    /// Those that surely do.
    sure: Range<usize>,
}

impl Found<'_> {
    /// Rows of the peaks that may lie outside.
    pub fn unsure(&self) -> impl Iterator<Item = u16> + '_ {
        let before = self.row.iter().take(self.sure.start);
        before.chain(self.row.iter().skip(self.sure.end)).copied()
    }
}

impl<'a> View<'a> {
    /// Of values named as the fields of [`Index`](super::Index). Looks at the lengths and the starts
    /// of the blocks only, so that opening a mapped file stays cheap; [`View::check`] looks at all
    /// starts.
    ///
    /// # Errors
    /// [`Damaged`] where they do not fit together.
    pub fn new(
        tolerance: f64,
        blocks: &'a [u64],
        buckets: &'a [u32],
        place: &'a [u16],
        row: &'a [u16],
        code: &'a [u8],
    ) -> Result<Self, Damaged> {
        let count = blocks.len().checked_sub(1).ok_or(Damaged)?;
        let width = buckets.len().checked_div(count).unwrap_or(0);
        let fits = (0.0..1.0).contains(&tolerance)
            && blocks.is_sorted()
            && blocks.first() == Some(&0)
            && blocks.last() == Some(&(code.len() as u64))
            && buckets.len() == count * width
            && (count == 0 || width > 0)
            && place.len() == code.len()
            && row.len() == code.len();
        fits.then_some(Self {
            tolerance,
            blocks,
            buckets,
            width,
            place,
            row,
            code,
        })
        .ok_or(Damaged)
    }

    /// Looks at the starts of all buckets. A search does without: it reports those that it meets.
    ///
    /// # Errors
    /// [`Damaged`] where the buckets of a block do not cover its peaks in order.
    pub fn check(&self) -> Result<(), Damaged> {
        for block in 0..self.blocks() {
            let (starts, peaks) = self.starts(block).ok_or(Damaged)?;
            let covers = starts.first() == Some(&0)
                && starts.last().map(|n| *n as usize) == Some(peaks.len())
                && starts.is_sorted();
            covers.then_some(()).ok_or(Damaged)?;
        }
        Ok(())
    }

    /// Largest difference of the m/z of two peaks that are the same.
    pub fn tolerance(&self) -> f64 {
        self.tolerance
    }

    /// Number of blocks of 65 536 rows, the last of which may be short.
    pub fn blocks(&self) -> usize {
        self.blocks.len() - 1
    }

    /// Whether the index is of this many rows, as far as blocks tell.
    pub fn is_of(&self, rows: usize) -> bool {
        self.blocks() == rows.div_ceil(BLOCK)
    }

    /// Starts of the buckets of a block, and where its peaks are.
    fn starts(&self, block: usize) -> Option<(&'a [u32], Range<usize>)> {
        let at = |block: usize| usize::try_from(*self.blocks.get(block)?).ok();
        let starts = self
            .buckets
            .get(block * self.width..(block + 1) * self.width)?;
        Some((starts, at(block)?..at(block + 1)?))
    }

    /// The peaks of a block that may lie within a stretch; `None` where the starts are damaged.
    pub(super) fn find(&self, block: usize, stretch: &Stretch) -> Option<Found<'a>> {
        let (starts, peaks) = self.starts(block)?;
        let place = self.place.get(peaks.clone())?;
        let bucket = |at: Place| {
            let Some(end) = starts.get(at.bucket() + 1) else {
                return Some(place.len()..place.len());
            };
            let bucket = *starts.get(at.bucket())? as usize..*end as usize;
            place.get(bucket.clone()).map(|_| bucket)
        };
        let from = |at: Place, bucket: &Range<usize>| {
            let inside = &place[bucket.clone()];
            bucket.start + inside.partition_point(|p| *p < at.within())
        };
        let (low, high) = (bucket(stretch.first)?, bucket(stretch.end)?);
        let (first, end) = (from(stretch.first, &low), from(stretch.end, &high));
        // Few peaks lie on the step of an end, so they are counted rather than searched for.
        let sure = match stretch.sure.bucket() == stretch.first.bucket() {
            true => {
                let before = |p: &&u16| **p < stretch.sure.within();
                first + place[first..low.end].iter().take_while(before).count()
            }
            false => from(stretch.sure, &bucket(stretch.sure)?),
        };
        let unsure = match stretch.unsure.bucket() == stretch.end.bucket() {
            true => {
                let beyond = |p: &&u16| **p >= stretch.unsure.within();
                let inside = place[high.start..end].iter().rev();
                end - inside.take_while(beyond).count()
            }
            false => from(stretch.unsure, &bucket(stretch.unsure)?),
        };
        Some(Found {
            row: self.row.get(peaks.clone())?.get(first..end)?,
            code: self.code.get(peaks)?.get(first..end)?,
            sure: sure.checked_sub(first)?..unsure.checked_sub(first)?,
        })
    }
}
