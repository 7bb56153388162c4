//! Dates as lists state them: a day, a month or only a year.

use jiff::civil::Date;
use std::fmt;

/// A date that may be known to the month or the year only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct When {
    first: Date,
    last: Date,
}

impl When {
    /// Reads `2024-12-03`, `2020-11` or `2019`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('-').collect();
        let sizes: Vec<usize> = parts.iter().map(|p| p.len()).collect();
        let first = match sizes.as_slice() {
            [4] => format!("{text}-01-01"),
            [4, 2] => format!("{text}-01"),
            [4, 2, 2] => text.to_owned(),
            _ => return None,
        };
        let first: Date = first.parse().ok()?;
        let last = match sizes.len() {
            1 => first.last_of_year(),
            2 => first.last_of_month(),
            _ => first,
        };
        Some(Self { first, last })
    }

    /// From its first day to the end of the year after its last one.
    pub(super) fn to_end_of_next_year(self) -> Self {
        let next = self.last.checked_add(jiff::Span::new().years(1));
        Self {
            first: self.first,
            last: next.unwrap_or(self.last).last_of_year(),
        }
    }

    /// The first day that it may mean.
    pub fn first(self) -> Date {
        self.first
    }

    /// The last day that it may mean.
    pub fn last(self) -> Date {
        self.last
    }
}

impl From<Date> for When {
    fn from(day: Date) -> Self {
        Self {
            first: day,
            last: day,
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else if self.first.first_of_month() == self.last.first_of_month() {
            write!(f, "{}", self.first.strftime("%Y-%m"))
        } else {
            write!(f, "{}", self.first.strftime("%Y"))
        }
    }
}

/// Whether something stood in force on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum InForce {
    /// Not yet.
    Later,
    /// The register's dates leave it open.
    Perhaps,
    /// Yes.
    Yes,
    /// No longer.
    Ended,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_a_month_and_a_year() {
        let span = |text| When::parse(text).map(|w| (w.first(), w.last()));
        let day = date(2024, 12, 3);
        assert_eq!(span("2024-12-03"), Some((day, day)));
        assert_eq!(
            span("2020-02"),
            Some((date(2020, 2, 1), date(2020, 2, 29))),
            "a leap year"
        );
        assert_eq!(span("2019"), Some((date(2019, 1, 1), date(2019, 12, 31))));
        for wrong in [
            "",
            "19",
            "2019-13",
            "2019-02-30",
            "03.12.2024",
            "2019-1",
            "2024-12-03 ",
        ] {
            assert_eq!(span(wrong), None, "{wrong:?}");
        }
        for text in ["2024-12-03", "2020-11", "2019"] {
            assert_eq!(When::parse(text).unwrap().to_string(), text);
        }
    }
}
