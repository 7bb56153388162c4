//! Days and times as a language writes them.

use super::Texts;
use jiff::civil::Date;

impl Texts {
    /// A day: `27 November 2026`.
    pub fn day(&self, day: Date) -> String {
        let month = self.say(&format!("month-{}", day.month()));
        let (number, year) = (day.day().to_string(), day.year().to_string());
        let values = [("day", number.as_str()), ("month", &month), ("year", &year)];
        self.say_with("day", &values)
    }

    /// A moment of RFC 3339 as day, time and distance from UTC; another text as it is.
    pub fn moment(&self, text: &str) -> String {
        // The offset is kept: the moment is told as it was at the place where it was written down.
        let date = text.get(..10).and_then(|day| day.parse::<Date>().ok());
        let clock = text.get(11..19).filter(|time| {
            let shape = |(i, c): (usize, char)| match i {
                2 | 5 => c == ':',
                _ => c.is_ascii_digit(),
            };
            time.char_indices().all(shape)
        });
        let offset = text
            .get(19..)
            .map(|rest| rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit()));
        match (date, clock, offset) {
            (Some(date), Some(clock), Some(offset)) => {
                let offset = match offset {
                    "Z" | "z" => "+00:00",
                    offset => offset,
                };
                let sign = self.say("clock-sign");
                let (day, time) = (self.day(date), clock.replace(':', &sign));
                let values = [("day", day.as_str()), ("time", &time), ("offset", offset)];
                self.say_with("moment", &values)
            }
            (Some(date), ..) if text.len() == 10 => self.day(date),
            _ => text.to_owned(),
        }
    }
}
