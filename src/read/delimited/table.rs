//! The table of numbers and the lines above it.

use super::dialect::{Dialect, Row, split};
use super::header::Header;
use crate::read::Limits;
use crate::read::error::ReadError;
use crate::read::text::lines;
use crate::spectrum::{Warning, WarningKind};

/// A table of numbers; gaps are not-a-number.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Preamble and headings.
    pub header: Header,
    /// Values row by row.
    values: Vec<f64>,
    /// Cells of a row.
    pub width: usize,
    /// Label of each row, where the rows begin with a word.
    pub labels: Vec<Option<String>>,
    /// Line of the first row, counted from 1.
    pub first_line: usize,
    /// What is odd about the table.
    pub warnings: Vec<Warning>,
}

impl Table {
    /// Reads the longest table of the text.
    pub fn read(text: &str, dialect: Dialect, limits: &Limits) -> Result<Self, ReadError> {
        let mut table = Self {
            first_line: dialect.first_line,
            ..Self::default()
        };
        let above: Vec<&str> = lines(text)
            .take_while(|(number, _)| *number < dialect.first_line)
            .map(|(_, line)| line)
            .collect();
        table.header = Header::read(&above, dialect);
        let width = dialect.cells;
        table.width = width;
        let (mut ragged, mut ragged_line) = (0, 0);
        for (number, line) in lines(text).filter(|(number, _)| *number >= dialect.first_line) {
            let cells = split(line, dialect.separator);
            if line.trim().is_empty() {
                continue;
            }
            let Some(mut row) = Row::read(&cells, dialect.comma) else {
                table.note_end(number, line);
                break;
            };
            if cells.len() != width {
                if ragged == 0 {
                    ragged_line = number;
                }
                ragged += 1;
            }
            row.values.resize(width, f64::NAN);
            table.labels.push(row.label.map(str::to_owned));
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
        self.labels.len()
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
    pub fn column(&self, column: usize) -> impl Iterator<Item = f64> + '_ {
        self.rows().map(move |row| row[column])
    }

    /// A line that breaks the table off is said, unless it is an end mark.
    fn note_end(&mut self, number: usize, line: &str) {
        let mark = line.trim_start().starts_with(['>', '#', '[', '*']);
        if !mark {
            self.warnings.push(Warning::new(
                WarningKind::Skipped,
                format!("The table ends at line {number}; what follows was not read."),
            ));
        }
    }
}
