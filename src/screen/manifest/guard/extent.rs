//! What the repeated cells and rows of an ods workbook come to.

use super::package::attribute;
use quick_xml::events::BytesStart;

/// Rows and columns of a sheet.
const SHEET: (u64, u64) = (1 << 20, 1 << 14);

/// What a sheet of an ods workbook has come to.
#[derive(Default)]
pub(super) struct Extent {
    pub cells: u64,
    pub bytes: u64,
    rows: u64,
    /// Rows up to the last that is not empty.
    pub filled_rows: u64,
    /// Cells up to the last that is not empty, in the widest row.
    pub width: u64,
    row_repeats: u64,
    row_bytes: u64,
    row_cells: u64,
    row_width: u64,
    cell_repeats: u64,
    pub cell_bytes: u64,
}

impl Extent {
    /// Takes the beginning of an element.
    pub fn begin(&mut self, element: &BytesStart<'_>) {
        let repeats = |key: &[u8], most: u64| {
            let given = attribute(element, key).and_then(|given| given.parse().ok());
            given.unwrap_or(1).min(most)
        };
        match element.name().as_ref() {
            b"table:table-row" => {
                self.row_repeats = repeats(b"table:number-rows-repeated", SHEET.0);
                (self.row_bytes, self.row_cells, self.row_width) = (0, 0, 0);
            }
            b"table:table-cell" | b"table:covered-table-cell" => {
                self.cell_repeats = repeats(b"table:number-columns-repeated", SHEET.1);
                let filled = |key: &[u8]| key.starts_with(b"office:") || key == b"table:formula";
                let values = element.attributes().flatten();
                let values = values.filter(|value| filled(value.key.as_ref()));
                self.cell_bytes = values.map(|value| value.value.len() as u64).sum();
            }
            _ => {}
        }
    }

    /// Takes the end of an element.
    pub fn end(&mut self, name: &[u8]) {
        match name {
            b"table:table-cell" | b"table:covered-table-cell" => {
                self.row_cells = (self.row_cells + self.cell_repeats).min(SHEET.1);
                if self.cell_bytes > 0 {
                    self.row_width = self.row_cells;
                    self.row_bytes = self
                        .row_bytes
                        .saturating_add(self.cell_repeats.saturating_mul(self.cell_bytes));
                }
                self.cell_bytes = 0;
            }
            b"table:table-row" => {
                self.rows = (self.rows + self.row_repeats).min(SHEET.0);
                if self.row_width > 0 {
                    self.filled_rows = self.rows;
                    self.width = self.width.max(self.row_width);
                    self.bytes = self
                        .bytes
                        .saturating_add(self.row_repeats.saturating_mul(self.row_bytes));
                }
            }
            _ => {}
        }
    }
}
