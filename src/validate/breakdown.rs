//! The same figures for parts of the spectra: per class, per instrument.

use super::trial::{OWN_SCORE, Trial};
use super::verdicts::false_rate;
use crate::decide::{Rate, VerdictLevel};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Figures of one part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// Name of the class or instrument.
    pub name: String,
    /// Substances among its spectra of present ones.
    pub substances: usize,
    /// Share of its spectra of present substances that were ranked first.
    pub rank1: Rate,
    /// Share of them that were identified rightly; `None` without verdicts.
    pub identified_right: Option<Rate>,
    /// Its spectra of absent substances.
    pub absent: usize,
    /// Share of these that were called identified; `None` without verdicts or without any.
    pub false_identified: Option<Rate>,
}

/// Parts by `name`, those of most spectra of present substances first, then of most absent ones.
pub fn breakdown(trials: &[&Trial], name: impl Fn(&Trial) -> String) -> Vec<Part> {
    let mut by_name: BTreeMap<String, Vec<&Trial>> = BTreeMap::new();
    for trial in trials {
        by_name.entry(name(trial)).or_default().push(trial);
    }
    let mut parts: Vec<Part> = by_name
        .into_iter()
        .map(|(name, trials)| part(name, &trials))
        .collect();
    parts.sort_by_key(|p| std::cmp::Reverse((p.rank1.n, p.absent)));
    parts
}

/// Figures of these trials as one part.
pub fn part(name: String, trials: &[&Trial]) -> Part {
    let (present, absent): (Vec<&Trial>, Vec<&Trial>) = trials.iter().partition(|t| t.present);
    let basis = "spectra of present substances";
    let first = present.iter().filter(|t| t.within(OWN_SCORE, 1)).count();
    let judged: Vec<_> = present.iter().filter_map(|t| t.verdict.as_ref()).collect();
    let right = judged
        .iter()
        .filter(|v| v.level == VerdictLevel::Identified && v.holds_truth);
    let false_identified = false_rate(&absent);
    Part {
        name,
        substances: present
            .iter()
            .map(|t| &t.key)
            .collect::<BTreeSet<_>>()
            .len(),
        rank1: Rate::wilson(first, present.len(), basis),
        identified_right: (!judged.is_empty())
            .then(|| Rate::wilson(right.count(), judged.len(), basis)),
        absent: absent.len(),
        false_identified: (false_identified.n > 0).then_some(false_identified),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::sample::trial;

    #[test]
    fn larger_parts_come_first_and_count_their_own() {
        let trials = [
            trial("a", true, Some(1), 0.9),
            trial("b", true, Some(2), 0.9),
            trial("b", true, Some(1), 0.9),
            trial("x", false, None, 0.9),
        ];
        let trials: Vec<&Trial> = trials.iter().collect();
        let parts = breakdown(&trials, |t| t.key.clone());
        let names: Vec<(&str, usize, usize)> = parts
            .iter()
            .map(|p| (p.name.as_str(), p.rank1.n, p.absent))
            .collect();
        assert_eq!(names, [("b", 2, 0), ("a", 1, 0), ("x", 0, 1)]);
        assert_eq!(parts[0].rank1.estimate, 0.5);
        assert_eq!(parts[0].identified_right, None);
    }
}
