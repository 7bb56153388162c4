//! Days as they are written.

use jiff::civil::Date;

/// The day that a text names: `2026-01-31`, with or without a time of day; `31.1.2026` and `31/1/2026`
/// where day and month cannot be taken for each other.
///
/// # Errors
/// A sentence, where it is no day or may be one of two.
pub fn day(text: &str) -> Result<Date, String> {
    let refused = |why: &str| Err(format!("the date \"{text}\" {why}; write it as 2026-01-31"));
    let text = text.trim();
    let (first, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    if first.len() == 10 && first.as_bytes().get(4) == Some(&b'-') && is_time(time) {
        return match first.parse() {
            Ok(date) => Ok(date),
            Err(_) => refused("is no day of the calendar"),
        };
    }
    let Some((a, b, year)) = parts(text) else {
        return refused("is not understood");
    };
    match Date::new(year, b, a) {
        Ok(date) if a > 12 || a == b => Ok(date),
        Ok(_) => refused("may be read with the day or with the month first"),
        Err(_) => refused("is no day of the calendar with the day first"),
    }
}

/// Whether this is nothing or a time of day; its digits are not looked at.
fn is_time(text: &str) -> bool {
    text.is_empty() || (text.len() >= 5 && text.as_bytes().get(2) == Some(&b':'))
}

/// Day, month and year of `31.1.2026` or `31/1/2026`: two numbers of at most two digits, and one of four.
fn parts(text: &str) -> Option<(i8, i8, i16)> {
    let mark = if text.contains('/') { '/' } else { '.' };
    let mut parts = text.split(mark);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, few: std::ops::RangeInclusive<usize>| {
        few.contains(&part.len()) && part.bytes().all(|c| c.is_ascii_digit())
    };
    let whole = digits(day, 1..=2) && digits(month, 1..=2) && digits(year, 4..=4);
    if !whole || parts.next().is_some() {
        return None;
    }
    Some((day.parse().ok()?, month.parse().ok()?, year.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_can_be_read_in_one_way() {
        let expected = |y, m, d| Ok(Date::new(y, m, d).unwrap());
        for (text, y, m, d) in [
            ("2026-01-31", 2026, 1, 31),
            (" 2026-01-31T18:00:00 ", 2026, 1, 31),
            ("2026-01-31 18:00", 2026, 1, 31),
            ("31.1.2026", 2026, 1, 31),
            ("31/01/2026", 2026, 1, 31),
            ("5.5.2026", 2026, 5, 5),
            ("29.2.2024", 2024, 2, 29),
        ] {
            assert_eq!(day(text), expected(y, m, d), "{text}");
        }
    }

    #[test]
    fn days_that_cannot() {
        for (text, why) in [
            ("5.1.2026", "with the day or with the month first"),
            ("01/05/2026", "with the day or with the month first"),
            ("1/31/2026", "no day of the calendar with the day first"),
            ("31.2.2026", "no day of the calendar"),
            ("2026-02-29", "no day of the calendar"),
            ("2026-01", "not understood"),
            ("31.1.26", "not understood"),
            ("5 Jan 2026", "not understood"),
            ("2026/01/31", "not understood"),
            ("2026-01-31; 2026-02-01", "not understood"),
            ("46053", "not understood"),
            ("", "not understood"),
            ("31.1.2026.1", "not understood"),
        ] {
            let said = day(text).unwrap_err();
            assert!(said.contains(why), "{text}: {said}");
        }
    }
}
