//! What in a batch somebody must look at, and why.

mod component;
mod reason;
#[cfg(test)]
mod tests;

pub use reason::Reason;

use super::brief::{Brief, Member};
use super::sample::{Component, Judged, SampleVerdict, carrying};
use super::settings::Look;
use crate::decide::VerdictLevel;

/// Fills in why a judged sample must be looked at, the gravest reason first.
pub fn look(judged: &mut Judged, spectra: &[&Brief], settings: &Look) {
    // What the blank has, too, and the internal standard are not of the sample.
    let counted = spectra.iter().copied().filter(|b| b.is_of_sample());
    let spectra = &*counted.collect::<Vec<_>>();
    let mut found = Vec::new();
    let mut note = |reason, sentence: Option<String>| {
        found.extend(sentence.map(|sentence| (reason, sentence)));
    };
    note(Reason::Alert, alert(judged, spectra, settings));
    note(Reason::Component, component::unnamed(judged));
    let first = || judged.reasons.first().cloned().unwrap_or_default();
    let verdict = match judged.verdict {
        SampleVerdict::Identified | SampleVerdict::LeftOut => None,
        SampleVerdict::ClassOnly => Some(Reason::ClassOnly),
        SampleVerdict::Inconclusive => Some(Reason::Inconclusive),
        SampleVerdict::NotInLibrary => Some(Reason::NotInLibrary),
        SampleVerdict::Disagreeing => Some(Reason::Disagreeing),
        SampleVerdict::Unusable => Some(Reason::Unusable),
    };
    if let Some(reason) = verdict {
        note(reason, Some(first()));
    }
    for (reason, level) in [
        (Reason::NotInLibrary, VerdictLevel::NotInLibrary),
        (Reason::ClassOnly, VerdictLevel::ClassOnly),
        (Reason::Inconclusive, VerdictLevel::Inconclusive),
    ] {
        note(reason, beside(judged, spectra, level));
    }
    note(Reason::LookAlikes, look_alikes(judged, spectra));
    note(Reason::Partial, judged.partial.clone());
    note(Reason::ErrorRate, error_rate(judged, settings));
    note(Reason::Axis, axis(spectra, settings));
    note(Reason::Quality, quality(&carrying(spectra)));
    note(Reason::MissingField, missing(judged, settings));
    found.sort_by_key(|(reason, _)| *reason);
    judged.second_look = found;
}

/// The substance of the alert list that is nearest to being named, and how near.
fn alert(judged: &Judged, spectra: &[&Brief], settings: &Look) -> Option<String> {
    // An entry without InChIKey is known by its name.
    let listed = |member: &Member| {
        let (key, name) = (member.key(), member.name.to_lowercase());
        settings
            .alert
            .iter()
            .any(|alert| *alert == key || *alert == name)
    };
    if let Some(named) = judged.all_named().find(|m| listed(m)) {
        let component = judged.components.iter().find(|c| c.set.contains(named));
        let at = component.map(Component::times).unwrap_or_default();
        let at = match at.is_empty() {
            true => String::new(),
            false => format!(" at {} min", at.join(" and ")),
        };
        return Some(format!(
            "{} is on the alert list and is named{at}.",
            named.name
        ));
    }
    let sets = || spectra.iter().flat_map(|b| b.set.iter());
    if let Some(named) = sets().find(|m| listed(m)) {
        return Some(format!(
            "{} is on the alert list and is named by one spectrum.",
            named.name
        ));
    }
    if let Some(sentence) = component::alert(judged, &listed) {
        return Some(sentence);
    }
    // A run has hundreds of small peaks, each of which has some candidate: of a peak only what may be it counts.
    let spectra: Vec<&&Brief> = spectra.iter().filter(|b| is_open(b)).collect();
    let alike = || {
        let best = spectra.iter().filter_map(|b| b.best());
        best.flat_map(|best| best.look_alikes.iter())
    };
    if let Some(alike) = alike().find(|m| listed(m)) {
        return Some(format!(
            "{} is on the alert list and cannot be told apart from the best candidate.",
            alike.name
        ));
    }
    if let Some(sentence) = component::alert_alike(judged, &listed) {
        return Some(sentence);
    }
    // In a spectrum that names something the others are not what it is; else the leaders may be.
    let rank = |b: &Brief| match b.is_main() {
        true => settings.alert_rank,
        false => settings.alert_rank.min(1),
    };
    let mut leading = spectra.iter().filter(|b| b.set.is_empty()).flat_map(|b| {
        b.candidates
            .iter()
            .take(rank(b))
            .enumerate()
            .map(|c| (*b, c))
    });
    let (of, (place, candidate)) = leading.find(|(_, (_, c))| listed(&c.member))?;
    let of = match &of.peak {
        Some(peak) => format!("the peak at {:.2} min, which", peak.retention_min),
        None => "a spectrum that".to_owned(),
    };
    Some(format!(
        "{} is on the alert list and is candidate {} of {of} names nothing.",
        candidate.member.name,
        place + 1
    ))
}

/// Whether the candidates of a spectrum may be what it is: of a peak not where it is unlike all of them, or
/// too poor to say so.
fn is_open(brief: &Brief) -> bool {
    brief.peak.is_none()
        || (brief.level != Some(VerdictLevel::NotInLibrary)
            && brief.quality.as_deref() != Some("poor"))
}

/// The largest peak of a run that is a good part of it and not named beside what is.
fn beside(judged: &Judged, spectra: &[&Brief], level: VerdictLevel) -> Option<String> {
    if judged.verdict != SampleVerdict::Identified {
        return None;
    }
    let unnamed = spectra
        .iter()
        .filter(|b| b.level == Some(level) && b.is_main());
    let unnamed = unnamed.filter_map(|b| b.peak.as_ref());
    let largest = unnamed.max_by(|a, b| a.area_percent.total_cmp(&b.area_percent))?;
    let what = match level {
        VerdictLevel::NotInLibrary => "is not in the library",
        VerdictLevel::ClassOnly => "can be told by its class only",
        _ => "is inconclusive",
    };
    Some(format!(
        "The peak at {:.2} min, {:.0} % of the area, {what}.",
        largest.retention_min, largest.area_percent
    ))
}

fn look_alikes(judged: &Judged, spectra: &[&Brief]) -> Option<String> {
    if judged.verdict != SampleVerdict::Identified {
        return None;
    }
    if judged.components.is_empty() {
        return look_alikes_of(&judged.named, "It", spectra);
    }
    let told = judged.components.iter().filter_map(|component| {
        let it = match component.times() {
            times if times.is_empty() => component.names(),
            times => format!("The peak at {} min", times.join(" and ")),
        };
        look_alikes_of(&component.set, &it, spectra)
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join(" "))
}

/// What is said of a set, where somebody must look at it; `it` names what it is of.
fn look_alikes_of(set: &[Member], it: &str, spectra: &[&Brief]) -> Option<String> {
    if set.len() > 1 {
        let names: Vec<&str> = set.iter().map(|m| m.name.as_str()).collect();
        return Some(format!(
            "{it} is one of {} substances that cannot be told apart here: {}.",
            names.len(),
            names.join(", ")
        ));
    }
    let named = set.first()?;
    let best = spectra.iter().filter_map(|b| b.best());
    let other = best
        .filter(|best| best.member.key() == named.key())
        .flat_map(|best| best.look_alikes.iter())
        .find(|alike| alike.status != named.status)?;
    let it = match it {
        "It" => "it",
        _ => &named.name,
    };
    Some(format!(
        "{} cannot be told apart from {it} and has another status: {}.",
        other.name, other.status
    ))
}

fn error_rate(judged: &Judged, settings: &Look) -> Option<String> {
    let [_, _, high] = judged.rate?;
    (high > settings.max_false_rate).then(|| {
        format!(
            "The false-positive rate may be {:.1} %; the limit is {:.1} %.",
            100.0 * high,
            100.0 * settings.max_false_rate
        )
    })
}

fn axis(spectra: &[&Brief], settings: &Look) -> Option<String> {
    let named = |b: &&&Brief| !b.set.is_empty();
    let shifted = spectra.iter().filter(named).filter_map(|b| b.best());
    let worst = shifted.max_by(|a, b| a.shift.abs().total_cmp(&b.shift.abs()));
    if let Some(worst) = worst.filter(|w| w.shift.abs() > settings.axis_limit) {
        return Some(format!(
            "The axis reads {:+.1} {} against the reference; the limit is {} {}. Calibrate the instrument.",
            worst.shift, worst.unit, settings.axis_limit, worst.unit
        ));
    }
    let mut warnings = spectra.iter().flat_map(|b| b.warnings.iter());
    let found = warnings.find(|(kind, _)| kind == "axis");
    found.map(|(_, message)| message.clone())
}

fn quality(spectra: &[&Brief]) -> Option<String> {
    let worse = |b: &&&Brief| matches!(b.quality.as_deref(), Some("limited" | "poor"));
    let worst = spectra
        .iter()
        .filter(worse)
        .max_by_key(|b| b.quality.as_deref() == Some("poor"))?;
    Some(worst.findings.join(" "))
}

fn missing(judged: &Judged, settings: &Look) -> Option<String> {
    let lacking: Vec<&str> = settings
        .require
        .iter()
        .map(String::as_str)
        .filter(|name| judged.fields.get(name).is_none())
        .collect();
    (!lacking.is_empty()).then(|| format!("The manifest does not say: {}.", lacking.join(", ")))
}
