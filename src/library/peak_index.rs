//! Where the peaks and neutral losses of MS/MS references lie by m/z, kept beside them.

use super::peak_lists::neutral_losses;
use super::{Column, PeakLists, Resolution};
use crate::correlate::fragments::{Index, View};

/// References from which searching pays for the room of an index.
pub const WORTH_INDEXING: usize = 5_000;

/// Which rows a part of the index holds, and at which resolution: rows of one resolution are compared
/// with a query of another at unit resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Resolution that the rows were measured at.
    pub rows: Resolution,
    /// Resolution of the peaks that are held.
    pub at: Resolution,
}

impl Part {
    /// All that any query needs.
    pub const ALL: [Self; 3] = {
        use Resolution::{Fine, Unit};
        [
            Self {
                rows: Fine,
                at: Fine,
            },
            Self {
                rows: Fine,
                at: Unit,
            },
            Self {
                rows: Unit,
                at: Unit,
            },
        ]
    };

    /// Name in files.
    pub(super) fn name(self) -> &'static str {
        match (self.rows, self.at) {
            (Resolution::Fine, Resolution::Fine) => "fine",
            (Resolution::Fine, Resolution::Unit) => "fine_at_unit",
            (Resolution::Unit, _) => "unit",
        }
    }
}

/// An index of peaks ([`Index`]) in columns.
#[derive(Debug, Default)]
pub struct Placed {
    /// Its tolerance, one number.
    pub tolerance: Column<f64>,
    /// Where the peaks of each block of rows start.
    pub blocks: Column<u64>,
    /// Where buckets of m/z start.
    pub buckets: Column<u32>,
    /// m/z within a bucket.
    pub place: Column<u16>,
    /// Row within a block.
    pub row: Column<u16>,
    /// Weight, rounded up.
    pub code: Column<u8>,
}

impl Placed {
    fn bytes(&self) -> [&[u8]; 6] {
        [
            self.tolerance.bytes(),
            self.blocks.bytes(),
            self.buckets.bytes(),
            self.place.bytes(),
            self.row.bytes(),
            self.code.bytes(),
        ]
    }

    /// As the search takes it; `None` where the columns do not fit together (a damaged file), or where
    /// it was made for another tolerance than this program compares with.
    fn view(&self, tolerance: f64) -> Option<View<'_>> {
        let own = self.tolerance.first().filter(|own| **own == tolerance)?;
        let view = View::new(
            *own,
            &self.blocks,
            &self.buckets,
            &self.place,
            &self.row,
            &self.code,
        );
        view.ok()
    }
}

impl From<Index> for Placed {
    fn from(index: Index) -> Self {
        Self {
            tolerance: vec![index.tolerance].into(),
            blocks: index.blocks.into(),
            buckets: index.buckets.into(),
            place: index.place.into(),
            row: index.row.into(),
            code: index.code.into(),
        }
    }
}

/// Peaks and neutral losses of all references, by [`Part::ALL`].
#[derive(Debug, Default)]
pub struct PeakIndex {
    /// Of the peaks.
    pub fragments: [Placed; Part::ALL.len()],
    /// Of the losses from each reference's precursor.
    pub losses: [Placed; Part::ALL.len()],
}

impl PeakIndex {
    /// Of these lists; `None` where one of them is not such as can be indexed.
    pub fn of(lists: &PeakLists) -> Option<Self> {
        let mut index = Self::default();
        for (at, part) in Part::ALL.into_iter().enumerate() {
            index.fragments[at] = fragments(lists, part)?.into();
            index.losses[at] = losses(lists, part)?.into();
        }
        Some(index)
    }

    /// Peaks and losses of a part; `None` where they do not fit together (a damaged file) or were made
    /// for other tolerances.
    pub fn part(&self, part: Part) -> Option<(View<'_>, View<'_>)> {
        let at = Part::ALL.iter().position(|p| *p == part)?;
        let tolerance = part.at.tolerance();
        let (fragments, losses) = (self.fragments.get(at)?, self.losses.get(at)?);
        Some((fragments.view(tolerance)?, losses.view(tolerance)?))
    }

    /// All columns as bytes.
    pub(super) fn bytes(&self) -> impl Iterator<Item = &[u8]> {
        let all = self.fragments.iter().chain(&self.losses);
        all.flat_map(Placed::bytes)
    }

    /// Whether each part that this program can use is of this many rows.
    pub(super) fn fits(&self, rows: usize) -> bool {
        let all = self.fragments.iter().chain(&self.losses);
        all.into_iter().all(|placed| {
            let own = placed.tolerance.first().copied();
            let view = own.and_then(|own| placed.view(own));
            view.is_some_and(|view| view.is_of(rows))
        })
    }
}

fn fragments(lists: &PeakLists, part: Part) -> Option<Index> {
    let rows = 0..lists.at_unit.len();
    Index::of(rows.map(|row| list(lists, part, row)), part.at.tolerance())
}

fn losses(lists: &PeakLists, part: Part) -> Option<Index> {
    let lost = |row: usize| {
        let precursor = lists.precursor.get(row).copied();
        let precursor = precursor.filter(|mz| mz.is_finite()).into_iter();
        precursor.flat_map(move |mz| neutral_losses(list(lists, part, row), mz))
    };
    Index::of((0..lists.at_unit.len()).map(lost), part.at.tolerance())
}

/// The peaks of a row, none where it is not of this part.
fn list(
    lists: &PeakLists,
    part: Part,
    row: usize,
) -> impl DoubleEndedIterator<Item = crate::correlate::score::entropy::Peak> + Clone {
    let here = lists.resolution(row) == part.rows;
    let peaks = lists.at(part.at).row(row).filter(|_| here);
    peaks.into_iter().flatten()
}
