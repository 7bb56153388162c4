//! Delimited text: the columns that instruments and spreadsheets export.
//!
//! There is no standard. The reader finds the dialect (separator, decimal sign) that makes the
//! longest table of numbers, takes the lines above as header, and reads columns or, where the axis
//! stands in the first row, rows. What it infers it says in a warning.

mod columns;
mod dialect;
mod facts;
mod field;
mod header;
mod layout;
mod spectra;
mod table;
mod technique;
mod units;

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
        if is_other_text(text) {
            return Confidence::No;
        }
        match dialect::find(text) {
            Some(found) if found.rows >= 3 || found.cells >= 16 => Confidence::Likely,
            _ => Confidence::Possible,
        }
    }

    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError> {
        let (text, encoding) =
            japanese(&input.bytes).map_or_else(|| decode(&input.bytes), |text| (text.into(), None));
        let dialect = dialect::find(&text).ok_or_else(no_numbers)?;
        let table = Table::read(&text, dialect, limits)?;
        let mut reading = spectra::spectra(&table, limits)?;
        reading.warnings.extend(encoding);
        Ok(reading)
    }
}

/// Whether the text is of a kind that has numbers but no table: XML, or a library of peak lists.
fn is_other_text(text: &str) -> bool {
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let mark = |c: char| c.is_alphabetic() || matches!(c, '?' | '!');
    let markup = text
        .strip_prefix('<')
        .is_some_and(|rest| rest.starts_with(mark));
    markup || text.starts_with("### SpectraST") || text.contains("\nNumPeaks:")
}

/// The text of a Japanese JASCO program, which writes Shift-JIS.
fn japanese(bytes: &[u8]) -> Option<String> {
    if std::str::from_utf8(bytes).is_ok() || !bytes.starts_with(b"TITLE") {
        return None;
    }
    let text = encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

fn no_numbers() -> ReadError {
    ReadError::new(ErrorKind::NoData, "no table of numbers was found")
        .expected("lines of at least two numbers, axis and ordinate")
        .advise("export the spectrum as text with its axis")
}
