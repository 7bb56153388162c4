//! Which samples an export is about, and what becomes of the others.

use super::claim::Claim;
use super::{Desk, Period};
use crate::cases::{CaseSample, Cases, Finding};
use crate::spectrum::Identity;
use crate::substance::On;
use jiff::civil::Date;

/// A sample of the period of which something is claimed.
#[derive(Debug, Clone)]
pub(super) struct Claimed<'a> {
    pub sample: &'a CaseSample,
    pub date: Date,
    /// `raw`, `preparation` or `salt`.
    pub form: Option<&'static str>,
    pub claim: Claim,
}

/// How far a sample that is listed counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    No,
    WithoutQuantity,
    Yes,
}

/// A sample that does not count, or of which something must be looked at.
#[derive(Debug, Clone)]
pub(super) struct Listed<'a> {
    pub sample: &'a CaseSample,
    pub counted: Counted,
    pub reason: String,
}

/// The samples, parted.
#[derive(Debug, Default)]
pub(super) struct Sifted<'a> {
    pub claimed: Vec<Claimed<'a>>,
    pub listed: Vec<Listed<'a>>,
}

impl<'a> Sifted<'a> {
    /// Parts the samples of a period that name something from the rest.
    pub fn of(cases: &'a Cases, desk: &Desk<'_>, period: &Period) -> Self {
        let mut sifted = Self::default();
        for sample in &cases.samples {
            match claimed(sample, desk, period) {
                Ok(claimed) => sifted.claimed.push(claimed),
                Err(reason) => sifted.refuse(sample, reason),
            }
        }
        sifted
    }

    /// Lists a sample that does not count, with its doubts.
    pub fn refuse(&mut self, sample: &'a CaseSample, reason: String) {
        let reasons = std::iter::once(&reason).chain(&sample.doubts);
        let reasons: Vec<&str> = reasons.map(String::as_str).collect();
        self.listed.push(Listed {
            sample,
            counted: Counted::No,
            reason: reasons.join(" "),
        });
    }

    /// Keeps the samples for which `keep` gives no reason against it; the others are listed.
    pub fn retain(&mut self, keep: impl Fn(&Claimed<'a>) -> Result<(), String>) {
        for claimed in std::mem::take(&mut self.claimed) {
            match keep(&claimed) {
                Ok(()) => self.claimed.push(claimed),
                Err(reason) => {
                    let reasons = std::iter::once(reason).chain(contradicted(&claimed));
                    let reasons: Vec<String> = reasons.collect();
                    self.refuse(claimed.sample, reasons.join(" "));
                }
            }
        }
    }

    /// Lists what must be looked at of the samples that count; `more` gives doubts of this export.
    pub fn list_doubts(&mut self, more: impl Fn(&Claimed<'a>) -> Vec<String>) {
        for claimed in &self.claimed {
            let sample = claimed.sample;
            let mut reasons = sample.doubts.clone();
            reasons.extend(form_doubt(sample));
            reasons.extend(contradicted(claimed));
            reasons.extend(more(claimed));
            let counted = match (&sample.amount, &sample.written) {
                (Some(_), _) => Counted::Yes,
                (None, Some(_)) => Counted::WithoutQuantity,
                (None, None) => {
                    reasons.insert(0, "No quantity is stated.".to_owned());
                    Counted::WithoutQuantity
                }
            };
            if !reasons.is_empty() {
                self.listed.push(Listed {
                    sample,
                    counted,
                    reason: reasons.join(" "),
                });
            }
        }
    }
}

fn claimed<'a>(
    sample: &'a CaseSample,
    desk: &Desk<'_>,
    period: &Period,
) -> Result<Claimed<'a>, String> {
    let Some(date) = sample.date else {
        return Err(match sample.fields.date {
            Some(_) => "Its date is not known, so it is in no period.".to_owned(),
            None => "No date is stated, so it is in no period.".to_owned(),
        });
    };
    if !period.contains(date) {
        return Err(format!("{date} is not in {}.", period.label));
    }
    let form = form(sample).ok().flatten();
    let Some(claim) = Claim::of(sample, On::Day(date), form, desk.register) else {
        let Finding::None { verdict, why } = &sample.finding else {
            return Err("Nothing is named.".to_owned());
        };
        let verdict = verdict.replace('-', " ");
        return Err(format!("No substance is named ({verdict}). {why}")
            .trim()
            .to_owned());
    };
    let form = form.or_else(|| claim.single().filter(|m| m.is_salt).map(|_| "salt"));
    Ok(Claimed {
        sample,
        date,
        form,
        claim,
    })
}

/// The form that a manifest states, in the words of Form D.
fn form(sample: &CaseSample) -> Result<Option<&'static str>, String> {
    one_of(
        sample,
        "form",
        &[
            ("raw", &["raw", "raw material", "substance", "bulk"]),
            (
                "preparation",
                &["preparation", "preparations", "pharmaceutical preparation"],
            ),
            ("salt", &["salt", "salts"]),
        ],
    )
}

fn form_doubt(sample: &CaseSample) -> Option<String> {
    form(sample).err()
}

/// A field in one of a form's own words; an error, where it is in none of them.
pub(super) fn one_of(
    sample: &CaseSample,
    field: &str,
    words: &[(&'static str, &[&str])],
) -> Result<Option<&'static str>, String> {
    let Some(text) = sample.fields.get(field) else {
        return Ok(None);
    };
    let wanted = text.trim().to_lowercase();
    let found = words
        .iter()
        .find(|(_, names)| names.contains(&wanted.as_str()));
    match found {
        Some((word, _)) => Ok(Some(word)),
        None => {
            let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            Err(format!(
                "The {field} \"{text}\" is left blank: expected one of {}.",
                all.join(", ")
            ))
        }
    }
}

/// Whether the screening names something else than what was confirmed.
fn contradicted(claimed: &Claimed<'_>) -> Option<String> {
    let named = &claimed.sample.named;
    let confirmed = claimed.claim.single().filter(|_| claimed.claim.confirmed)?;
    let own = |identity: &Identity| {
        let skeleton = identity.skeleton().zip(confirmed.identity.skeleton());
        skeleton.map_or(identity.name == confirmed.name, |(a, b)| a == b)
    };
    (!named.is_empty() && !named.iter().any(own)).then(|| {
        let names: Vec<&str> = named
            .iter()
            .map(|identity| identity.name.as_str())
            .collect();
        format!(
            "It is confirmed as {}; the screening names {}.",
            confirmed.name,
            names.join(" or ")
        )
    })
}
