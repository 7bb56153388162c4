//! Retention indices from a ladder of standards.

use thiserror::Error;

/// Values up to this are carbon numbers of n-alkanes; above, indices.
const MOST_CARBONS: f64 = 99.0;
/// Rungs at most.
const MOST: usize = 10_000;

/// Standards of known retention index and their times on this method.
#[derive(Debug, Clone, PartialEq)]
pub struct Ladder {
    /// Index and time in s, both ascending.
    rungs: Vec<(f64, f64)>,
}

/// Why a ladder cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LadderError {
    /// A line that is not two numbers.
    #[error(
        "line {0}: expected a carbon number or retention index and a retention time in min, as in \"12, 7.431\", found {1:?}"
    )]
    Line(usize, String),
    /// Times must rise with the index.
    #[error(
        "line {0}: a later standard must have a higher index and a longer retention time than those before"
    )]
    Order(usize),
    /// One standard gives no index.
    #[error("a ladder needs at least two standards, found {0}")]
    TooFew(usize),
    /// More lines than any ladder has.
    #[error("line {0}: a ladder has at most {MOST} standards")]
    TooMany(usize),
}

impl Ladder {
    /// Times of the first and the last standard, s.
    pub fn range(&self) -> (f64, f64) {
        let time = |rung: Option<&(f64, f64)>| rung.map_or(0.0, |(_, seconds)| *seconds);
        (time(self.rungs.first()), time(self.rungs.last()))
    }

    /// Reads lines of carbon number (or index) and retention time in min, parted by a comma, a
    /// semicolon, a tab or blanks. A first line of words, empty lines and what follows `#` are left out. Values up
    /// to 99 are carbon numbers of n-alkanes, whose index is 100 times them.
    ///
    /// # Errors
    /// [`LadderError`] with the line.
    pub fn read(text: &str) -> Result<Self, LadderError> {
        let mut rungs: Vec<(f64, f64)> = Vec::new();
        let mut heading = true;
        for (line, whole) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let content = whole.split('#').next().unwrap_or_default().trim();
            if content.is_empty() {
                continue;
            }
            let wrong = || LadderError::Line(line, content.chars().take(60).collect());
            let numbers = numbers(content);
            let first = std::mem::take(&mut heading);
            let Some((value, minutes)) = numbers else {
                match first && !content.contains(|c: char| c.is_ascii_digit()) {
                    true => continue,
                    false => return Err(wrong()),
                }
            };
            let index = if value <= MOST_CARBONS {
                100.0 * value
            } else {
                value
            };
            if !(value > 0.0 && minutes >= 0.0 && index.is_finite() && minutes.is_finite()) {
                return Err(wrong());
            }
            let seconds = 60.0 * minutes;
            if rungs
                .last()
                .is_some_and(|(i, t)| index <= *i || seconds <= *t)
            {
                return Err(LadderError::Order(line));
            }
            if rungs.len() >= MOST {
                return Err(LadderError::TooMany(line));
            }
            rungs.push((index, seconds));
        }
        match rungs.len() {
            0 | 1 => Err(LadderError::TooFew(rungs.len())),
            _ => Ok(Self { rungs }),
        }
    }

    /// Linear retention index under temperature programming (van den Dool & Kratz 1963,
    /// doi:10.1016/S0021-9673(01)80947-X): with the standards before and after the peak,
    /// `I = I_a + (I_b - I_a) (t - t_a) / (t_b - t_a)`; for n-alkanes of n and n + 1 carbon atoms this is
    /// `100 [n + (t - t_n) / (t_(n+1) - t_n)]`. `None` before the first standard and after the last.
    pub fn index(&self, seconds: f64) -> Option<f64> {
        let after = self.rungs.partition_point(|(_, t)| *t < seconds);
        let high = self.rungs.get(after)?;
        if high.1 == seconds {
            return Some(high.0);
        }
        let low = self.rungs.get(after.checked_sub(1)?)?;
        Some(low.0 + (high.0 - low.0) * (seconds - low.1) / (high.1 - low.1))
    }
}

/// Two numbers of a line; a comma between digits parts them only where nothing else does.
fn numbers(line: &str) -> Option<(f64, f64)> {
    let by: &[char] = match line.contains([';', '\t']) {
        true => &[';', '\t'],
        false => &[',', ' ', '\t'],
    };
    let mut parts = line.split(by).map(str::trim).filter(|p| !p.is_empty());
    let number = |text: &str| {
        let decimal = if by.contains(&',') {
            text.to_owned()
        } else {
            text.replace(',', ".")
        };
        decimal.trim_matches('"').parse::<f64>().ok()
    };
    let found = (number(parts.next()?)?, number(parts.next()?)?);
    parts.next().is_none().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn index_between_alkanes_by_hand() {
        let ladder = Ladder::read("carbon,minutes\n10,5.0\n11,6.0 # undecane\n\n13,9.0\n").unwrap();
        // 10 + (5.25 - 5) / (6 - 5) = 10.25; between 11 and 13 in three minutes: 1100 + 200 * 1.5 / 3.
        assert_eq!(ladder.index(60.0 * 5.25), Some(1025.0));
        assert_eq!(ladder.index(60.0 * 7.5), Some(1200.0));
        assert_eq!(ladder.index(60.0 * 9.0), Some(1300.0));
        assert_eq!(ladder.index(60.0 * 5.0), Some(1000.0));
        assert_eq!((ladder.index(299.9), ladder.index(540.1)), (None, None));
    }

    #[test]
    fn indices_and_other_separators() {
        let ladder = Ladder::read("\u{feff}RI;t\n1000;5,5\n1250;8,0").unwrap();
        assert_eq!(ladder.index(60.0 * 6.75), Some(1125.0));
        assert!(Ladder::read("10\t5.5\n11\t6").is_ok() && Ladder::read("10 5.5\n11 6").is_ok());
    }

    #[test]
    fn errors_say_the_line() {
        let error = |text: &str| Ladder::read(text).unwrap_err();
        assert_eq!(error("10,5\nten,6"), LadderError::Line(2, "ten,6".into()));
        assert_eq!(error("10,5\n11,5"), LadderError::Order(2));
        assert_eq!(error("10,5\n9,6"), LadderError::Order(2));
        assert_eq!(error("10,5"), LadderError::TooFew(1));
        assert_eq!(error("10,5,7\n11,6"), LadderError::Line(1, "10,5,7".into()));
        assert_eq!(error("10,NaN\n11,6"), LadderError::Line(1, "10,NaN".into()));
        assert!(error("10,-1\n11,6").to_string().starts_with("line 1:"));
    }
}
