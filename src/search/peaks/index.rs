//! What makes a search of many MS/MS references quick: rows by mass, and their peaks by m/z.
//!
//! Made in memory when first asked for. This is the one place to change where a library file brings
//! it along.

use super::evidence::losses;
use super::near::Near;
use crate::correlate::fragments::{Index as Peaks, View};
use crate::library::{PeakLists, Resolution};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// References from which an index pays.
const MANY: usize = 5_000;
/// Searches from which it pays: making it takes as long as some of them without it.
const SEARCHES: usize = 16;

/// Which rows a part of the index holds, and at which resolution: rows of one resolution are compared
/// with a query of another at unit resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub rows: Resolution,
    pub at: Resolution,
}

/// All parts that any query needs.
const PARTS: [Part; 3] = {
    use Resolution::{Fine, Unit};
    let (fine, unit) = (
        Part {
            rows: Fine,
            at: Fine,
        },
        Part {
            rows: Unit,
            at: Unit,
        },
    );
    [
        fine,
        Part {
            rows: Fine,
            at: Unit,
        },
        unit,
    ]
};

/// Indexes of the references of one group.
#[derive(Debug, Default)]
pub(in crate::search) struct Index {
    searches: AtomicUsize,
    near: OnceLock<Near>,
    /// By `PARTS`; `None` where lists are not such as can be indexed.
    peaks: [OnceLock<Option<Pair>>; PARTS.len()],
}

/// Peaks and neutral losses.
#[derive(Debug)]
struct Pair {
    fragments: Peaks,
    losses: Peaks,
}

impl Index {
    /// The index, once enough searches of enough rows have been asked for. Results are the same.
    pub(in crate::search) fn worth_making(&self, rows: usize) -> Option<&Self> {
        let before = self.searches.fetch_add(1, Ordering::Relaxed);
        (rows >= MANY && before >= SEARCHES).then_some(self)
    }

    pub(super) fn near(&self, lists: &PeakLists) -> &Near {
        self.near.get_or_init(|| Near::of(lists))
    }

    /// Peaks and losses of a part; `None` where they cannot be indexed, or the index is damaged.
    pub(super) fn part(&self, lists: &PeakLists, part: Part) -> Option<(View<'_>, View<'_>)> {
        let place = PARTS.iter().position(|p| *p == part)?;
        let pair = self.peaks.get(place)?;
        let pair = pair.get_or_init(|| Pair::of(lists, part)).as_ref()?;
        Some((pair.fragments.view().ok()?, pair.losses.view().ok()?))
    }
}

impl Pair {
    fn of(lists: &PeakLists, part: Part) -> Option<Self> {
        let rows = 0..lists.at_unit.len();
        let list = |row| {
            let here = lists.resolution(row) == part.rows;
            lists
                .at(part.at)
                .row(row)
                .filter(|_| here)
                .into_iter()
                .flatten()
        };
        let precursor = |row: usize| lists.precursor.get(row).copied();
        let lost = |row| {
            let precursor = precursor(row).filter(|mz| mz.is_finite());
            precursor
                .into_iter()
                .flat_map(move |mz| losses(list(row), mz))
        };
        Some(Self {
            fragments: Peaks::of(rows.clone().map(list), part.at.tolerance())?,
            losses: Peaks::of(rows.map(lost), part.at.tolerance())?,
        })
    }
}
