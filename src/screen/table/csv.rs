//! A table as CSV: RFC 4180 in UTF-8 with line ends of one line feed. No text is a spreadsheet's formula
//! ([`crate::write::Sheet`]); a reader that needs the text itself takes Parquet.

use super::{Cell, Column, TableError, TableWriter, check, some_columns};
use crate::write::is_formula;
use ::csv::{Writer, WriterBuilder};
use std::fmt::Write as _;
use std::io::Write;

struct Csv<W: Write> {
    columns: Vec<Column>,
    out: Writer<W>,
    /// Space for one cell.
    cell: String,
}

/// A table written to `out` as CSV, with a line of headings.
///
/// # Errors
/// Where there are no columns, or `out` cannot be written.
pub fn writer<W: Write + 'static>(
    out: W,
    columns: &[Column],
) -> Result<Box<dyn TableWriter>, TableError> {
    let columns = some_columns(columns)?;
    let mut out = WriterBuilder::new().from_writer(out);
    out.write_record(columns.iter().map(|column| column.name))?;
    Ok(Box::new(Csv {
        columns,
        out,
        cell: String::new(),
    }))
}

impl<W: Write> TableWriter for Csv<W> {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), TableError> {
        check(&self.columns, cells)?;
        for cell in cells {
            self.cell.clear();
            put(&mut self.cell, cell);
            self.out.write_field(&self.cell)?;
        }
        self.out.write_record(None::<&[u8]>)?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), TableError> {
        self.out.flush()?;
        Ok(())
    }
}

fn put(space: &mut String, cell: &Cell<'_>) {
    let written = match cell {
        Cell::Empty => Ok(()),
        Cell::Text(text) => {
            if is_formula(text) {
                space.push('\'');
            }
            space.push_str(text);
            Ok(())
        }
        Cell::Whole(number) => write!(space, "{number}"),
        Cell::Number(number) if !number.is_finite() => Ok(()),
        Cell::Number(number) if is_plain(*number) => write!(space, "{number}"),
        Cell::Number(number) => write!(space, "{number:e}"),
        Cell::Flag(flag) => write!(space, "{flag}"),
    };
    debug_assert!(written.is_ok(), "writing to a String cannot fail");
}

/// Whether a number is short without an exponent.
fn is_plain(number: f64) -> bool {
    let size = number.abs();
    size == 0.0 || (1e-5..1e16).contains(&size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::table::tests::{file, hostile, write_hostile};
    use std::process::{Command, Stdio};

    #[test]
    fn python_reads_the_same_csv() {
        let script = "import csv, json, sys\ncsv.field_size_limit(1 << 20)\n\
            rows = list(csv.reader(open(sys.argv[1], newline='', encoding='utf-8'), strict=True))\n\
            assert rows == json.load(sys.stdin), rows";
        let folder = write_hostile();
        let python = Command::new("python3")
            .args(["-c", script])
            .arg(file(&folder, "csv"))
            .stdin(Stdio::piped())
            .spawn();
        let Ok(mut python) = python else {
            eprintln!("skipped: there is no python3");
            return;
        };
        let mut expected = vec![["text", "whole", "number", "flag"].map(str::to_owned)];
        expected.extend(
            hostile()
                .into_iter()
                .map(|(_, text)| [text, "-7".into(), "0.1".into(), "true".into()]),
        );
        let mut stdin = python.stdin.take().unwrap();
        stdin
            .write_all(&serde_json::to_vec(&expected).unwrap())
            .unwrap();
        drop(stdin);
        assert!(python.wait().unwrap().success());
    }
}
