//! Days on the command line.

use jiff::civil::Date;

/// A day, written as year, month and day.
pub(super) fn day(text: &str) -> Result<Date, String> {
    text.trim().parse().map_err(|_| advice(text.trim()))
}

/// What to write instead. Which number is the day is not guessed.
fn advice(text: &str) -> String {
    let meant = otherwise_written(text);
    match meant.as_slice() {
        [] => "write year, month and day, such as 2024-12-03".to_owned(),
        [one] => format!("write year, month and day: {one}"),
        several => {
            let several: Vec<String> = several.iter().map(Date::to_string).collect();
            format!(
                "write year, month and day; {}, whichever is meant",
                several.join(" or ")
            )
        }
    }
}

/// The days that three numbers with points, slashes or hyphens may mean.
fn otherwise_written(text: &str) -> Vec<Date> {
    let parts: Vec<&str> = text.split(['.', '/', '-']).collect();
    let &[first, middle, last] = parts.as_slice() else {
        return Vec::new();
    };
    let date = |year: &str, month: &str, day: &str| {
        let long = year.len() == 4;
        let year = year.parse().ok().filter(|_| long)?;
        Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
    };
    let mut meant: Vec<Date> = [
        date(first, middle, last),
        date(last, middle, first),
        date(last, first, middle),
    ]
    .into_iter()
    .flatten()
    .collect();
    meant.dedup();
    meant
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_spellings_are_told_how_to_be_written() {
        assert_eq!(day(" 2024-12-03 ").unwrap().to_string(), "2024-12-03");
        for (text, told) in [
            ("31.12.2024", "write year, month and day: 2024-12-31"),
            ("12/31/2024", "write year, month and day: 2024-12-31"),
            ("2024/1/5", "write year, month and day: 2024-01-05"),
            ("05.05.2024", "write year, month and day: 2024-05-05"),
            (
                "03.12.2024",
                "write year, month and day; 2024-12-03 or 2024-03-12, whichever is meant",
            ),
            ("yesterday", "such as 2024-12-03"),
            ("31.02.2024", "such as 2024-12-03"),
            ("3.12.24", "such as 2024-12-03"),
            ("", "such as 2024-12-03"),
        ] {
            let error = day(text).unwrap_err();
            assert!(error.ends_with(told), "{text}: {error}");
        }
    }
}
