//! What of each sample is counted: its day, its seizure and what was found in it.

use super::found::Found;
use super::period::{By, Period};
use super::status::Legal;
use super::subject::{Kind, Subject, Subjects};
use super::unknowns::Grouped;
use crate::cases::{CaseSample, Finding, spelled};
use crate::substance::{Instrument, Register};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::HashMap;

/// Verdicts of samples that were judged and in which nothing is named.
const UNNAMED: [&str; 6] = [
    "class-only",
    "inconclusive",
    "not-in-library",
    "disagreeing",
    "several-substances",
    "nothing-confirmed",
];

/// Whether a sample was judged, whatever came of it. What could not be used, was left out or is only a row of
/// a manifest was not.
pub fn is_judged(sample: &CaseSample) -> bool {
    match &sample.finding {
        Finding::Confirmed { .. } | Finding::Presumptive { .. } => true,
        Finding::None { verdict, .. } => UNNAMED.contains(&verdict.as_str()),
    }
}

/// How sure a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// The case manifest says that it was confirmed.
    Confirmed,
    /// By similarity of spectra alone.
    Presumptive,
}

impl Certainty {
    /// Stable name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Presumptive => "presumptive",
        }
    }
}

/// What of a sample is counted where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Of {
    /// The substance or set.
    pub substance: Option<usize>,
    /// Its class.
    pub class: Option<usize>,
    /// The place.
    pub place: usize,
    /// The strictest status at the day.
    pub status: Option<usize>,
    /// The group of unknowns.
    pub unknown: Option<usize>,
}

impl Of {
    /// All subjects under which the sample is counted.
    pub fn subjects(&self) -> impl Iterator<Item = usize> {
        [
            self.substance,
            self.class,
            Some(self.place),
            self.status,
            self.unknown,
        ]
        .into_iter()
        .flatten()
    }
}

/// A judged sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its place among the samples given.
    pub sample: usize,
    /// The day of the seizure.
    pub day: Option<Date>,
    /// Its seizure.
    pub seizure: usize,
    /// How sure what is named is; `None` where nothing is.
    pub certainty: Option<Certainty>,
    /// Under what it is counted.
    pub of: Of,
}

/// A case, or a sample without one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seizure {
    /// The case number.
    pub case: Option<String>,
    /// The first and the last day of its judged samples.
    pub days: Option<(Date, Date)>,
}

/// All judged samples, and what they are counted under.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// Judged samples in the order given.
    pub records: Vec<Record>,
    /// What is counted.
    pub subjects: Subjects,
    /// Seizures in the order of their first samples.
    pub seizures: Vec<Seizure>,
    /// Samples that are not judged.
    pub not_judged: usize,
}

impl Ledger {
    /// Enters all samples. `groups` says which unknowns are alike.
    pub fn of(samples: &[CaseSample], groups: &Grouped, register: &Register) -> Self {
        let mut ledger = Self::default();
        let mut by_case = HashMap::new();
        let mut legal = Legal::new(register);
        for (at, sample) in samples.iter().enumerate() {
            if !is_judged(sample) {
                ledger.not_judged += 1;
                continue;
            }
            let found = Found::of(sample, register);
            let seizure = ledger.seizure(sample, &mut by_case);
            let seen = &mut ledger.seizures[seizure].days;
            if let Some(day) = sample.date {
                *seen = Some(seen.map_or((day, day), |(a, b)| (a.min(day), b.max(day))));
            }
            let status = sample
                .date
                .and_then(|day| legal.strictest(sample, found.certainty, &found.set, day));
            let of = ledger.enter(sample, &found, status, groups.group(at));
            ledger.records.push(Record {
                sample: at,
                day: sample.date,
                seizure,
                certainty: found.certainty,
                of,
            });
        }
        ledger
    }

    fn seizure(&mut self, sample: &CaseSample, by_case: &mut HashMap<String, usize>) -> usize {
        let next = self.seizures.len();
        let case = sample.fields.case.as_deref().map(spelled);
        let case = case.filter(|case| !case.is_empty());
        let at = match &case {
            Some(case) => *by_case.entry(case.to_lowercase()).or_insert(next),
            None => next,
        };
        if at == next {
            self.seizures.push(Seizure { case, days: None });
        }
        at
    }

    fn enter(
        &mut self,
        sample: &CaseSample,
        found: &Found,
        status: Option<Instrument>,
        group: Option<usize>,
    ) -> Of {
        let subjects = &mut self.subjects;
        let place = spelled(sample.fields.place.as_deref().unwrap_or_default());
        let place = match place.as_str() {
            "" => subjects.named(Kind::Place, String::new(), "place not stated", 1),
            name => subjects.named(Kind::Place, name.to_lowercase(), name, 0),
        };
        Of {
            substance: found
                .key()
                .map(|key| subjects.substance(key, found.members.values().flatten().cloned())),
            class: found
                .class
                .as_ref()
                .map(|class| subjects.named(Kind::Class, class.to_lowercase(), class, 0)),
            place,
            status: status.map(|instrument| {
                let words = instrument.status();
                let rank = Instrument::ALL.iter().position(|i| *i == instrument);
                subjects.named(
                    Kind::Status,
                    words.to_owned(),
                    words,
                    rank.unwrap_or_default(),
                )
            }),
            unknown: group.map(|group| {
                let name = format!("unknown group {group}");
                subjects.named(Kind::Unknown, group.to_string(), &name, group)
            }),
        }
    }

    /// A subject by its number.
    pub fn subject(&self, at: usize) -> &Subject {
        &self.subjects.all()[at]
    }

    /// The period of a seizure: that of its first day.
    pub fn period(&self, seizure: usize, by: By) -> Option<Period> {
        self.seizures[seizure].days.map(|(first, _)| by.of(first))
    }
}
