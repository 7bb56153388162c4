//! First detections: the earliest sample of each substance in the data given.

use super::ledger::{Certainty, Ledger, Record};
use super::period::{By, Period};
use super::subject::Kind;
use crate::cases::CaseSample;
use jiff::civil::Date;
use serde::Serialize;

/// A sample, as it is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// Day of the seizure.
    pub day: Option<Date>,
    /// Its name.
    pub sample: String,
    /// Its case.
    pub case: Option<String>,
    /// Its place.
    pub place: Option<String>,
    /// Its run or manifest.
    pub origin: String,
}

impl Seen {
    /// What is told of a sample.
    pub fn of(sample: &CaseSample) -> Self {
        Self {
            day: sample.date,
            sample: sample.label.clone(),
            case: sample.fields.case.clone(),
            place: sample.fields.place.clone(),
            origin: sample.origin.display().to_string(),
        }
    }
}

/// The first detection of a substance or of a group of unknowns in the data given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct First {
    /// Substance or unknown.
    pub kind: Kind,
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The period.
    pub period: Period,
    /// How sure it is; `None` for unknowns.
    pub certainty: Option<Certainty>,
    /// The sample.
    #[serde(flatten)]
    pub seen: Seen,
    /// The first confirmed sample, where the first one is presumptive.
    pub first_confirmed: Option<Seen>,
    /// Samples of it without a day: one of them may be earlier.
    pub without_day: usize,
}

/// The first detections, the latest first: what is new stands at the top. Of several samples of the first
/// day a confirmed one is told, then the first by its name.
pub fn detections(ledger: &Ledger, samples: &[CaseSample], by: By) -> Vec<First> {
    let mut of: Vec<Vec<&Record>> = vec![Vec::new(); ledger.subjects.all().len()];
    for record in &ledger.records {
        for subject in record.of.subjects() {
            of[subject].push(record);
        }
    }
    let order = |record: &&&Record| {
        let sample = &samples[record.sample];
        (record.day, record.certainty, &sample.label, &sample.origin)
    };
    let mut firsts: Vec<First> = Vec::new();
    for (subject, records) in ledger.subjects.all().iter().zip(&of) {
        if !matches!(subject.kind, Kind::Substance | Kind::Unknown) {
            continue;
        }
        let dated = || records.iter().filter(|record| record.day.is_some());
        let Some((first, day)) = dated().min_by_key(order).and_then(|r| Some((r, r.day?))) else {
            continue;
        };
        let confirmed = dated()
            .filter(|record| record.certainty == Some(Certainty::Confirmed))
            .min_by_key(order);
        let later = confirmed.filter(|_| first.certainty == Some(Certainty::Presumptive));
        firsts.push(First {
            kind: subject.kind,
            key: subject.key.clone(),
            name: subject.name.clone(),
            period: by.of(day),
            certainty: first.certainty,
            seen: Seen::of(&samples[first.sample]),
            first_confirmed: later.map(|record| Seen::of(&samples[record.sample])),
            without_day: records.iter().filter(|r| r.day.is_none()).count(),
        });
    }
    firsts.sort_by(|a, b| {
        let time = b.seen.day.cmp(&a.seen.day);
        time.then(a.kind.cmp(&b.kind))
            .then(a.name.cmp(&b.name))
            .then(a.key.cmp(&b.key))
    });
    firsts
}
