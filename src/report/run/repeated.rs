//! Substances that several peaks of one run are identified as.

use super::PeakView;
use crate::spectrum::{Warning, WarningKind};
use std::collections::BTreeMap;

/// Substances that are the best of the identified set of several peaks, with the retention times (min) of these: a
/// substance elutes once, so that all but one of the peaks are of something alike.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Repeated {
    at: BTreeMap<String, Vec<f64>>,
}

impl Repeated {
    /// Of the substances of identified peaks with their retention times. Peaks that the blank has, too, do not count.
    pub fn of<'a>(named: impl Iterator<Item = (&'a str, f64)>) -> Self {
        let mut at: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        for (name, minutes) in named {
            at.entry(name.to_owned()).or_default().push(minutes);
        }
        at.retain(|_, times| times.len() > 1);
        Self { at }
    }

    /// What of these peaks is repeated.
    pub(super) fn of_peaks(peaks: &[PeakView]) -> Self {
        let counted = peaks.iter().filter(|p| p.in_blank != Some(true));
        Self::of(counted.filter_map(|peak| Some((identified(peak)?, peak.retention_min))))
    }

    /// Whether a peak is one of several that are identified as the same.
    pub(super) fn has(&self, peak: &PeakView) -> bool {
        let name = identified(peak).filter(|_| peak.in_blank != Some(true));
        name.is_some_and(|name| self.at.contains_key(name))
    }

    /// What is said of the peaks of a substance.
    pub fn warning(&self, name: &str) -> Option<Warning> {
        let told = sentence(name, self.at.get(name)?);
        Some(Warning::new(WarningKind::Identity, told))
    }

    /// One for each substance.
    pub fn warnings(&self) -> Vec<Warning> {
        self.at
            .keys()
            .filter_map(|name| self.warning(name))
            .collect()
    }
}

/// The best of the set of an identified peak.
fn identified(peak: &PeakView) -> Option<&str> {
    peak.verdict.as_ref()?.identified()
}

fn sentence(name: &str, times: &[f64]) -> String {
    let times: Vec<String> = times.iter().map(|t| format!("{t:.3}")).collect();
    format!(
        "{name} is identified at {} min: a substance elutes once, and isomers and homologues have spectra alike. At most one of these peaks is it, unless they are parts of one; its retention time against a reference tells which.",
        times.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn once_is_not_repeated() {
        let found = [("Cocaine", 9.1), ("p-Cymene", 12.5), ("p-Cymene", 13.0)];
        let repeated = Repeated::of(found.into_iter());
        assert_eq!(repeated.warnings().len(), 1);
        assert!(repeated.warning("Cocaine").is_none());
    }

    #[test]
    fn times_are_told_in_minutes() {
        let told = sentence("p-Cymene", &[12.5, 13.0123]);
        assert!(told.starts_with("p-Cymene is identified at 12.500, 13.012 min: "));
    }
}
