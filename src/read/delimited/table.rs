//! The table of numbers and the lines above it.

use super::dialect::{Dialect, is_missing, is_numeric, split, value};
use super::header::Header;
use crate::read::Limits;
use crate::read::error::{ErrorKind, ReadError};
use crate::read::text::lines;
use crate::spectrum::{Warning, WarningKind};

/// A table of numbers; gaps are not-a-number.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Preamble and headings.
    pub header: Header,
    /// Rows of equal length.
    pub rows: Vec<Vec<f64>>,
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
        let (mut ragged, mut ragged_line) = (0, 0);
        for (number, line) in lines(text).filter(|(number, _)| *number >= dialect.first_line) {
            let cells = split(line, dialect.separator);
            if line.trim().is_empty() {
                continue;
            }
            if !is_numeric(&cells, dialect.comma) {
                table.note_end(number, line);
                break;
            }
            if cells.len() != width {
                if ragged == 0 {
                    ragged_line = number;
                }
                ragged += 1;
            }
            table.push(&cells, dialect.comma, width);
            if table.rows.len().saturating_mul(width) > limits.points.saturating_mul(4) {
                let most = limits.points;
                return Err(ReadError::new(ErrorKind::Limit, "the table is too large")
                    .at_line(number)
                    .expected(format!("at most {most} points a spectrum"))
                    .advise("split the file"));
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

    fn push(&mut self, cells: &[String], comma: bool, width: usize) {
        let mut row: Vec<f64> = cells
            .iter()
            .map(|c| value(c, comma).unwrap_or(f64::NAN))
            .collect();
        row.resize(width, f64::NAN);
        let first = cells
            .first()
            .filter(|c| value(c, comma).is_none() && !is_missing(c));
        self.labels.push(first.cloned());
        self.rows.push(row);
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
