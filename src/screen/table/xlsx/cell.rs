//! A cell as Excel can hold it.

use super::super::Cell;
use rust_xlsxwriter::{ColNum, Worksheet, XlsxError};
use std::borrow::Cow;

/// Most UTF-16 units of a cell.
const CELL_UNITS: usize = 32_767;

/// Largest whole number that Excel keeps as it is.
const EXACT: u64 = 999_999_999_999_999;

/// Writes a cell.
pub(super) fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: ColNum,
    cell: &Cell<'_>,
) -> Result<(), XlsxError> {
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
