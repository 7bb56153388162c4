//! The internal standard of a run.

use super::PeakView;
use crate::chromatogram::Peak;
use crate::decide::VerdictLevel;
use crate::report::{Candidate, Outcome, VerdictView};
use crate::spectrum::{Warning, WarningKind};
use serde::Serialize;
use std::convert::Infallible;
use std::str::FromStr;

/// Tolerance of a retention time that the user gives, min; at least half of the peak's width at half height.
const TOLERANCE_MIN: f64 = 0.05;

/// How the user says which peak is the internal standard.
#[derive(Debug, Clone, PartialEq)]
pub enum Standard {
    /// By name, CAS number or InChIKey: the peak that is identified as it.
    Name(String),
    /// By retention time, min.
    Minutes(f64),
}

/// The internal standard in a result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StandardView {
    /// What was asked for.
    pub asked: String,
    /// Number of its peak; `None` where there is none.
    pub peak: Option<usize>,
}

impl StandardView {
    /// Whether a peak with this area over that of the standard is the standard itself: the ratio of a number to itself.
    pub fn is_itself(ratio: Option<f64>) -> bool {
        ratio.is_some_and(|ratio| (ratio - 1.0).abs() < f64::EPSILON)
    }
}

impl FromStr for Standard {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text.trim().parse::<f64>() {
            Ok(minutes) if minutes.is_finite() => Self::Minutes(minutes),
            _ => Self::Name(text.trim().to_owned()),
        })
    }
}

impl std::fmt::Display for Standard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Minutes(minutes) => write!(f, "{minutes} min"),
        }
    }
}

/// A peak that may be the standard.
#[derive(Debug, Clone, Copy)]
pub struct Sought<'a> {
    number: usize,
    retention_min: f64,
    width_s: f64,
    area: f64,
    /// What it is identified as, with its candidates.
    said: Option<(&'a VerdictView, &'a [Candidate])>,
}

impl<'a> Sought<'a> {
    /// The peak of this number, counted from 1, and what was found for it.
    pub fn of(number: usize, peak: &Peak, outcome: Option<&'a Outcome>) -> Self {
        let said = match outcome {
            Some(Outcome::Ranked(result)) => Some((&result.verdict, &*result.candidates)),
            _ => None,
        };
        Self {
            number,
            retention_min: peak.retention_s / 60.0,
            width_s: peak.width_s,
            area: peak.area,
            said,
        }
    }
}

impl<'a> From<&'a PeakView> for Sought<'a> {
    fn from(peak: &'a PeakView) -> Self {
        Self {
            number: peak.number,
            retention_min: peak.retention_min,
            width_s: peak.width_s,
            area: peak.area,
            said: peak.verdict.as_ref().map(|v| (v, &*peak.candidates)),
        }
    }
}

impl Standard {
    /// As it is typed.
    pub fn typed(&self) -> String {
        match self {
            Self::Name(name) => name.clone(),
            Self::Minutes(minutes) => minutes.to_string(),
        }
    }

    /// Number and area of the standard's peak. Where several peaks are identified as the standard, the largest
    /// is it.
    pub fn find<'a>(&self, peaks: impl Iterator<Item = Sought<'a>>) -> Option<(usize, f64)> {
        let found = match self {
            Self::Name(name) => peaks
                .filter(|peak| is_identified_as(peak, name))
                .max_by(|a, b| a.area.total_cmp(&b.area)),
            Self::Minutes(minutes) => peaks
                .filter(|peak| {
                    let tolerance = TOLERANCE_MIN.max(peak.width_s / 120.0);
                    (peak.retention_min - minutes).abs() <= tolerance
                })
                .min_by(|a, b| {
                    let away = |p: &Sought<'_>| (p.retention_min - minutes).abs();
                    away(a).total_cmp(&away(b))
                }),
        };
        found.map(|peak| (peak.number, peak.area))
    }

    /// What is said of a run in which it is not found.
    pub fn missing(&self) -> Warning {
        let message = match self {
            Self::Name(name) => {
                format!("No peak is identified as the internal standard {name:?}.")
            }
            Self::Minutes(minutes) => {
                format!("There is no peak at {minutes} min for the internal standard.")
            }
        };
        Warning::new(WarningKind::Format, message)
    }

    /// Gives every peak its area over that of the standard; where none is found a warning says so and no peak
    /// gets a ratio.
    pub(super) fn apply(
        &self,
        peaks: &mut [PeakView],
        warnings: &mut Vec<Warning>,
    ) -> StandardView {
        let found = self.find(peaks.iter().map(Sought::from));
        match found {
            Some((_, area)) if area > 0.0 => {
                for peak in peaks {
                    peak.ratio_to_internal_standard = Some(peak.area / area);
                }
            }
            _ => warnings.push(self.missing()),
        }
        StandardView {
            asked: self.to_string(),
            peak: found.map(|(number, _)| number),
        }
    }
}

/// Whether the verdict's set holds the substance.
fn is_identified_as(peak: &Sought<'_>, name: &str) -> bool {
    let Some((verdict, candidates)) = peak.said else {
        return false;
    };
    let is_it = |text: &str| text.eq_ignore_ascii_case(name);
    verdict.level == VerdictLevel::Identified
        && verdict.substances.iter().any(|named| {
            let mut candidates = candidates.iter();
            let candidate = candidates.find(|c| Some(c.rank) == named.rank);
            is_it(&named.name)
                || named.inchikey.as_deref().is_some_and(is_it)
                || candidate.and_then(|c| c.cas.as_deref()).is_some_and(is_it)
        })
}

/// What is said of peaks that reach the ceiling of the run.
pub(super) fn saturation(numbers: &[String]) -> Warning {
    const TOLD: usize = 12;
    let more = match numbers.len() > TOLD {
        true => format!(" and {} more", numbers.len() - TOLD),
        false => String::new(),
    };
    let shown = numbers.get(..TOLD).unwrap_or(numbers).join(", ");
    Warning::new(
        WarningKind::Ordinate,
        format!(
            "Ions of peaks {shown}{more} reach the highest abundance of the run, which occurs again and again: the detector or the data system ends there, so their spectra and areas are too low in those ions."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_minutes_and_words_names() {
        assert_eq!("7.43".parse(), Ok(Standard::Minutes(7.43)));
        assert_eq!("Caffeine".parse(), Ok(Standard::Name("Caffeine".into())));
        assert_eq!("58-08-2".parse(), Ok(Standard::Name("58-08-2".into())));
        assert_eq!("NaN".parse(), Ok(Standard::Name("NaN".into())));
    }

    #[test]
    fn the_standard_is_known_by_its_own_ratio() {
        let area: f64 = 139_665.393_556_529_34;
        assert!(StandardView::is_itself(Some(area / area)));
        for other in [None, Some(0.0), Some(0.999_999), Some(f64::NAN)] {
            assert!(!StandardView::is_itself(other), "{other:?}");
        }
    }

    #[test]
    fn many_numbers_are_counted() {
        let numbers: Vec<String> = (1..=14).map(|i| i.to_string()).collect();
        assert!(
            saturation(&numbers)
                .message
                .contains("11, 12 and 2 more reach")
        );
        assert!(saturation(&numbers[..1]).message.contains("peaks 1 reach"));
    }
}
