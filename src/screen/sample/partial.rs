//! What of a sample does not carry its verdict.

use super::identified::denies;
use super::{Judged, SampleVerdict, place, says};
use crate::screen::brief::Brief;

/// What does not carry the verdict, in a sentence: spectra that could not be used, and where something is
/// named spectra that say something else.
pub(super) fn tell(
    judged: &Judged,
    looked_at: &[&Brief],
    usable: &[&Brief],
    identified: &[&Brief],
) -> Option<String> {
    let mut told = Vec::new();
    if usable.len() < looked_at.len() && !usable.is_empty() {
        let first = looked_at.iter().find_map(|b| Some((b, b.failure()?)));
        let why = first.map_or_else(String::new, |(b, (_, message))| {
            format!(": {} ({message})", place(b))
        });
        told.push(format!(
            "{} of its {} spectra could not be used{why}.",
            looked_at.len() - usable.len(),
            looked_at.len()
        ));
    }
    if judged.verdict == SampleVerdict::Identified {
        let other = usable.iter().find(|b| denies(b, judged.class.as_deref()));
        if let Some(other) = other {
            told.push(format!(
                "{} ({}) says {}; whether its library holds what is named was not looked at.",
                place(other),
                other.technique.as_deref().unwrap_or("technique not known"),
                says(other)
            ));
        }
        if 2 * identified.len() <= usable.len() {
            told.push(format!(
                "Only {} of {} spectra are identified.",
                identified.len(),
                usable.len()
            ));
        }
        if let Some(other) = usable.iter().find(|b| is_elsewhere(b, judged, identified)) {
            let best = other
                .best()
                .map_or("nothing", |best| best.member.name.as_str());
            told.push(format!(
                "What is named is not among the candidates of {}, whose best is {best}: the spots may differ.",
                place(other)
            ));
        }
    }
    (!told.is_empty()).then(|| told.join(" "))
}

/// Whether a spectrum of the same technique, good enough to say so, does not even have what is named among
/// its candidates.
fn is_elsewhere(brief: &Brief, judged: &Judged, identified: &[&Brief]) -> bool {
    let candidates = &brief.candidates;
    let named = |key: &str| judged.named.iter().any(|m| m.key() == key);
    brief.set.is_empty()
        && brief.quality.as_deref() != Some("poor")
        && identified.iter().any(|b| b.technique == brief.technique)
        && !candidates.is_empty()
        && !candidates.iter().any(|c| named(&c.member.key()))
}
