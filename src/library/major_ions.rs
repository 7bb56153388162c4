//! The major ions of a group's EI references, kept beside them.

use super::bounds::WORTH_BOUNDING;
use super::{Column, Curves};
use crate::correlate::ions::{MAJOR, majors};

/// What mixtures are first compared with ([`majors`]), so that no reference must be read whole for it.
#[derive(Debug, Default)]
pub struct MajorIons {
    /// m/z, [`MAJOR`] a row, the heaviest first.
    pub mz: Column<u16>,
    /// Shares of the row's summed abundances; 0 where a row has fewer.
    pub share: Column<f32>,
}

impl MajorIons {
    /// Of references weighted by the root of abundance and by m/z; `None` where they are few.
    pub(super) fn of(curves: &Curves) -> Option<Self> {
        let references = curves.references();
        if references.rows() < WORTH_BOUNDING {
            return None;
        }
        let (mz, share) = majors(references.rows(), |row| references.row(row));
        Some(Self {
            mz: mz.into(),
            share: share.into(),
        })
    }

    /// All columns as bytes.
    pub(super) fn bytes(&self) -> [&[u8]; 2] {
        [self.mz.bytes(), self.share.bytes()]
    }

    /// m/z and shares; `None` where they do not fit together (a damaged file).
    pub fn view(&self) -> Option<(&[u16], &[f32])> {
        let fits = self.mz.len() == self.share.len() && self.mz.len().is_multiple_of(MAJOR);
        fits.then_some((&*self.mz, &*self.share))
    }

    /// Rows that they are of.
    pub(super) fn rows(&self) -> Option<usize> {
        self.view().map(|(mz, _)| mz.len() / MAJOR)
    }
}
