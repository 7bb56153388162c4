//! The table of numbers and the lines around it.

use super::dialect::{Dialect, Row, split};
use super::field::field;
use super::header::Header;
use crate::read::Limits;
use crate::read::error::ReadError;
use crate::read::text::lines;
use crate::spectrum::{Warning, WarningKind};

/// A table of numbers; gaps are not-a-number.
#[derive(Debug)]
pub(super) struct Table<'a> {
    /// Preamble and headings.
    pub header: Header,
    /// Values row by row.
    values: Vec<f64>,
    /// Cells of a row.
    pub width: usize,
    /// The line of each row.
    lines: Vec<&'a str>,
    /// How its cells are parted.
    dialect: Dialect,
    /// Line of the first row, counted from 1.
    pub first_line: usize,
    /// Size of the whole text.
    pub bytes: usize,
    /// What is odd about the table.
    pub warnings: Vec<Warning>,
}

impl<'a> Table<'a> {
    /// Reads the longest table of the text.
    pub fn read(text: &'a str, dialect: Dialect, limits: &Limits) -> Result<Self, ReadError> {
        let above: Vec<&str> = lines(text)
            .take_while(|(number, _)| *number < dialect.first_line)
            .map(|(_, line)| line)
            .collect();
        let width = dialect.cells;
        let mut table = Self {
            header: Header::read(&above, dialect),
            values: Vec::new(),
            width,
            lines: Vec::new(),
            dialect,
            first_line: dialect.first_line,
            bytes: text.len(),
            warnings: Vec::new(),
        };
        let (mut ragged, mut ragged_line) = (0, 0);
        let mut rest = lines(text).filter(|(number, _)| *number >= dialect.first_line);
        while let Some((number, line)) = rest.next() {
            let cells = split(line, dialect.separator);
            if line.trim().is_empty() {
                continue;
            }
            let Some(mut row) = Row::read(&cells, dialect.comma) else {
                table.read_below((number, line), rest);
                break;
            };
            // Empty cells at the end are none that lack.
            let padded =
                cells.len() < width && line.trim_end_matches(' ').ends_with(dialect.separator);
            if cells.len() != width && !padded {
                if ragged == 0 {
                    ragged_line = number;
                }
                ragged += 1;
            }
            row.values.resize(width, f64::NAN);
            table.lines.push(line);
            table.values.extend(row.values);
            if table.values.len() > limits.points.saturating_mul(4) {
                return Err(limits.too_many_points().at_line(number));
            }
        }
        if ragged > 0 {
            table.warnings.push(Warning::new(
                WarningKind::Format,
                format!("{ragged} rows have more or fewer cells than the first, from line {ragged_line} on."),
            ));
        }
        Ok(table)
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// The rows, each of [`Table::width`] values.
    pub fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks_exact(self.width)
    }

    /// The value of a cell.
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.values[row * self.width + column]
    }

    /// The values of a column.
    pub fn column(&self, column: usize) -> impl Iterator<Item = f64> + Clone + '_ {
        let rows = self.values.chunks_exact(self.width);
        rows.map(move |row| row[column])
    }

    /// The first cells of a row as the file writes them.
    pub fn labels(&self, row: usize, count: usize) -> Vec<&'a str> {
        if count == 0 {
            return Vec::new();
        }
        let line = self.lines.get(row).copied().unwrap_or_default();
        let mut cells = split(line, self.dialect.separator);
        cells.truncate(count);
        cells
    }

    /// Takes the lines below the table as labels and values; where they are none, or another table
    /// stands among them, says that they were left out.
    fn read_below<'b>(
        &mut self,
        first: (usize, &'b str),
        rest: impl Iterator<Item = (usize, &'b str)>,
    ) {
        let (number, line) = first;
        let mut ended = true;
        let mut fields = Vec::new();
        let lines = std::iter::once(line).chain(rest.map(|(_, line)| line));
        for line in lines.filter(|line| !line.trim().is_empty()) {
            let cells = split(line, self.dialect.separator);
            if Row::read(&cells, self.dialect.comma).is_some_and(|row| row.numbers >= 2) {
                fields.clear();
                ended = false;
                break;
            }
            ended &= line.trim_start().starts_with(['>', '#', '[', '*']);
            fields.extend(field(line, self.dialect).filter(|(_, value)| !value.is_empty()));
        }
        if fields.is_empty() && !ended {
            self.warnings.push(Warning::new(
                WarningKind::Skipped,
                format!("The table ends at line {number}; what follows was not read."),
            ));
        }
        self.header.fields.append(&mut fields);
    }
}
