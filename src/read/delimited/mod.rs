//! Delimited text: the columns that instruments and spreadsheets export.
//!
//! There is no standard. The reader finds the dialect (separator, decimal sign) that makes the
//! longest table of numbers, takes the lines above as header, and reads columns or, where the axis
//! stands in the first row, rows. What it infers it says in a warning.

mod columns;
mod dialect;
mod header;
mod table;

use super::error::{ErrorKind, ReadError};
use super::text::decode;
use super::{Confidence, Input, Limits, Reader, Reading};
use table::Table;

/// Reader of delimited text.
pub struct Delimited;

impl Reader for Delimited {
    fn id(&self) -> &'static str {
        "delimited"
    }

    fn label(&self) -> &'static str {
        "delimited text (CSV, TSV, TXT)"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[
            "csv", "txt", "tsv", "tab", "dat", "asc", "prn", "dpt", "xy", "ttt", "jaz", "dx",
        ]
    }

    fn sniff(&self, input: &Input) -> Confidence {
        if !input.is_text() {
            return Confidence::No;
        }
        let text = input.head_text();
        match dialect::find(text) {
            Some(found) if found.rows >= 3 || found.cells >= 16 => Confidence::Likely,
            _ => Confidence::Possible,
        }
    }

    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError> {
        let (text, encoding) = decode(&input.bytes);
        let dialect = dialect::find(&text).ok_or_else(no_numbers)?;
        let table = Table::read(&text, dialect, limits)?;
        let mut reading = columns::spectra(&table, limits)?;
        reading.warnings.extend(encoding);
        Ok(reading)
    }
}

fn no_numbers() -> ReadError {
    ReadError::new(ErrorKind::NoData, "no table of numbers was found")
        .expected("lines of at least two numbers, axis and ordinate")
        .advise("export the spectrum as text with its axis")
}
