//! Why a table could not be written.

use super::Kind;
use rust_xlsxwriter::XlsxError;
use std::io;

/// Why a table could not be written.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// A table of no columns.
    #[error("a table needs at least one column")]
    NoColumns,
    /// A row of too many or too few cells.
    #[error("a row has {found} cells, but the table has {expected} columns")]
    Cells {
        /// Columns of the table.
        expected: usize,
        /// Cells of the row.
        found: usize,
    },
    /// A cell that does not fit its column.
    #[error("column {column} takes {expected}, but the row has {found} there")]
    Kind {
        /// Heading of the column.
        column: &'static str,
        /// What the column takes.
        expected: Kind,
        /// What the row has.
        found: Kind,
    },
    /// The CSV file could not be written.
    #[error("the CSV table cannot be written: {0}")]
    Csv(#[from] ::csv::Error),
    /// The file could not be written.
    #[error("the table cannot be written: {0}")]
    Io(#[from] io::Error),
    /// The Parquet file could not be written.
    #[error("the Parquet table cannot be written: {0}")]
    Parquet(#[from] ::parquet::errors::ParquetError),
    /// The workbook could not be written.
    #[error("the Excel workbook cannot be written: {0}")]
    Workbook(#[from] XlsxError),
    /// The workbook's temporary file could not be written.
    #[error(
        "the temporary file of the Excel workbook cannot be written ({0}); is there free space on \
         the disk of the output folder?"
    )]
    Scratch(String),
    /// The workbook was finished before one of its sheets.
    #[error("the sheet {0} of the Excel workbook was not finished")]
    Unfinished(String),
}
