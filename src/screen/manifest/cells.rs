//! What single cells mean.

use super::error::quoted;
use calamine::{DataType, ExcelDateTime};
use std::borrow::Cow;

/// The text of a spreadsheet's cell, without white space around it.
pub(super) fn text<D: DataType>(cell: &D) -> Cow<'_, str> {
    if let Some(text) = cell.get_string() {
        return text.trim().into();
    }
    if let Some(number) = cell.get_float() {
        return number.to_string().into();
    }
    if let Some(number) = cell.get_int() {
        return number.to_string().into();
    }
    if let Some(flag) = cell.get_bool() {
        return if flag { "TRUE" } else { "FALSE" }.into();
    }
    if let Some(date) = cell.get_datetime() {
        return date_text(&date).into();
    }
    if let Some(date) = cell.get_datetime_iso() {
        return date.strip_suffix("T00:00:00").unwrap_or(date).into();
    }
    if let Some(span) = cell.get_duration_iso() {
        return span.into();
    }
    cell.get_error()
        .map_or("".into(), |error| error.to_string().into())
}

/// A date cell as ISO 8601: the day, and the time of day where it has one.
fn date_text(date: &ExcelDateTime) -> String {
    if date.is_duration() {
        return date.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
    let time = match (hour, minute, second, milli) {
        (0, 0, 0, 0) => String::new(),
        _ => format!("T{hour:02}:{minute:02}:{second:02}"),
    };
    // Below one day there is only a time.
    match date.as_f64() < 1.0 && !time.is_empty() {
        true => time.trim_start_matches('T').to_owned(),
        false => format!("{year:04}-{month:02}-{day:02}{time}"),
    }
}

/// Whether a cell holds a spreadsheet's error, such as `#N/A`.
pub(super) fn is_error(text: &str) -> bool {
    const ERRORS: [&str; 8] = [
        "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DATA!",
    ];
    ERRORS.contains(&text)
}

/// A quantity with a decimal point, and whether its comma could also part thousands.
pub(super) fn quantity(text: &str) -> Result<(String, bool), String> {
    let refused = |advice: &str| {
        format!(
            "the quantity is no number: expected such as 12.5, found {}{advice}",
            quoted(text)
        )
    };
    let allowed = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | 'e' | 'E' | '+' | '-');
    let unit =
        text.chars().any(char::is_alphabetic) && text.starts_with(|c: char| c.is_ascii_digit());
    if !text.chars().all(allowed) {
        return Err(refused(if unit {
            "; the unit goes into the column unit"
        } else {
            ""
        }));
    }
    if text.matches([',', '.']).count() > 1 {
        return Err(refused("; write it without marks between the thousands"));
    }
    let point = text.replace(',', ".");
    match point.parse::<f64>() {
        Ok(number) if number.is_finite() && number >= 0.0 => Ok((point, parts_thousands(text))),
        Ok(number) if number < 0.0 => Err(format!("the quantity {} is below zero", quoted(text))),
        _ => Err(refused("")),
    }
}

/// Whether a number is like "1,234".
fn parts_thousands(text: &str) -> bool {
    text.split_once(',').is_some_and(|(before, after)| {
        (1..=3).contains(&before.len()) && !before.starts_with('0') && after.len() == 3
    })
}

/// The number of a spectrum in its file, counted from 1.
pub(super) fn spectrum(text: &str) -> Result<usize, String> {
    let digits = text.chars().all(|c| c.is_ascii_digit());
    match text.parse() {
        Ok(number) if digits && number > 0 => Ok(number),
        _ => Err(format!(
            "the spectrum is no place in its file: expected a whole number from 1, found {}",
            quoted(text)
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{CellErrorType, Data, ExcelDateTimeType};

    #[test]
    fn quantities_are_numbers() {
        for (given, kept) in [
            ("12", "12"),
            ("12.50", "12.50"),
            ("12,5", "12.5"),
            ("0,250", "0.250"),
            ("1e-3", "1e-3"),
        ] {
            assert_eq!(quantity(given), Ok((kept.to_owned(), false)), "{given}");
        }
        assert_eq!(quantity("1,234"), Ok(("1.234".to_owned(), true)));
        for wrong in [
            "5 g",
            "ca. 5",
            "nan",
            "inf",
            "1.234,5",
            "1 000",
            "-1",
            "1e999",
            ",",
            "e",
            "0x10",
            "\u{661}",
            "2026-01-05",
        ] {
            assert!(quantity(wrong).is_err(), "{wrong}");
        }
        assert!(
            quantity("5 g")
                .unwrap_err()
                .ends_with("found \"5 g\"; the unit goes into the column unit")
        );
    }

    #[test]
    fn spectra_count_from_one() {
        assert_eq!(spectrum("1"), Ok(1));
        for wrong in ["0", "-1", "+1", "1.5", "one", "99999999999999999999999"] {
            assert!(spectrum(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn dates_are_days() {
        // Serial numbers as Excel shows them: 45943 is 2025-10-13, 1 is 1900-01-01, and in the
        // epoch of 1904 the same day is 1462 less.
        let date = |value, old| {
            Data::DateTime(ExcelDateTime::new(value, ExcelDateTimeType::DateTime, old))
        };
        assert_eq!(text(&date(45_943.0, false)), "2025-10-13");
        assert_eq!(text(&date(44_481.0, true)), "2025-10-13");
        assert_eq!(text(&date(1.0, false)), "1900-01-01");
        assert_eq!(text(&date(45_943.75, false)), "2025-10-13T18:00:00");
        assert_eq!(text(&date(0.25, false)), "06:00:00");
        assert_eq!(text(&Data::DateTimeIso("2025-10-13".into())), "2025-10-13");
        assert_eq!(
            text(&Data::DateTimeIso("2025-10-13T00:00:00".into())),
            "2025-10-13"
        );
    }

    #[test]
    fn other_cells_are_their_text() {
        assert_eq!(text(&Data::Float(12.0)), "12");
        assert_eq!(text(&Data::Float(0.1)), "0.1");
        assert_eq!(text(&Data::Int(7)), "7");
        assert_eq!(text(&Data::Bool(true)), "TRUE");
        assert_eq!(text(&Data::String(" a \n".into())), "a");
        assert_eq!(text(&Data::Empty), "");
        assert!(is_error(&text(&Data::Error(CellErrorType::NA))));
    }
}
