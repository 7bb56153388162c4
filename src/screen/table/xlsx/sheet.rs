//! A sheet that takes rows, and goes on in the next where it is full.

use super::super::{Cell, Column, TableError, TableWriter, check};
use super::cell::put;
use super::{Shared, Slot, contained};
use rust_xlsxwriter::{ColNum, Format, Worksheet, XlsxError};
use std::cell::RefCell;
use std::rc::Rc;

/// Most rows of a sheet with its headings.
const SHEET_ROWS: u32 = 1_048_576;

/// Most characters of a sheet's name.
const NAME_LENGTH: usize = 31;

/// A sheet that is being filled.
pub(super) struct Sheet {
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
    /// A sheet with its headings, after those that the workbook has.
    pub fn new(
        shared: Rc<RefCell<Shared>>,
        name: &str,
        columns: Vec<Column>,
    ) -> Result<Self, TableError> {
        let current = begin(&shared, name, &columns)?;
        let mut borrowed = shared.borrow_mut();
        let place = borrowed.sheets.len();
        borrowed.sheets.push(Slot {
            name: name.to_owned(),
            parts: None,
        });
        drop(borrowed);
        Ok(Self {
            shared,
            place,
            name: name.to_owned(),
            columns,
            full: Vec::new(),
            current,
            next_row: 1,
            row_limit: SHEET_ROWS,
            broken: None,
        })
    }

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

#[cfg(test)]
mod tests {
    use super::super::Workbook;
    use super::*;
    use crate::screen::table::Kind;
    use calamine::{Reader, Xlsx};
    use std::io::Cursor;

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
        let mut sheet = Sheet::new(shared, name, columns.to_vec()).unwrap();
        sheet.row_limit = 3;
        for number in 1..=5 {
            sheet.row(&[Cell::Whole(number)]).unwrap();
        }
        Box::new(sheet).finish().unwrap();
        book.sheet("last", &columns).unwrap().finish().unwrap();
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
