//! Rows as CSV that a spreadsheet may open: RFC 4180 in UTF-8 with line ends of one line feed.
//!
//! Spreadsheets take a text that begins with `=`, `+`, `-`, `@`, a tab, a carriage return or a line
//! feed for a formula, and a formula can start programs. Such a text gets a leading apostrophe,
//! unless it is a number.

use csv::{ReaderBuilder, Writer, WriterBuilder};
use serde::Serialize;
use std::io::Write;

/// Writes rows whose cells no spreadsheet takes for formulas.
pub struct Sheet<W: Write> {
    out: Writer<W>,
    /// Whether the next row that is serialised brings its headings.
    headings: bool,
}

impl<W: Write> Sheet<W> {
    /// With a line of headings before the first serialised row.
    pub fn new(out: W) -> Self {
        Self::with_headings(out, true)
    }

    /// With or without the line of headings before the first serialised row.
    pub fn with_headings(out: W, headings: bool) -> Self {
        // Columns are the caller's; rows of one table are as long as its first.
        let out = WriterBuilder::new().has_headers(false).from_writer(out);
        Self { out, headings }
    }

    /// A row from a struct, whose fields are the headings.
    ///
    /// # Errors
    /// Where the row has no form in CSV or cannot be written.
    pub fn serialize(&mut self, row: impl Serialize) -> Result<(), csv::Error> {
        let mut plain = WriterBuilder::new()
            .has_headers(std::mem::take(&mut self.headings))
            .from_writer(Vec::new());
        plain.serialize(row)?;
        let plain = plain.into_inner().map_err(|full| full.into_error())?;
        let mut rows = ReaderBuilder::new()
            .has_headers(false)
            .from_reader(&plain[..]);
        for row in rows.records() {
            self.write_record(row?.iter())?;
        }
        Ok(())
    }

    /// A row of texts.
    ///
    /// # Errors
    /// Where it cannot be written or is not as long as the first.
    pub fn write_record<T: AsRef<str>>(
        &mut self,
        cells: impl IntoIterator<Item = T>,
    ) -> Result<(), csv::Error> {
        self.out
            .write_record(cells.into_iter().map(|cell| harmless(cell.as_ref())))
    }

    /// Writes what is held back.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

impl Sheet<Vec<u8>> {
    /// The whole table.
    ///
    /// # Errors
    /// Never for memory; the type is that of all writers.
    pub fn into_bytes(self) -> std::io::Result<Vec<u8>> {
        self.out.into_inner().map_err(|full| full.into_error())
    }
}

/// A text as a cell that no spreadsheet takes for a formula.
pub fn harmless(text: &str) -> String {
    match is_formula(text) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// Whether a spreadsheet would take this text for a formula.
pub fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && !is_number(text)
}

/// Whether a text is a decimal number: sign, digits, point, digits, exponent.
fn is_number(text: &str) -> bool {
    let digits = |c: char| c.is_ascii_digit();
    let body = unsigned(text);
    let (mantissa, exponent) = match body.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (body, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let power = exponent.is_none_or(|power| {
        let power = unsigned(power);
        !power.is_empty() && power.chars().all(digits)
    });
    !whole.is_empty() && whole.chars().all(digits) && fraction.chars().all(digits) && power
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_formulas() {
        for number in ["-5", "+1.25", "-1e-7", "+3.E+2", "-0.5"] {
            assert!(!is_formula(number), "{number}");
        }
        for formula in [
            "=1+1",
            "+1+1",
            "-1-1",
            "-",
            "+",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "-1e",
            "-.5x",
            "-1,5",
            "-cmd|' /C calc'!A0",
            "-\u{661}",
        ] {
            assert!(is_formula(formula), "{formula}");
        }
        for text in ["", "1", "a=b", " =1", "(-)-a", "'=1"] {
            assert!(!is_formula(text), "{text}");
        }
    }

    #[test]
    fn rows_of_structs_and_of_texts_hold_no_formula() {
        #[derive(Serialize)]
        struct Row<'a> {
            id: &'a str,
            score: Option<f64>,
        }
        let mut sheet = Sheet::new(Vec::new());
        for id in ["=1+1", "a,\"b\""] {
            let score = Some(-0.5);
            sheet.serialize(Row { id, score }).unwrap();
        }
        sheet.write_record(["@SUM(A1)", "-2"]).unwrap();
        let written = String::from_utf8(sheet.into_bytes().unwrap()).unwrap();
        assert_eq!(
            written,
            "id,score\n'=1+1,-0.5\n\"a,\"\"b\"\"\",-0.5\n'@SUM(A1),-2\n"
        );
    }
}
