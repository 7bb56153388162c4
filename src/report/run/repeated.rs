//! Substances that several peaks of one run are identified as.

use super::PeakView;
use crate::decide::VerdictLevel;
use crate::spectrum::{Warning, WarningKind};
use std::collections::BTreeMap;

/// A warning for each substance that is the best of the identified set of several peaks, given with their retention
/// times (min): it elutes once, so that all but one of them are of something alike.
pub fn repeated<'a>(named: impl Iterator<Item = (&'a str, f64)>) -> Vec<Warning> {
    let mut at: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (name, minutes) in named {
        at.entry(name).or_default().push(minutes);
    }
    let several = at.into_iter().filter(|(_, times)| times.len() > 1);
    let told = several.map(|(name, times)| sentence(name, &times));
    told.map(|told| Warning::new(WarningKind::Identity, told))
        .collect()
}

/// What of these peaks is repeated. Peaks that the blank has, too, do not count.
pub(super) fn of_peaks(peaks: &[PeakView]) -> Vec<Warning> {
    let counted = peaks.iter().filter(|p| p.in_blank != Some(true));
    repeated(counted.filter_map(|peak| {
        let verdict = peak.verdict.as_ref();
        let identified = verdict.filter(|v| v.level == VerdictLevel::Identified)?;
        let best = identified.best()?;
        Some((best.name.as_str(), peak.retention_min))
    }))
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
    fn times_are_told_in_minutes() {
        let told = sentence("p-Cymene", &[12.5, 13.0123]);
        assert!(told.starts_with("p-Cymene is identified at 12.500, 13.012 min: "));
    }
}
