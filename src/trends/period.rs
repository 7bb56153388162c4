//! Months and quarters.

use jiff::civil::Date;
use serde::{Serialize, Serializer};
use std::fmt;

/// How long a period is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// A calendar month.
    #[default]
    Month,
    /// Three calendar months from January, April, July or October.
    Quarter,
}

impl By {
    /// Name as it is given.
    pub fn id(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
        }
    }

    /// Periods of a quarter of a year.
    pub fn in_a_quarter(self) -> usize {
        match self {
            Self::Month => 3,
            Self::Quarter => 1,
        }
    }

    fn in_a_year(self) -> i32 {
        match self {
            Self::Month => 12,
            Self::Quarter => 4,
        }
    }

    /// The period of a day.
    pub fn of(self, day: Date) -> Period {
        let month = i32::from(day.month()) - 1;
        let within = month / (12 / self.in_a_year());
        Period {
            by: self,
            number: i32::from(day.year()) * self.in_a_year() + within,
        }
    }
}

/// A month or quarter. Those of one length are ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    by: By,
    /// Counted from the first of the year 0.
    number: i32,
}

impl Period {
    /// How many periods after `first` this one is; `None` where it is before it.
    pub fn after(self, first: Self) -> Option<usize> {
        usize::try_from(self.number.checked_sub(first.number)?).ok()
    }

    /// This period and the next ones up to `last`.
    pub fn to(self, last: Self) -> impl Iterator<Item = Self> {
        let by = self.by;
        (self.number..=last.number).map(move |number| Self { by, number })
    }
}

impl fmt::Display for Period {
    /// ISO 8601 for a month, such as `2026-03`; `2026-Q1` for a quarter.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.number.div_euclid(self.by.in_a_year());
        let within = self.number.rem_euclid(self.by.in_a_year()) + 1;
        match self.by {
            By::Month => write!(f, "{year:04}-{within:02}"),
            By::Quarter => write!(f, "{year:04}-Q{within}"),
        }
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_of_one_month_and_quarter() {
        for (day, month, quarter) in [
            (date(2026, 1, 1), "2026-01", "2026-Q1"),
            (date(2026, 3, 31), "2026-03", "2026-Q1"),
            (date(2026, 4, 1), "2026-04", "2026-Q2"),
            (date(2025, 12, 31), "2025-12", "2025-Q4"),
            (date(206, 9, 30), "0206-09", "0206-Q3"),
        ] {
            assert_eq!(By::Month.of(day).to_string(), month);
            assert_eq!(By::Quarter.of(day).to_string(), quarter);
        }
    }

    #[test]
    fn periods_follow_each_other_over_the_year() {
        let first = By::Month.of(date(2025, 11, 30));
        let last = By::Month.of(date(2026, 2, 1));
        let labels: Vec<String> = first.to(last).map(|p| p.to_string()).collect();
        assert_eq!(labels, ["2025-11", "2025-12", "2026-01", "2026-02"]);
        assert_eq!(last.after(first), Some(3));
        assert_eq!(first.after(last), None);
    }
}
