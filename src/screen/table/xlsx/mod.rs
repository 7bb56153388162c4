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

mod cell;
mod sheet;

use super::{Column, TableError, TableWriter, some_columns};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook as Book, Worksheet, XlsxError};
use sheet::Sheet;
use std::any::Any;
use std::cell::RefCell;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::rc::Rc;

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
        let sheet = Sheet::new(Rc::clone(&self.shared), name, columns)?;
        Ok(Box::new(sheet))
    }

    /// Writes the workbook. Every sheet must be finished.
    ///
    /// # Errors
    /// Where a sheet is not finished, two have the same name, or the workbook cannot be written.
    pub fn finish(mut self) -> Result<(), TableError> {
        let Shared { book, sheets } = &mut *self.shared.borrow_mut();
        for sheet in sheets.drain(..) {
            let parts = sheet.parts.ok_or(TableError::Unfinished(sheet.name))?;
            for part in parts {
                book.push_worksheet(part);
            }
        }
        contained(|| book.save_to_writer(&mut self.out))?;
        Ok(self.out.flush()?)
    }
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
