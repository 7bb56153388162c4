//! What makes a search of many MS/MS references quick: rows by mass, and their peaks by m/z.
//!
//! Peaks by m/z come with the library file. Where it is of an earlier program they are made in memory, as
//! rows by mass are, once enough searches have been asked for.

use super::near::Near;
use crate::library::{PeakIndex, PeakLists, WORTH_INDEXING};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Searches from which making an index pays: it takes as long as some of them without it.
const SEARCHES: usize = 16;

/// Indexes of the references of one group, made when first needed.
#[derive(Debug, Default)]
pub(in crate::search) struct Index {
    searches: AtomicUsize,
    near: OnceLock<Near>,
    /// `None` where lists are not such as can be indexed.
    peaks: OnceLock<Option<PeakIndex>>,
}

/// The indexes that one search may use. Results are the same with and without.
#[derive(Debug, Clone, Copy)]
pub(in crate::search) struct Quick<'a> {
    index: &'a Index,
    /// Whether what is not there may be made.
    worth_making: bool,
}

impl Index {
    /// For the next search of this many rows.
    pub(in crate::search) fn next(&self, rows: usize) -> Quick<'_> {
        let before = self.searches.fetch_add(1, Ordering::Relaxed);
        Quick {
            index: self,
            worth_making: rows >= WORTH_INDEXING && before >= SEARCHES,
        }
    }

    /// However few the rows and searches.
    #[cfg(test)]
    pub(super) fn at_once(&self) -> Quick<'_> {
        Quick {
            index: self,
            worth_making: true,
        }
    }
}

impl<'a> Quick<'a> {
    /// Rows by mass and precursor.
    pub(super) fn near(self, lists: &PeakLists) -> Option<&'a Near> {
        let made = || self.index.near.get_or_init(|| Near::of(lists));
        self.worth_making.then(made)
    }

    /// Peaks and losses by m/z.
    pub(super) fn peaks(self, lists: &'a PeakLists) -> Option<&'a PeakIndex> {
        let made = || {
            self.index
                .peaks
                .get_or_init(|| PeakIndex::of(lists))
                .as_ref()
        };
        lists
            .index
            .as_deref()
            .or_else(|| self.worth_making.then(made)?)
    }
}
