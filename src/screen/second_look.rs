//! What in a batch somebody must look at, and why.

use super::brief::{Brief, Member};
use super::sample::{Judged, SampleVerdict};
use super::settings::Look;
use serde::{Deserialize, Serialize};

/// Why somebody must look at a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A substance of the alert list is named, leads, or cannot be excluded.
    Alert,
    /// Its spectra contradict one another.
    Disagreeing,
    /// Something of another control status cannot be told apart from what is named.
    LookAlikes,
    /// It is unlike everything in the library.
    NotInLibrary,
    /// Only a class can be said.
    ClassOnly,
    /// No statement is possible.
    Inconclusive,
    /// None of its spectra could be searched.
    Unusable,
    /// Not all of its spectra carry the verdict.
    Partial,
    /// The false-positive rate may be above the limit.
    ErrorRate,
    /// The axis is off by more than the limit.
    Axis,
    /// A spectrum is of limited or poor quality.
    Quality,
    /// A field that the desk requires is not in the manifest.
    MissingField,
}

impl Reason {
    /// All, the gravest first.
    pub const ALL: [Reason; 12] = [
        Self::Alert,
        Self::Disagreeing,
        Self::LookAlikes,
        Self::NotInLibrary,
        Self::ClassOnly,
        Self::Inconclusive,
        Self::Unusable,
        Self::Partial,
        Self::ErrorRate,
        Self::Axis,
        Self::Quality,
        Self::MissingField,
    ];

    /// Stable name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Disagreeing => "disagreeing",
            Self::LookAlikes => "look-alikes",
            Self::Unusable => "unusable",
            Self::NotInLibrary => "not-in-library",
            Self::ClassOnly => "class-only",
            Self::Inconclusive => "inconclusive",
            Self::Partial => "partial",
            Self::ErrorRate => "error-rate",
            Self::Axis => "axis",
            Self::Quality => "quality",
            Self::MissingField => "missing-field",
        }
    }

    /// In words, as a heading.
    pub fn words(self) -> &'static str {
        match self {
            Self::Alert => "On the alert list",
            Self::Disagreeing => "Its spectra disagree",
            Self::LookAlikes => "Cannot be told apart from another substance",
            Self::Unusable => "Could not be used",
            Self::NotInLibrary => "Not in the library",
            Self::ClassOnly => "Only its class can be said",
            Self::Inconclusive => "No statement possible",
            Self::Partial => "Not all spectra carry the verdict",
            Self::ErrorRate => "False-positive rate above the limit",
            Self::Axis => "Axis off",
            Self::Quality => "Quality of the spectrum",
            Self::MissingField => "A required field is missing",
        }
    }

    /// Higher for what must be looked at first.
    pub fn gravity(self) -> i64 {
        let place = Self::ALL.iter().position(|r| *r == self).unwrap_or(0);
        (Self::ALL.len() - place) as i64
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::VerdictLevel;
    use crate::screen::brief::Placed;
    use crate::screen::sample::judge;
    use crate::screen::settings::SampleBy;

    fn settings(alert: &[&str]) -> Look {
        Look {
            alert_names: Vec::new(),
            alert: alert.iter().map(|a| (*a).to_owned()).collect(),
            alert_rank: 2,
            axis_limit: 3.0,
            max_false_rate: 0.05,
            require: vec!["case".to_owned()],
            sample_by: SampleBy::Spectrum,
        }
    }

    fn member(name: &str, status: &str) -> Member {
        Member {
            name: name.to_owned(),
            inchikey: None,
            status: status.to_owned(),
        }
    }

    fn placed(name: &str, look_alikes: &[Member]) -> Placed {
        Placed {
            member: member(name, "no UN listing known"),
            cas: None,
            entry: String::new(),
            score: 0.9,
            margin: None,
            since: None,
            checked: true,
            class: None,
            role: None,
            shift: 0.5,
            unit: "cm-1".to_owned(),
            look_alikes: look_alikes.to_vec(),
            reference: None,
        }
    }

    fn brief(level: VerdictLevel, candidates: Vec<Placed>) -> Brief {
        let named = level == VerdictLevel::Identified;
        let best = candidates.first().map(|c| c.member.clone());
        Brief {
            level: Some(level),
            quality: Some("good".to_owned()),
            set: best.filter(|_| named).into_iter().collect(),
            rate: named.then_some([0.01, 0.0, 0.02]),
            candidates,
            ..Brief::default()
        }
    }

    fn reasons(spectra: &[&Brief], settings: &Look) -> Vec<Reason> {
        let mut judged = judge(spectra);
        judged.fields.case = Some("C-1".to_owned());
        look(&mut judged, spectra, settings);
        judged.second_look.into_iter().map(|(r, _)| r).collect()
    }

    #[test]
    fn an_alert_is_raised_wherever_the_substance_cannot_be_excluded() {
        let alert = settings(&["drug"]);
        let drug = || placed("Drug", &[]);
        let other = || placed("Other", &[]);
        let named = brief(VerdictLevel::Identified, vec![drug()]);
        assert_eq!(reasons(&[&named], &alert), [Reason::Alert]);
        let alike = placed("Other", &[member("Drug", "1961 Schedule I")]);
        let alike = brief(VerdictLevel::Identified, vec![alike]);
        assert_eq!(
            reasons(&[&alike], &alert),
            [Reason::Alert, Reason::LookAlikes]
        );
        // Second where nothing is named, within the rank; third is beyond it.
        let second = brief(VerdictLevel::Inconclusive, vec![other(), drug()]);
        assert_eq!(reasons(&[&second], &alert)[0], Reason::Alert);
        let third = brief(VerdictLevel::Inconclusive, vec![other(), other(), drug()]);
        assert_eq!(reasons(&[&third], &alert), [Reason::Inconclusive]);
        // Beside a named one it is not what the spectrum is of; another spectrum of the sample may be.
        let beside = brief(VerdictLevel::Identified, vec![other(), drug()]);
        assert_eq!(reasons(&[&beside], &alert), []);
        assert_eq!(reasons(&[&beside, &second], &alert), [Reason::Alert]);
    }

    #[test]
    fn limits_are_limits() {
        let usual = settings(&[]);
        let mut shifted = brief(VerdictLevel::Identified, vec![placed("A", &[])]);
        assert_eq!(reasons(&[&shifted], &usual), []);
        shifted.candidates[0].shift = -3.5;
        assert_eq!(reasons(&[&shifted], &usual), [Reason::Axis]);
        let mut unsure = brief(VerdictLevel::Identified, vec![placed("A", &[])]);
        unsure.rate = Some([0.02, 0.0, 0.051]);
        unsure.quality = Some("limited".to_owned());
        assert_eq!(
            reasons(&[&unsure], &usual),
            [Reason::ErrorRate, Reason::Quality]
        );
        let mut judged = judge(&[&shifted]);
        look(&mut judged, &[&shifted], &usual);
        assert!(
            judged
                .second_look
                .iter()
                .any(|(r, _)| *r == Reason::MissingField)
        );
        assert!(judged.priority() > 0);
    }
}
