//! What is listed apart: samples without a day, and what could not be understood.

use super::first::Seen;
use super::ledger::{Certainty, Ledger};
use crate::cases::{CaseSample, Finding};
use serde::Serialize;

/// A judged sample without a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Undated {
    /// The sample.
    #[serde(flatten)]
    pub seen: Seen,
    /// How sure what is named is; `None` where nothing is.
    pub certainty: Option<Certainty>,
    /// What is named, else the verdict.
    pub found: String,
}

/// What could not be understood of a sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Doubt {
    /// The sample.
    #[serde(flatten)]
    pub seen: Seen,
    /// The sentence.
    pub doubt: String,
}

/// Judged samples without a day.
pub(super) fn undated(ledger: &Ledger, samples: &[CaseSample]) -> Vec<Undated> {
    let without_day = ledger.records.iter().filter(|record| record.day.is_none());
    let told = without_day.map(|record| {
        let sample = &samples[record.sample];
        let named = record.of.substance.or(record.of.unknown);
        let found = match (named, &sample.finding) {
            (Some(subject), _) => ledger.subject(subject).name.clone(),
            (None, Finding::None { verdict, .. }) => verdict.clone(),
            (None, _) => String::new(),
        };
        Undated {
            seen: Seen::of(sample),
            certainty: record.certainty,
            found,
        }
    });
    told.collect()
}

/// All doubts, in the order of the samples.
pub(super) fn doubts(samples: &[CaseSample]) -> Vec<Doubt> {
    let all = samples.iter().flat_map(|sample| {
        let doubts = sample.doubts.iter();
        doubts.map(move |doubt| Doubt {
            seen: Seen::of(sample),
            doubt: doubt.clone(),
        })
    });
    all.collect()
}
