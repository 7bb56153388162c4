//! What in a batch somebody must look at, and why.

mod reason;
#[cfg(test)]
mod tests;

pub use reason::Reason;

use super::brief::{Brief, Member};
use super::sample::{Judged, SampleVerdict};
use super::settings::Look;

/// Fills in why a judged sample must be looked at, the gravest reason first.
pub fn look(judged: &mut Judged, spectra: &[&Brief], settings: &Look) {
    let mut found = Vec::new();
    let mut note = |reason, sentence: Option<String>| {
        found.extend(sentence.map(|sentence| (reason, sentence)));
    };
    note(Reason::Alert, alert(judged, spectra, settings));
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
    note(Reason::LookAlikes, look_alikes(judged, spectra));
    note(Reason::Partial, judged.partial.clone());
    note(Reason::ErrorRate, error_rate(judged, settings));
    note(Reason::Axis, axis(spectra, settings));
    note(Reason::Quality, quality(spectra));
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
    if let Some(named) = judged.named.iter().find(|m| listed(m)) {
        return Some(format!("{} is on the alert list and is named.", named.name));
    }
    let sets = || spectra.iter().flat_map(|b| b.set.iter());
    if let Some(named) = sets().find(|m| listed(m)) {
        return Some(format!(
            "{} is on the alert list and is named by one spectrum.",
            named.name
        ));
    }
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
    // In a spectrum that names something the others are not what it is; else the leaders may be.
    let mut leading = spectra
        .iter()
        .filter(|b| b.set.is_empty())
        .flat_map(|b| b.candidates.iter().take(settings.alert_rank).enumerate());
    leading.find(|(_, c)| listed(&c.member)).map(|(place, c)| {
        format!(
            "{} is on the alert list and is candidate {} of a spectrum that names nothing.",
            c.member.name,
            place + 1
        )
    })
}

fn look_alikes(judged: &Judged, spectra: &[&Brief]) -> Option<String> {
    if judged.verdict != SampleVerdict::Identified {
        return None;
    }
    if judged.named.len() > 1 {
        let names: Vec<&str> = judged.named.iter().map(|m| m.name.as_str()).collect();
        return Some(format!(
            "It is one of {} substances that cannot be told apart here: {}.",
            names.len(),
            names.join(", ")
        ));
    }
    let named = judged.named.first()?;
    let best = spectra.iter().filter_map(|b| b.best());
    let other = best
        .filter(|best| best.member.key() == named.key())
        .flat_map(|best| best.look_alikes.iter())
        .find(|alike| alike.status != named.status)?;
    Some(format!(
        "{} cannot be told apart from it and has another status: {}.",
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
