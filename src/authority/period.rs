//! The time that an export covers.

use jiff::civil::Date;

/// From one day to another, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// As it stands in the export: `2026`, `2026-H1`, `2026-01-01/2026-03-31`.
    pub label: String,
    /// First day; none where it is not limited.
    pub first: Option<Date>,
    /// Last day; none where it is not limited.
    pub last: Option<Date>,
}

impl Period {
    /// A calendar year.
    ///
    /// # Errors
    /// A sentence, where the calendar has no such year.
    pub fn year(year: i16) -> Result<Self, String> {
        Self::of(
            year.to_string(),
            Date::new(year, 1, 1),
            Date::new(year, 12, 31),
        )
    }

    /// Half of a year, written `2026-H1` or `2026-H2`.
    ///
    /// # Errors
    /// A sentence, where it is not written so.
    pub fn half_year(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no half-year; write it as 2026-H1 or 2026-H2");
        let (year, half) = text.split_once('-').ok_or_else(wrong)?;
        let plain = year.len() == 4 && year.bytes().all(|c| c.is_ascii_digit());
        let year: i16 = year.parse().ok().filter(|_| plain).ok_or_else(wrong)?;
        let (first, last) = match half {
            "H1" | "h1" => (Date::new(year, 1, 1), Date::new(year, 6, 30)),
            "H2" | "h2" => (Date::new(year, 7, 1), Date::new(year, 12, 31)),
            _ => return Err(wrong()),
        };
        Self::of(text.to_uppercase(), first, last)
    }

    /// From one day to another, where they are given.
    ///
    /// # Errors
    /// A sentence, where the last day is before the first.
    pub fn between(first: Option<Date>, last: Option<Date>) -> Result<Self, String> {
        if let (Some(first), Some(last)) = (first, last)
            && last < first
        {
            return Err(format!(
                "the last day, {last}, is before the first, {first}"
            ));
        }
        let day = |date: Option<Date>| date.map_or_else(|| "..".to_owned(), |d| d.to_string());
        let label = match (first, last) {
            (None, None) => "all days".to_owned(),
            _ => format!("{}/{}", day(first), day(last)),
        };
        Ok(Self { label, first, last })
    }

    fn of(
        label: String,
        first: Result<Date, jiff::Error>,
        last: Result<Date, jiff::Error>,
    ) -> Result<Self, String> {
        match (first, last) {
            (Ok(first), Ok(last)) => Ok(Self {
                label,
                first: Some(first),
                last: Some(last),
            }),
            (Err(error), _) | (_, Err(error)) => Err(format!("{label}: {error}")),
        }
    }

    /// Whether a day is in it.
    pub fn contains(&self, day: Date) -> bool {
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_day_are_in() {
        let day = |y, m, d| Date::new(y, m, d).unwrap();
        let half = Period::half_year("2026-h1").unwrap();
        assert_eq!(half.label, "2026-H1");
        for (date, inside) in [
            (day(2025, 12, 31), false),
            (day(2026, 1, 1), true),
            (day(2026, 6, 30), true),
            (day(2026, 7, 1), false),
        ] {
            assert_eq!(half.contains(date), inside, "{date}");
        }
        let second = Period::half_year("2026-H2").unwrap();
        assert!(second.contains(day(2026, 7, 1)) && second.contains(day(2026, 12, 31)));
        assert!(!Period::year(2026).unwrap().contains(day(2027, 1, 1)));
        for wrong in ["2026", "2026-H3", "26-H1", "H1-2026", "2026-Q1"] {
            assert!(Period::half_year(wrong).is_err(), "{wrong}");
        }
        assert!(Period::between(Some(day(2026, 2, 1)), Some(day(2026, 1, 1))).is_err());
    }
}
