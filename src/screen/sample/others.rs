//! Samples of which no spectrum is identified.

use super::{Judged, SampleVerdict, place};
use crate::decide::VerdictLevel;
use crate::screen::brief::Brief;

/// Judges a sample of such spectra.
pub(super) fn judge(judged: &mut Judged, usable: &[&Brief]) {
    let of = |level| {
        usable
            .iter()
            .copied()
            .filter(move |b| b.level == Some(level))
    };
    let class = |b: &Brief| b.best().and_then(|best| best.class.clone());
    let mut resembling: Vec<(Option<String>, &Brief)> =
        of(VerdictLevel::ClassOnly).map(|b| (class(b), b)).collect();
    let absent = of(VerdictLevel::NotInLibrary).count();
    let first = resembling.first().cloned();
    let other = first
        .as_ref()
        .and_then(|(class, _)| resembling.iter().find(|(other, _)| other != class).cloned());
    if let (Some((_, first)), Some((_, other))) = (&first, other) {
        judged.verdict = SampleVerdict::Disagreeing;
        judged.reasons.push(format!(
            "Its spectra resemble different classes: {} and {}.",
            place(first),
            place(other)
        ));
    } else if let (Some((class, _)), 0) = (first, absent) {
        judged.verdict = SampleVerdict::ClassOnly;
        judged.class = class;
    } else if absent == usable.len() {
        judged.verdict = SampleVerdict::NotInLibrary;
    } else if usable.len() > 1 {
        judged.reasons.push(format!(
            "{} spectra of this sample give different verdicts, or none that says anything; none names a substance.",
            usable.len()
        ));
    }
    resembling.truncate(1);
    let telling = resembling
        .first()
        .map(|(_, b)| *b)
        .or(usable.first().copied());
    judged
        .reasons
        .extend(telling.into_iter().flat_map(|b| b.reasons.iter().cloned()));
}
