//! Rows and cells of delimited text (RFC 4180) with their lines and bytes.
//!
//! The bytes matter: a signature covers the exact bytes of a file, and stands in one of its cells.

use super::limits::CELLS;
use std::borrow::Cow;
use std::ops::Range;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell<'a> {
    /// Its text without quotation marks and without white space around.
    pub text: Cow<'a, str>,
    /// Its bytes in the text, with quotation marks.
    pub bytes: Range<usize>,
}

/// What is wrong with the quotation marks of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoting {
    /// A mark that is opened is never closed.
    Unclosed,
    /// Something stands between a closing mark and the next delimiter.
    Trailing,
}

/// One row, which may go over several lines where cells are quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row<'a> {
    /// Line on which it begins, counted from 1.
    pub line: usize,
    /// The first cells; no more than [`CELLS`].
    pub cells: Vec<Cell<'a>>,
    /// How many cells there are.
    pub width: usize,
    /// What is wrong with it.
    pub fault: Option<Quoting>,
}

impl Row<'_> {
    /// Whether no cell holds anything.
    pub fn is_blank(&self) -> bool {
        self.width == self.cells.len() && self.cells.iter().all(|cell| cell.text.is_empty())
    }

    /// Text of a cell; empty where the row is too short.
    pub fn text(&self, index: usize) -> &str {
        self.cells.get(index).map_or("", |cell| &cell.text)
    }
}

/// The rows of a text from some byte on.
#[derive(Debug, Clone)]
pub(super) struct Rows<'a> {
    text: &'a str,
    delimiter: u8,
    at: usize,
    line: usize,
}

impl<'a> Rows<'a> {
    /// `at` is a byte of the text, and `line` the line of that byte.
    pub fn new(text: &'a str, delimiter: u8, at: usize, line: usize) -> Self {
        Self {
            text,
            delimiter,
            at,
            line,
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn is_end(byte: u8) -> bool {
        matches!(byte, b'\n' | b'\r')
    }

    /// Goes over the end of a line: LF, CR LF or CR.
    fn over_end(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += match rest {
            [b'\r', b'\n', ..] => 2,
            [_, ..] => 1,
            [] => return,
        };
        self.line += 1;
    }

    /// Reads a cell up to its delimiter or the end of its line.
    fn cell(&mut self, fault: &mut Option<Quoting>) -> Cell<'a> {
        let start = self.at;
        let mut text = Cow::Borrowed("");
        if self.byte() == Some(b'"') {
            self.at += 1;
            text = self.quoted(fault);
        }
        let plain = self.at;
        while self
            .byte()
            .is_some_and(|b| b != self.delimiter && !Self::is_end(b))
        {
            self.at += 1;
        }
        let rest = self.text.get(plain..self.at).unwrap_or_default();
        match plain == start {
            true => text = Cow::Borrowed(rest.trim()),
            false if rest.trim().is_empty() => {}
            false => {
                fault.get_or_insert(Quoting::Trailing);
            }
        }
        Cell {
            text,
            bytes: start..self.at,
        }
    }

    /// What stands between quotation marks, of which the first is read already.
    fn quoted(&mut self, fault: &mut Option<Quoting>) -> Cow<'a, str> {
        let mut joined = String::new();
        let mut from = self.at;
        while let Some(byte) = self.byte() {
            if Self::is_end(byte) {
                self.over_end();
                continue;
            }
            self.at += 1;
            if byte != b'"' {
                continue;
            }
            let part = self.text.get(from..self.at - 1).unwrap_or_default();
            if self.byte() != Some(b'"') {
                return match joined.is_empty() {
                    true => Cow::Borrowed(part.trim()),
                    false => Cow::Owned((joined + part).trim().to_owned()),
                };
            }
            joined.push_str(part);
            joined.push('"');
            self.at += 1;
            from = self.at;
        }
        *fault = Some(Quoting::Unclosed);
        let part = self.text.get(from..).unwrap_or_default();
        Cow::Owned((joined + part).trim().to_owned())
    }
}

impl<'a> Iterator for Rows<'a> {
    type Item = Row<'a>;

    fn next(&mut self) -> Option<Row<'a>> {
        self.byte()?;
        let mut row = Row {
            line: self.line,
            cells: Vec::new(),
            width: 0,
            fault: None,
        };
        loop {
            let cell = self.cell(&mut row.fault);
            row.width += 1;
            if row.cells.len() < CELLS {
                row.cells.push(cell);
            }
            match self.byte() {
                Some(byte) if byte == self.delimiter => self.at += 1,
                _ => break,
            }
        }
        self.over_end();
        Some(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str) -> Vec<Row<'_>> {
        Rows::new(text, b',', 0, 1).collect()
    }

    fn texts(text: &str) -> Vec<(usize, Vec<String>)> {
        let owned = |row: Row<'_>| row.cells.iter().map(|c| c.text.to_string()).collect();
        rows(text).into_iter().map(|r| (r.line, owned(r))).collect()
    }

    #[test]
    fn cells_lines_and_bytes() {
        let text = "a, b ,\"c,\"\"d\"\"\"\r\n\r\"x\r\ny\",z\n\n\u{e01}";
        let found = texts(text);
        let cells = |cells: &[&str]| cells.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            found,
            [
                (1, cells(&["a", "b", "c,\"d\""])),
                (2, cells(&[""])),
                (3, cells(&["x\r\ny", "z"])),
                (5, cells(&[""])),
                (6, cells(&["\u{e01}"])),
            ]
        );
        let first = &rows(text)[0];
        assert_eq!(&text[first.cells[1].bytes.clone()], " b ");
        assert_eq!(&text[first.cells[2].bytes.clone()], "\"c,\"\"d\"\"\"");
    }

    #[test]
    fn wrong_quotation_marks_are_told() {
        assert_eq!(rows("a,\"b\nc,d\n")[0].fault, Some(Quoting::Unclosed));
        assert_eq!(rows("\"a\"b,c")[0].fault, Some(Quoting::Trailing));
        assert_eq!(rows("a\"b\",\"c\" \n")[0].fault, None);
    }

    #[test]
    fn very_wide_rows_are_counted_and_not_kept() {
        let text = ",".repeat(100_000);
        let row = &rows(&text)[0];
        assert_eq!((row.width, row.cells.len()), (100_001, CELLS));
        assert!(!row.is_blank());
    }

    proptest! {
        /// Against the csv crate, on what it writes.
        #[test]
        fn what_another_program_writes_is_read(
            table in prop::collection::vec(prop::collection::vec("[a-c\u{e01} \",;\n]{0,6}", 2..5), 1..6)
        ) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &table {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let expected: Vec<Vec<String>> = table
                .iter()
                .map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect())
                .collect();
            let found: Vec<Vec<String>> = texts(&text).into_iter().map(|(_, row)| row).collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn no_text_makes_it_fail_or_stop(text in "[a\",;\r\n\u{e01}]{0,40}") {
            let mut reader = Rows::new(&text, b';', 0, 1);
            for row in reader.by_ref() {
                for cell in &row.cells {
                    prop_assert!(text.get(cell.bytes.clone()).is_some());
                }
            }
            prop_assert_eq!(reader.at, text.len());
        }
    }
}
