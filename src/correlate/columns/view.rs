//! The index on numbers that lie elsewhere, with checked look-ups.

use super::{BLOCK, LINE, NO_STRIP, STARTS};
use std::ops::Range;

/// The fields of a [`Columns`](super::Columns), which may lie anywhere, as in a mapped file.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "documented where they are made")]
pub struct Fields<'a> {
    pub points: usize,
    pub start: &'a [u8],
    pub gone: &'a [u32],
    pub strip_at: &'a [u32],
    pub strips: &'a [u8],
    pub list_at: &'a [u32],
    pub list_row: &'a [u16],
    pub list_code: &'a [u8],
}

/// An index that can be searched: fields whose lengths fit together.
#[derive(Debug, Clone, Copy)]
pub struct ColumnsView<'a> {
    pub(super) fields: Fields<'a>,
}

impl<'a> ColumnsView<'a> {
    /// `None` where the lengths do not fit together (a damaged file); places are checked when they are
    /// used.
    pub fn new(fields: Fields<'a>) -> Option<Self> {
        let columns = fields.points.checked_add(STARTS)?;
        let blocks = fields.start.len().div_ceil(BLOCK);
        let cells = blocks.checked_mul(columns)?;
        let lists = *fields.list_at.last()? as usize;
        let fits = fields.gone.len() == STARTS
            && fields.strip_at.len() == cells
            && fields.list_at.len() - 1 == cells
            && fields.strips.len().is_multiple_of(LINE)
            && fields.list_row.len() == lists
            && fields.list_code.len() == lists;
        fits.then_some(Self { fields })
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.fields.start.len()
    }

    /// Rows of a block.
    pub(super) fn rows_of(&self, block: usize) -> Range<usize> {
        let first = block * BLOCK;
        first..(first + BLOCK).min(self.rows())
    }

    /// The codes of a column in a block; `None` where the places are outside the vectors.
    pub(super) fn column(&self, block: usize, column: usize) -> Option<Column<'a>> {
        let cell = block * (self.fields.points + STARTS) + column;
        match *self.fields.strip_at.get(cell)? {
            NO_STRIP => {
                let list = *self.fields.list_at.get(cell)? as usize
                    ..*self.fields.list_at.get(cell + 1)? as usize;
                Some(Column::List(
                    self.fields.list_row.get(list.clone())?,
                    self.fields.list_code.get(list)?,
                ))
            }
            line => {
                let bytes = self.rows_of(block).len().next_multiple_of(LINE);
                let from = LINE * line as usize;
                Some(Column::Strip(self.fields.strips.get(from..from + bytes)?))
            }
        }
    }
}

/// The codes of a column in a block.
pub(super) enum Column<'a> {
    /// One code for each row, padded.
    Strip(&'a [u8]),
    /// Rows and their codes; all others are 0.
    List(&'a [u16], &'a [u8]),
}
