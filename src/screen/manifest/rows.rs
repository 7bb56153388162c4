//! From the cells of a manifest's rows to what they say, with every error on the way.

use super::cells;
use super::columns::{Column, Headings};
use super::error::{Sentences, quoted};
use super::row::AS_WRITTEN;
use super::{Fields, Row, Use};
use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::ControlFlow;

/// Most rows of a manifest.
pub(super) const MAX_ROWS: usize = 1_000_000;

/// Most bytes of text that a manifest's rows may hold together. A small workbook can point at one
/// long text from every cell.
const MAX_TEXT: usize = 512 << 20;

/// The rows read so far.
#[derive(Debug)]
pub(super) struct Builder {
    headings: Headings,
    used: Use,
    /// The sheet, where the manifest is a workbook.
    pub sheet: Option<String>,
    /// Whether a cell beyond the headings means that the row is shifted.
    strict_width: bool,
    pub rows: Vec<Row>,
    /// Line of each file and spectrum.
    seen: HashMap<(String, Option<usize>), usize>,
    text: usize,
    pub problems: Sentences,
    pub warnings: Sentences,
}

impl Builder {
    /// Begins with the heading row, which is on `line`.
    pub fn new(used: Use, sheet: Option<String>, line: usize, headings: Headings) -> Self {
        let mut builder = Self {
            used,
            strict_width: sheet.is_none(),
            sheet,
            rows: Vec::new(),
            seen: HashMap::new(),
            text: 0,
            problems: Sentences::default(),
            warnings: Sentences::default(),
            headings,
        };
        let place = builder.place(line);
        for twice in std::mem::take(&mut builder.headings.twice) {
            builder.problems.push(format!("{place}: {twice}"));
        }
        for unknown in std::mem::take(&mut builder.headings.unknown) {
            let unknown = quoted(&unknown);
            let sentence = format!("{place}: the column {unknown} is not known and is left out");
            builder.warnings.push(sentence);
        }
        builder
    }

    /// "line 5", or where the manifest is a workbook, its sheet and row.
    pub fn place(&self, line: usize) -> String {
        super::place(self.sheet.as_deref(), line)
    }

    /// Notes an error.
    pub fn refuse(&mut self, line: usize, message: &str) {
        self.problems
            .push(format!("{}: {message}", self.place(line)));
    }

    /// Notes what is odd about a quantity. A report lists it with the sample.
    fn warn(&mut self, sentence: String) {
        if self.used == Use::Screening {
            self.warnings.push(sentence);
        }
    }

    /// Takes a row; breaks where no more should be read. Cells are without white space around.
    pub fn add(&mut self, line: usize, cells: &[Cow<'_, str>]) -> ControlFlow<()> {
        if cells.iter().all(|cell| cell.is_empty()) {
            return ControlFlow::Continue(());
        }
        if self.rows.len() == MAX_ROWS {
            self.refuse(line, "the manifest has more than 1,000,000 rows; split it");
            return ControlFlow::Break(());
        }
        let width = self.headings.at.len();
        if self.strict_width && cells.iter().skip(width).any(|cell| !cell.is_empty()) {
            let message = format!(
                "the row has {} cells, but there are {width} headings; a text with a delimiter in \
                 it, such as a number with a decimal comma, needs quotation marks",
                cells.len()
            );
            self.refuse(line, &message);
            return ControlFlow::Continue(());
        }
        let row = self.row(line, cells);
        self.text += row.file.len() + row.fields.bytes();
        if self.text > MAX_TEXT {
            self.refuse(
                line,
                "the manifest holds more than 512 MB of text; split it",
            );
            return ControlFlow::Break(());
        }
        if !row.file.is_empty() {
            self.note(&row);
        }
        self.rows.push(row);
        ControlFlow::Continue(())
    }

    fn row(&mut self, line: usize, cells: &[Cow<'_, str>]) -> Row {
        let mut row = Row {
            line,
            file: String::new(),
            spectrum: None,
            fields: Fields::default(),
        };
        for place in 0..self.headings.at.len().min(cells.len()) {
            let (Some(Some(column)), Some(cell)) = (self.headings.at.get(place), cells.get(place))
            else {
                continue;
            };
            if !cell.is_empty() {
                let column = *column;
                self.fill(&mut row, column, cell);
            }
        }
        if row.file.is_empty() && self.used == Use::Screening {
            self.refuse(line, "the file column is empty");
        }
        if row.fields.quantity.is_some() && row.fields.unit.is_none() {
            let place = self.place(line);
            self.warn(format!("{place}: the quantity has no unit"));
        }
        row
    }

    fn fill(&mut self, row: &mut Row, column: Column, cell: &str) {
        if cells::is_error(cell) {
            let message = format!(
                "the {} column holds the spreadsheet's error {cell}",
                column.name()
            );
            self.refuse(row.line, &message);
            return;
        }
        match column {
            Column::File => row.file = cell.to_owned(),
            Column::Spectrum => match cells::spectrum(cell) {
                Ok(number) => row.spectrum = Some(number),
                Err(message) => self.refuse(row.line, &message),
            },
            Column::Quantity => match (cells::quantity(cell), self.used) {
                (Ok((quantity, doubtful)), _) => {
                    if doubtful {
                        let place = self.place(row.line);
                        self.warn(format!(
                            "{place}: the quantity {} is taken as {quantity}; a comma is a decimal comma",
                            quoted(cell)
                        ));
                        row.fields.set(AS_WRITTEN, cell.to_owned());
                    }
                    row.fields.quantity = Some(quantity);
                }
                (Err(message), Use::Screening) => self.refuse(row.line, &message),
                // A year's report is not held up by one number: it is listed as a doubt.
                (Err(_), Use::Report) => row.fields.quantity = Some(cell.to_owned()),
            },
            _ => row.fields.set(column.name(), cell.to_owned()),
        }
    }

    /// Notes the file of a row, and refuses it where it was there before.
    fn note(&mut self, row: &Row) {
        let file = super::slashes(&row.file);
        let file = file.strip_prefix("./").unwrap_or(&file).to_owned();
        let first = match self.seen.entry((file, row.spectrum)) {
            Entry::Occupied(first) => *first.get(),
            Entry::Vacant(free) => {
                free.insert(row.line);
                return;
            }
        };
        let spectrum = row
            .spectrum
            .map_or(String::new(), |number| format!(", spectrum {number},"));
        let file = quoted(&row.file);
        let (first, second) = (self.place(first), row.line);
        let message =
            format!("the file {file}{spectrum} is already on {first}; remove one of the two rows");
        self.refuse(second, &message);
    }
}
