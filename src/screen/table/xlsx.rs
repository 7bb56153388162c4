//! Tables as the sheets of an Excel workbook.
//!
//! The rows of a sheet wait in a temporary file until the workbook is finished, so that several
//! sheets can be filled side by side and memory does not grow with the rows. A text is always a
//! text: never a formula, a link or a number. What Excel cannot hold is changed like this:
//!
//! - a text of more than 32,767 UTF-16 units is cut and ends with an ellipsis;
//! - a control character other than tab and line feed is written in Excel's own escape, such as
//!   `_x0007_` for a bell, which Excel shows as that character; a text that looks like such an
//!   escape is escaped itself;
//! - a whole number of more than 15 digits is a text, for Excel would round it;
//! - not-a-number and the infinities are empty cells;
//! - rows past 1,048,575 go on in a sheet of the same name with a number.

use super::{Cell, Column, TableError, TableWriter, check, some_columns};
use rust_xlsxwriter::{ColNum, XlsxError};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook as Book, Worksheet};
use std::any::Any;
use std::borrow::Cow;
use std::cell::RefCell;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::rc::Rc;

/// Most rows of a sheet with its headings.
const SHEET_ROWS: u32 = 1_048_576;

/// Most UTF-16 units of a cell.
const CELL_UNITS: usize = 32_767;

/// Most characters of a sheet's name.
const NAME_LENGTH: usize = 31;

/// Largest whole number that Excel keeps as it is.
const EXACT: u64 = 999_999_999_999_999;

/// A workbook that is being written.
pub struct Workbook<W: Write + Send> {
    out: W,
    shared: Rc<RefCell<Shared>>,
}

/// What a workbook and its sheets have in common.
struct Shared {
    book: Book,
    sheets: Vec<Slot>,
}

/// The place of a sheet in the workbook.
struct Slot {
    name: String,
    /// The finished sheet, and those that it went on in.
    parts: Option<Vec<Worksheet>>,
}

impl<W: Write + Send> Workbook<W> {
    /// A workbook that will be written to `out`. Its rows wait in nameless temporary files in the
    /// folder `scratch`, which must have room for them.
    ///
    /// # Errors
    /// Where no file can be made in `scratch`.
    pub fn create(out: W, scratch: &Path) -> Result<Self, TableError> {
        let mut book = Book::new();
        book.set_tempdir(scratch)?;
        // A fixed date, so that the same rows give the same bytes.
        let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&date));
        let sheets = Vec::new();
        Ok(Self {
            out,
            shared: Rc::new(RefCell::new(Shared { book, sheets })),
        })
    }

    /// Adds a sheet, which takes rows until its own [`TableWriter::finish`]. Sheets stand in the
    /// workbook in the order of these calls, and may be filled side by side. A name has at most 31
    /// characters, and none of `[ ] : * ? / \`.
    ///
    /// # Errors
    /// Where there are no columns, Excel does not take the name, or a temporary file cannot be
    /// made.
    pub fn sheet(
        &mut self,
        name: &str,
        columns: &[Column],
    ) -> Result<Box<dyn TableWriter>, TableError> {
        let columns = some_columns(columns)?;
        let current = begin(&self.shared, name, &columns)?;
        let slots = &mut self.shared.borrow_mut().sheets;
        slots.push(Slot {
            name: name.to_owned(),
            parts: None,
        });
        Ok(Box::new(Sheet {
            shared: Rc::clone(&self.shared),
            place: slots.len() - 1,
            name: name.to_owned(),
            columns,
            full: Vec::new(),
            current,
            next_row: 1,
            row_limit: SHEET_ROWS,
            broken: None,
        }))
    }

    /// Writes the workbook. Every sheet must be finished.
    ///
    /// # Errors
    /// Where a sheet is not finished, two have the same name, or the workbook cannot be written.
    pub fn finish(self) -> Result<(), TableError> {
        let Shared { book, sheets } = &mut *self.shared.borrow_mut();
        for sheet in sheets.drain(..) {
            let parts = sheet.parts.ok_or(TableError::Unfinished(sheet.name))?;
            for part in parts {
                book.push_worksheet(part);
            }
        }
        contained(|| book.save_to_writer(self.out))
    }
}

/// A sheet that is being filled.
struct Sheet {
    shared: Rc<RefCell<Shared>>,
    place: usize,
    name: String,
    columns: Vec<Column>,
    /// Those that have all the rows a sheet can have.
    full: Vec<Worksheet>,
    current: Worksheet,
    /// Row to write next, counted from 0; the headings are row 0.
    next_row: u32,
    /// Most rows of a sheet with its headings.
    row_limit: u32,
    /// Why no more can be written.
    broken: Option<String>,
}

impl TableWriter for Sheet {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), TableError> {
        check(&self.columns, cells)?;
        if let Some(reason) = &self.broken {
            return Err(TableError::Scratch(reason.clone()));
        }
        if self.next_row == self.row_limit {
            self.go_on()?;
        }
        let (sheet, row) = (&mut self.current, self.next_row);
        let written = contained(|| {
            (0..)
                .zip(cells)
                .try_for_each(|(column, cell)| put(sheet, row, column, cell))
        });
        if let Err(TableError::Scratch(reason)) = &written {
            self.broken = Some(reason.clone());
        }
        self.next_row += 1;
        written
    }

    fn finish(mut self: Box<Self>) -> Result<(), TableError> {
        if let Some(reason) = self.broken {
            return Err(TableError::Scratch(reason));
        }
        filter(&mut self.current, &self.columns, self.next_row)?;
        let mut parts = self.full;
        parts.push(self.current);
        if let Some(slot) = self.shared.borrow_mut().sheets.get_mut(self.place) {
            slot.parts = Some(parts);
        }
        Ok(())
    }
}

impl Sheet {
    /// Begins the next sheet of this name.
    fn go_on(&mut self) -> Result<(), TableError> {
        let number = format!(" {}", self.full.len() + 2);
        let room = NAME_LENGTH.saturating_sub(number.len());
        let name: String = self.name.chars().take(room).collect();
        let next = begin(&self.shared, &(name + &number), &self.columns)?;
        filter(&mut self.current, &self.columns, self.next_row)?;
        self.full.push(std::mem::replace(&mut self.current, next));
        self.next_row = 1;
        Ok(())
    }
}

/// A sheet with its headings.
fn begin(
    shared: &RefCell<Shared>,
    name: &str,
    columns: &[Column],
) -> Result<Worksheet, TableError> {
    let mut sheet = shared
        .borrow_mut()
        .book
        .new_worksheet_with_constant_memory()?;
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    contained(|| {
        for (at, column) in (0..).zip(columns) {
            sheet.set_column_width(at, column.width)?;
            sheet.write_string_with_format(0, at, column.name, &bold)?;
        }
        Ok(())
    })?;
    Ok(sheet)
}

/// Sets the filter over a sheet of so many rows.
fn filter(sheet: &mut Worksheet, columns: &[Column], rows: u32) -> Result<(), TableError> {
    let last = ColNum::try_from(columns.len() - 1).map_err(|_| XlsxError::RowColumnLimitError)?;
    sheet.autofilter(0, 0, rows - 1, last)?;
    Ok(())
}

fn put(sheet: &mut Worksheet, row: u32, column: ColNum, cell: &Cell<'_>) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            sheet.write_string(row, column, cut(text).as_ref())?;
        }
        Cell::Whole(number) if number.unsigned_abs() > EXACT => {
            sheet.write_string(row, column, number.to_string())?;
        }
        // Exact: it has at most 15 digits.
        Cell::Whole(number) => {
            sheet.write_number(row, column, *number as f64)?;
        }
        Cell::Number(number) if !number.is_finite() => {}
        Cell::Number(number) => {
            sheet.write_number(row, column, *number)?;
        }
        Cell::Flag(flag) => {
            sheet.write_boolean(row, column, *flag)?;
        }
    }
    Ok(())
}

/// The text, or as much of it as a cell can hold and an ellipsis.
fn cut(text: &str) -> Cow<'_, str> {
    // No text has more UTF-16 units than bytes.
    if text.len() <= CELL_UNITS || text.encode_utf16().count() <= CELL_UNITS {
        return text.into();
    }
    let mut left = CELL_UNITS - 1;
    let kept = text.chars().take_while(|c| {
        let room = left.checked_sub(c.len_utf16());
        left = room.unwrap_or(left);
        room.is_some()
    });
    kept.chain(['\u{2026}']).collect::<String>().into()
}

/// Runs a step of the workbook's writer, which panics where its temporary file cannot be written
/// (a full disk): a long run must end with an error that says so.
fn contained<T>(step: impl FnOnce() -> Result<T, XlsxError>) -> Result<(), TableError> {
    match catch_unwind(AssertUnwindSafe(step)) {
        Ok(result) => Ok(result.map(drop)?),
        Err(panic) => Err(TableError::Scratch(reason(panic.as_ref()))),
    }
}

fn reason(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("the writer stopped").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::table::Kind;
    use calamine::{Reader, Xlsx};
    use std::io::Cursor;

    #[test]
    fn long_texts_are_cut_at_a_whole_character() {
        let fits = "\u{1f9ea}".repeat(16_383);
        assert_eq!(cut(&fits), fits);
        let long = "\u{1f9ea}".repeat(16_384);
        let short = cut(&long);
        assert_eq!(short.encode_utf16().count(), 32_767);
        assert!(short.ends_with("\u{1f9ea}\u{2026}"));
        assert_eq!(cut(&"a".repeat(100_000)).len(), 32_766 + 3);
    }

    #[test]
    fn a_full_sheet_goes_on_in_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xlsx");
        let out = std::fs::File::create(&path).unwrap();
        let columns = [Column {
            name: "n",
            kind: Kind::Whole,
            width: 8,
        }];
        let mut book = Workbook::create(out, folder.path()).unwrap();
        let shared = Rc::clone(&book.shared);
        let name = "a name of all thirty-one letter";
        let mut sheet = Sheet {
            current: begin(&shared, name, &columns).unwrap(),
            shared,
            place: 0,
            name: name.to_owned(),
            columns: columns.to_vec(),
            full: Vec::new(),
            next_row: 1,
            row_limit: 3,
            broken: None,
        };
        let slot = |name: &str| Slot {
            name: name.to_owned(),
            parts: None,
        };
        book.shared.borrow_mut().sheets.push(slot(name));
        for number in 1..=5 {
            sheet.row(&[Cell::Whole(number)]).unwrap();
        }
        Box::new(sheet).finish().unwrap();
        Box::new(book.sheet("last", &columns).unwrap())
            .finish()
            .unwrap();
        book.finish().unwrap();

        let mut read: Xlsx<_> = Xlsx::new(Cursor::new(std::fs::read(&path).unwrap())).unwrap();
        let second = "a name of all thirty-one lett 2";
        let third = "a name of all thirty-one lett 3";
        assert_eq!(read.sheet_names(), [name, second, third, "last"]);
        for (name, expected) in [
            (name, vec![1.0, 2.0]),
            (second, vec![3.0, 4.0]),
            (third, vec![5.0]),
        ] {
            let range = read.worksheet_range(name).unwrap();
            let numbers: Vec<f64> = range
                .rows()
                .filter_map(|row| match row[0] {
                    calamine::Data::Float(number) => Some(number),
                    _ => None,
                })
                .collect();
            assert_eq!(numbers, expected);
            assert_eq!(range.get((0, 0)), Some(&calamine::Data::String("n".into())));
        }
    }
}
