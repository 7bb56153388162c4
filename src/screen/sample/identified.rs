//! Samples of which at least one spectrum is identified.

use super::{Judged, SampleVerdict, place, says};
use crate::decide::VerdictLevel;
use crate::screen::brief::{Brief, Member};

/// Judges a sample of which these spectra are identified.
pub(super) fn judge(judged: &mut Judged, identified: &[&Brief], usable: &[&Brief]) {
    let class = class_of(identified);
    let Some((first, others)) = identified.split_first() else {
        return;
    };
    let same_technique = |b: &Brief| identified.iter().any(|i| i.technique == b.technique);
    let denial = usable.iter().copied().find(|b| {
        same_technique(b) && b.quality.as_deref() != Some("poor") && denies(b, class.as_deref())
    });
    let apart = others.iter().copied().find(|b| !share(first, b));
    let common = first.set.iter().any(|m| {
        others
            .iter()
            .all(|b| b.set.iter().any(|o| o.key() == m.key()))
    });
    let against = apart.or(denial);
    if against.is_some() || !common {
        judged.verdict = SampleVerdict::Disagreeing;
        identified
            .iter()
            .for_each(|b| add(&mut judged.possible, &b.set));
        judged.reasons = vec![match against {
            Some(other) => format!(
                "{} spectra of this sample disagree: {} says {}, {} says {}.",
                usable.len(),
                place(first),
                says(first),
                place(other),
                says(other)
            ),
            None => format!(
                "No substance is in the identified sets of all {} identified spectra.",
                identified.len()
            ),
        }];
        return;
    }
    judged.verdict = SampleVerdict::Identified;
    judged.named = named(identified);
    judged.class = class;
    judged.rate = rate(identified, usable.len());
    if usable.len() > 1 {
        judged.reasons.push(format!(
            "{} of {} spectra are identified as this. The rate is a bound, {:.3} times the highest of theirs, however they depend on each other.",
            identified.len(),
            usable.len(),
            usable.len() as f64 / identified.len() as f64
        ));
    }
    judged.reasons.extend(first.reasons.iter().cloned());
}

/// Whether two identified sets have a substance in common.
fn share(a: &Brief, b: &Brief) -> bool {
    a.set
        .iter()
        .any(|m| b.set.iter().any(|other| other.key() == m.key()))
}

/// What the identified spectra name: within a technique all that any of them names, since what most of
/// them cannot exclude must not be dropped for one narrow set; of several techniques the one that names the
/// fewest where all others name these, too, else all.
fn named(identified: &[&Brief]) -> Vec<Member> {
    let mut by_technique: Vec<(&Option<String>, Vec<Member>)> = Vec::new();
    for brief in identified {
        let known = by_technique
            .iter()
            .position(|(t, _)| **t == brief.technique);
        let place = known.unwrap_or_else(|| {
            by_technique.push((&brief.technique, Vec::new()));
            by_technique.len() - 1
        });
        add(&mut by_technique[place].1, &brief.set);
    }
    let holds = |set: &[Member], m: &Member| set.iter().any(|other| other.form() == m.form());
    let in_all = |set: &&Vec<Member>| {
        let in_each = |m: &Member| by_technique.iter().all(|(_, other)| holds(other, m));
        set.iter().all(in_each)
    };
    let sets = by_technique.iter().map(|(_, set)| set);
    if let Some(fewest) = sets.clone().filter(in_all).min_by_key(|set| set.len()) {
        return fewest.clone();
    }
    let mut all = Vec::new();
    sets.for_each(|set| add(&mut all, set));
    all
}

/// Adds members that are not there yet.
fn add(all: &mut Vec<Member>, more: &[Member]) {
    for member in more {
        if !all.iter().any(|m| m.form() == member.form()) {
            all.push(member.clone());
        }
    }
}

/// The class of the best candidates where all identified spectra have the same.
fn class_of(identified: &[&Brief]) -> Option<String> {
    let class = |b: &&Brief| b.best().and_then(|best| best.class.clone());
    let first = class(identified.first()?)?;
    let same = identified.iter().all(|b| class(b).as_ref() == Some(&first));
    same.then_some(first)
}

/// A bound on how often samples of so many spectra would be named falsely. Of `n` spectra of an absent
/// substance `n p` are expected to be called identified, so that `k` of them or more are in at most
/// `n p / k` of the samples (Markov's inequality), however they depend on each other. `p` is the rate with
/// the highest upper end.
fn rate(identified: &[&Brief], usable: usize) -> Option<[f64; 3]> {
    let highest = identified
        .iter()
        .filter_map(|b| b.rate)
        .max_by(|a, b| a[2].total_cmp(&b[2]))?;
    let factor = usable as f64 / identified.len().max(1) as f64;
    Some(highest.map(|p| (p * factor).min(1.0)))
}

/// Whether a spectrum denies what others are identified as.
pub(super) fn denies(brief: &Brief, class: Option<&str>) -> bool {
    match brief.level {
        Some(VerdictLevel::NotInLibrary) => true,
        Some(VerdictLevel::ClassOnly) => {
            let own = brief.best().and_then(|best| best.class.as_deref());
            own != class
        }
        _ => false,
    }
}
