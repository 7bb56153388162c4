//! The index of a group's EI references, kept beside them.

use super::bounds::WORTH_BOUNDING;
use super::{Column, Curves};
use crate::correlate::columns::{Columns, ColumnsView, Fields};

/// An index by m/z ([`Columns`]) in columns.
#[derive(Debug, Default)]
pub struct IonColumns {
    /// Points of the grid.
    pub points: usize,
    /// Start of each row.
    pub start: Column<u8>,
    /// For each start: rows that have no ion from there on.
    pub gone: Column<u32>,
    /// Where the strips begin.
    pub strip_at: Column<u32>,
    /// Strips of codes.
    pub strips: Column<u8>,
    /// Where the lists begin.
    pub list_at: Column<u32>,
    /// Rows of the lists.
    pub list_row: Column<u16>,
    /// Codes of the lists.
    pub list_code: Column<u8>,
}

impl IonColumns {
    /// The index of these references; `None` where they are few, or such as cannot be indexed.
    pub(super) fn of(curves: &Curves) -> Option<Self> {
        if curves.start.len() < WORTH_BOUNDING {
            return None;
        }
        let made = Columns::build(curves.points, &curves.values, &curves.start, &curves.end)?;
        Some(Self {
            points: made.points,
            start: made.start.into(),
            gone: made.gone.into(),
            strip_at: made.strip_at.into(),
            strips: made.strips.into(),
            list_at: made.list_at.into(),
            list_row: made.list_row.into(),
            list_code: made.list_code.into(),
        })
    }

    /// All columns as bytes.
    pub(super) fn bytes(&self) -> [&[u8]; 7] {
        [
            self.start.bytes(),
            self.gone.bytes(),
            self.strip_at.bytes(),
            self.strips.bytes(),
            self.list_at.bytes(),
            self.list_row.bytes(),
            self.list_code.bytes(),
        ]
    }

    /// As the search takes it; `None` where the columns do not fit together (a damaged file).
    pub fn view(&self) -> Option<ColumnsView<'_>> {
        ColumnsView::new(Fields {
            points: self.points,
            start: &self.start,
            gone: &self.gone,
            strip_at: &self.strip_at,
            strips: &self.strips,
            list_at: &self.list_at,
            list_row: &self.list_row,
            list_code: &self.list_code,
        })
    }
}
