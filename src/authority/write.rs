//! An export as files: three CSV tables and an Excel workbook of the same.

use super::table::{Export, Holds, Table, Value};
use crate::screen::output::{OutputError, Ready, prepare};
use crate::screen::table::{self, Cell, Column, Kind, TableWriter};
use std::io::Write;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// How the names of an export's files end.
pub const FILES: [&str; 4] = [".csv", ".provenance.csv", ".not-counted.csv", ".xlsx"];

/// What becomes of files that are there and hold something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// They stay, and nothing is written.
    Keep,
    /// They are replaced.
    Replace,
}

/// Why an export is not written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// A file is there and holds something else.
    #[error("{} is there and holds something else, perhaps what somebody filled in; name another --out, or replace it with --replace", .0.display())]
    Exists(PathBuf),
    /// The folder cannot be made.
    #[error("{} cannot be made", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
    /// A file cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

/// Writes the four files of an export into a folder, which is made where it is not there: all beside their
/// places first, then each by one renaming. Gives their paths.
///
/// # Errors
/// [`WriteError`]; files that were there stay as they were.
pub fn write(
    export: &Export,
    folder: &Path,
    existing: Existing,
) -> Result<Vec<PathBuf>, WriteError> {
    std::fs::create_dir_all(folder).map_err(|source| WriteError::Folder {
        path: folder.to_owned(),
        source,
    })?;
    let [rows, provenance, not_counted, book] =
        FILES.map(|end| folder.join(format!("{}{end}", export.name)));
    let mut files = Vec::new();
    for (path, table) in [
        (&rows, &export.rows),
        (&provenance, &export.provenance),
        (&not_counted, &export.not_counted),
    ] {
        files.push(prepare(path, |out| csv(export, table, out))?);
    }
    files.push(prepare(&book, |out| workbook(export, folder, out))?);
    if existing == Existing::Keep {
        let other = files.iter().find(|file| file.would_change());
        if let Some(file) = other {
            return Err(WriteError::Exists(file.path().to_owned()));
        }
    }
    files.into_iter().try_for_each(Ready::put)?;
    Ok(vec![rows, provenance, not_counted, book])
}

fn csv<W: Write + 'static>(export: &Export, table: &Table, mut out: W) -> Result<(), OutputError> {
    for (name, value) in &export.about {
        writeln!(out, "# {name}: {}", comment(value))?;
    }
    // Every digit of a quantity: a number cell would be a binary fraction.
    let columns: Vec<Column> = columns(table, Kind::Text);
    let mut writer = table::csv::writer(out, &columns)?;
    for row in &table.rows {
        let cells: Vec<Cell<'_>> = row.iter().map(exact).collect();
        writer.row(&cells)?;
    }
    Ok(writer.finish()?)
}

fn workbook<W: Write + Send>(export: &Export, folder: &Path, out: W) -> Result<(), OutputError> {
    let mut book = table::xlsx::Workbook::create(out, folder)?;
    let mut about = book.sheet(
        "about",
        &[
            column("name", Kind::Text, 16),
            column("value", Kind::Text, 100),
        ],
    )?;
    for (name, value) in &export.about {
        about.row(&[Cell::text(name), Cell::text(value)])?;
    }
    about.finish()?;
    for (name, table) in [
        ("rows", &export.rows),
        ("provenance", &export.provenance),
        ("not counted", &export.not_counted),
    ] {
        let sheet = book.sheet(name, &columns(table, Kind::Number))?;
        fill(sheet, table)?;
    }
    Ok(book.finish()?)
}

fn fill(mut sheet: Box<dyn TableWriter>, table: &Table) -> Result<(), OutputError> {
    for row in &table.rows {
        let cells: Vec<Cell<'_>> = row.iter().map(counted).collect();
        sheet.row(&cells)?;
    }
    Ok(sheet.finish()?)
}

fn columns(table: &Table, quantity: Kind) -> Vec<Column> {
    let each = table.headings.iter().map(|heading| match heading.holds {
        Holds::Text => column(heading.name, Kind::Text, 20),
        Holds::Whole => column(heading.name, Kind::Whole, 10),
        Holds::Quantity => column(heading.name, quantity, 12),
    });
    each.collect()
}

const fn column(name: &'static str, kind: Kind, width: u16) -> Column {
    Column { name, kind, width }
}

fn exact(value: &Value) -> Cell<'_> {
    match value {
        Value::Empty => Cell::Empty,
        Value::Text(text) => Cell::text(text),
        Value::Whole(number) => Cell::Whole(*number),
        Value::Quantity(number) => Cell::Text(number.to_string().into()),
    }
}

/// As Excel counts: a quantity as a number, of which Excel keeps 15 digits.
fn counted(value: &Value) -> Cell<'_> {
    match value {
        Value::Quantity(number) => match number.to_string().parse() {
            Ok(number) => Cell::Number(number),
            Err(_) => Cell::Empty,
        },
        other => exact(other),
    }
}

/// A text for a line of comment. A spreadsheet parts that line like any other: what would begin a cell as a
/// formula gets an apostrophe.
fn comment(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut begins = false;
    for c in text.chars() {
        let c = if c.is_control() { ' ' } else { c };
        if begins && matches!(c, '=' | '+' | '-' | '@') {
            safe.push('\'');
        }
        begins = matches!(c, ',' | ';' | '|') || (begins && matches!(c, ' ' | '"'));
        safe.push(c);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_cannot_become_a_formula() {
        for (given, safe) in [
            ("Customs, Jakarta", "Customs, Jakarta"),
            ("a,=1+1", "a,'=1+1"),
            ("a; \"@SUM(A1)\"", "a; \"'@SUM(A1)\""),
            ("a\n=1", "a =1"),
            ("x-y = 3", "x-y = 3"),
        ] {
            assert_eq!(comment(given), safe);
        }
    }
}
