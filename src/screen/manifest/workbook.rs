//! A manifest as a workbook: xlsx, xls or ods.

use super::Use;
use super::cells;
use super::columns::{Headings, no_file};
use super::guard;
use super::rows::Builder;
use calamine::{DataRef, DataType, Ods, Reader, Sheet, SheetType, SheetVisible, Xls, Xlsx};
use std::borrow::Cow;
use std::fmt::Debug;
use std::io::Cursor;
use std::ops::ControlFlow::{self, Break, Continue};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Columns that are read; no manifest has more.
const MAX_COLUMNS: u32 = 1024;

/// What kind of workbook a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A zip archive: xlsx or ods.
    Package,
    /// An OLE2 file: xls.
    Compound,
}

impl Kind {
    /// Tells a workbook by its first bytes.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"PK\x03\x04") {
            Some(Self::Package)
        } else if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
            Some(Self::Compound)
        } else {
            None
        }
    }
}

/// Reads the rows of the first sheet whose headings serve.
///
/// # Errors
/// A sentence, where there is no such sheet or the workbook cannot be read.
pub(super) fn read(bytes: &[u8], kind: Kind, used: Use) -> Result<Builder, String> {
    // calamine panics on some damaged workbooks (it indexes records of xls files unchecked).
    catch_unwind(AssertUnwindSafe(|| match kind {
        Kind::Package => match guard::package(bytes)? {
            guard::Package::Excel => xlsx(bytes, used),
            guard::Package::OpenDocument => ods(bytes, used),
        },
        Kind::Compound => xls(&guard::compound(bytes)?, used),
    }))
    .unwrap_or_else(|_| Err(damaged("its records do not fit together")))
}

/// What is said of a workbook that cannot be read.
pub(super) fn damaged(reason: impl std::fmt::Display) -> String {
    format!("the workbook cannot be read ({reason}); open it and save it again, or save it as CSV")
}

fn xlsx(bytes: &[u8], used: Use) -> Result<Builder, String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut search = Search::new(used);
    for sheet in visible(book.sheets_metadata()) {
        let mut rows = Rows::new(&mut search, &sheet);
        let mut reader = book.worksheet_cells_reader(&sheet).map_err(damaged)?;
        let mut row: Vec<(u32, DataRef<'_>)> = Vec::new();
        let mut at = 0;
        // Cell by cell: a whole sheet in memory takes room for all cells between the outermost,
        // which two cells can make as many as Excel allows.
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            let (line, column) = cell.get_position();
            if line < at {
                return Err(damaged(format!(
                    "row {} comes after row {}",
                    line + 1,
                    at + 1
                )));
            }
            if line > at {
                if rows
                    .take(
                        at,
                        row.iter()
                            .map(|(column, cell)| (*column, cells::text(cell))),
                    )
                    .is_break()
                {
                    row.clear();
                    break;
                }
                row.clear();
                at = line;
            }
            if column < MAX_COLUMNS && !cell.get_value().is_empty() {
                row.push((column, cell.get_value().clone()));
            }
        }
        let _ = rows.take(
            at,
            row.iter()
                .map(|(column, cell)| (*column, cells::text(cell))),
        );
        if search.found.is_some() {
            break;
        }
    }
    search.finish()
}

fn xls(bytes: &[u8], used: Use) -> Result<Builder, String> {
    whole_sheets(Xls::new(Cursor::new(bytes)).map_err(damaged)?, used)
}

fn ods(bytes: &[u8], used: Use) -> Result<Builder, String> {
    whole_sheets(Ods::new(Cursor::new(bytes)).map_err(damaged)?, used)
}

/// Reads a workbook of the kinds that calamine holds in memory as a whole.
fn whole_sheets<'a, B>(mut book: B, used: Use) -> Result<Builder, String>
where
    B: Reader<Cursor<&'a [u8]>>,
    B::Error: Debug + std::fmt::Display,
{
    let mut search = Search::new(used);
    for sheet in visible(book.sheets_metadata()) {
        let range = book.worksheet_range(&sheet).map_err(damaged)?;
        let mut rows = Rows::new(&mut search, &sheet);
        let first = range.start().map_or(0, |(row, _)| row);
        for (line, cells) in (first..).zip(range.rows()) {
            let filled = (0..MAX_COLUMNS)
                .zip(cells)
                .filter(|(_, cell)| !cell.is_empty());
            let filled = filled.map(|(column, cell)| (column, cells::text(cell)));
            if rows.take(line, filled).is_break() {
                break;
            }
        }
        if search.found.is_some() {
            break;
        }
    }
    search.finish()
}

/// The sheets that a person sees.
fn visible(sheets: &[Sheet]) -> Vec<String> {
    sheets
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect()
}

/// The search for the sheet with the headings.
struct Search {
    used: Use,
    found: Option<Builder>,
    /// What is wrong with the first sheet that is not empty.
    missing: Option<String>,
}

impl Search {
    fn new(used: Use) -> Self {
        Self {
            used,
            found: None,
            missing: None,
        }
    }

    fn finish(self) -> Result<Builder, String> {
        self.found.ok_or_else(|| {
            self.missing.unwrap_or_else(|| {
                "the workbook has no visible sheet with cells; expected a row of headings"
                    .to_owned()
            })
        })
    }
}

/// Takes the rows of one sheet.
struct Rows<'a> {
    search: &'a mut Search,
    sheet: &'a str,
}

impl<'a> Rows<'a> {
    fn new(search: &'a mut Search, sheet: &'a str) -> Self {
        Self { search, sheet }
    }

    /// Takes the filled cells of a row with their columns; `row` counts from 0.
    fn take<'c>(
        &mut self,
        row: u32,
        filled: impl Iterator<Item = (u32, Cow<'c, str>)>,
    ) -> ControlFlow<()> {
        let mut line: Vec<Cow<'c, str>> = Vec::new();
        for (column, cell) in filled {
            let column = column as usize;
            if line.len() <= column {
                line.resize(column + 1, Cow::Borrowed(""));
            }
            if let Some(place) = line.get_mut(column) {
                *place = cell;
            }
        }
        let number = row as usize + 1;
        match &mut self.search.found {
            Some(builder) => builder.add(number, &line),
            None if line.iter().all(|cell| cell.is_empty()) => Continue(()),
            None => {
                let headings = Headings::of(&line);
                let used = self.search.used;
                if headings.serve(used) {
                    let sheet = Some(self.sheet.to_owned());
                    self.search.found = Some(Builder::new(used, sheet, number, headings));
                    return Continue(());
                }
                let place = super::place(Some(self.sheet), number);
                let missing = || format!("{place}: {}", no_file(&line, used));
                self.search.missing.get_or_insert_with(missing);
                Break(())
            }
        }
    }
}
