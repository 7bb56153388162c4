//! One table, written row by row: CSV, Parquet or a sheet of an Excel workbook.
//!
//! Every writer takes the same rows and checks them the same way. None keeps more than a bounded
//! number of rows, so that memory does not grow with the table, and the same rows give the same
//! bytes.

mod cell;
pub mod csv;
mod error;
pub mod parquet;
pub mod xlsx;

pub use cell::{Cell, Column, Kind};
pub use error::TableError;

/// A table that is being written.
pub trait TableWriter {
    /// Writes the next row, one cell for each column.
    ///
    /// # Errors
    /// Where the number or the kind of the cells is not that of the columns, and where the row
    /// cannot be written. A row that does not fit the columns leaves no part of itself.
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), TableError>;

    /// Writes what is left. A table without this call is incomplete.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn finish(self: Box<Self>) -> Result<(), TableError>;
}

/// Refuses a table without columns.
fn some_columns(columns: &[Column]) -> Result<Vec<Column>, TableError> {
    match columns.is_empty() {
        true => Err(TableError::NoColumns),
        false => Ok(columns.to_vec()),
    }
}

/// Refuses a row that does not fit the columns.
fn check(columns: &[Column], cells: &[Cell<'_>]) -> Result<(), TableError> {
    if columns.len() != cells.len() {
        return Err(TableError::Cells {
            expected: columns.len(),
            found: cells.len(),
        });
    }
    let wrong = columns.iter().zip(cells).find_map(|(column, cell)| {
        Some((column, cell.kind().filter(|kind| *kind != column.kind)?))
    });
    match wrong {
        Some((column, found)) => Err(TableError::Kind {
            column: column.name,
            expected: column.kind,
            found,
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
