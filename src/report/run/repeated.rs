//! Substances that several peaks of one run are identified as.

use super::PeakView;
use crate::decide::VerdictLevel;
use crate::spectrum::{Warning, WarningKind};
use std::collections::BTreeMap;

/// A warning for each substance that is the best of the identified set of several peaks: it elutes once, so that
/// all but one of them are of something alike. Peaks that the blank has, too, do not count.
pub(super) fn warnings(peaks: &[PeakView]) -> impl Iterator<Item = Warning> {
    let mut at: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for peak in peaks.iter().filter(|p| p.in_blank != Some(true)) {
        let verdict = peak.verdict.as_ref();
        let identified = verdict.filter(|v| v.level == VerdictLevel::Identified);
        let best = identified.and_then(|v| v.substances.first());
        if let Some(best) = best {
            at.entry(&best.name).or_default().push(peak.retention_min);
        }
    }
    let several = at.into_iter().filter(|(_, times)| times.len() > 1);
    several.map(|(name, times)| Warning::new(WarningKind::Identity, sentence(name, &times)))
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
