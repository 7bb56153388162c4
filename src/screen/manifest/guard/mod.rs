//! What a workbook may be before calamine reads it.
//!
//! calamine takes room for what a workbook claims to hold. Where a damaged or hostile one claims
//! more than the machine has, the program would be stopped without a message, which no
//! `catch_unwind` can hinder. So the claims are checked first.

mod compound;
mod extent;
mod package;

pub(super) use compound::compound;
pub(super) use package::{Package, package};

use super::workbook::damaged;

/// Most cells between the outermost filled ones of all sheets together, where they are held as a
/// whole: a little more than a full sheet of an xls workbook.
const MAX_CELLS: u64 = 20_000_000;

/// The refusal of a workbook of more than [`MAX_CELLS`].
fn too_many_cells() -> String {
    "the workbook spreads over more than 20,000,000 cells; delete what lies far from the table, or \
     save the sheet as CSV"
        .to_owned()
}
