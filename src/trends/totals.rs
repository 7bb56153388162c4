//! How many samples there are of what.

use super::ledger::{Certainty, Ledger, is_judged};
use crate::cases::{Cases, Finding};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How many samples there are of what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Samples read.
    pub samples: usize,
    /// Judged samples with a day: those that are counted.
    pub counted: usize,
    /// Of these, in which a substance is confirmed.
    pub confirmed: usize,
    /// Of these, in which only the screening names a substance.
    pub presumptive: usize,
    /// Seizures of the samples that are counted.
    pub seizures: usize,
    /// Samples that are counted and have no case number: each is a seizure of its own.
    pub without_case: usize,
    /// Judged samples without a day: they are counted nowhere.
    pub without_day: usize,
    /// Samples that were not judged, by why: `unusable`, `left-out`, `not-stated`.
    pub not_judged: BTreeMap<String, usize>,
    /// Counted samples in which nothing is named, by verdict.
    pub unnamed: BTreeMap<String, usize>,
    /// Samples that several runs hold; each is counted once.
    pub repeated: usize,
}

impl Totals {
    /// Counts what was read.
    pub fn of(cases: &Cases, ledger: &Ledger) -> Self {
        let mut totals = Self {
            samples: cases.samples.len(),
            repeated: cases.repeated.len(),
            ..Self::default()
        };
        for sample in cases.samples.iter().filter(|sample| !is_judged(sample)) {
            if let Finding::None { verdict, .. } = &sample.finding {
                *totals.not_judged.entry(verdict.clone()).or_default() += 1;
            }
        }
        let mut seizures = BTreeSet::new();
        for record in &ledger.records {
            if record.day.is_none() {
                totals.without_day += 1;
                continue;
            }
            totals.counted += 1;
            seizures.insert(record.seizure);
            totals.without_case += usize::from(ledger.seizures[record.seizure].case.is_none());
            match (record.certainty, &cases.samples[record.sample].finding) {
                (Some(Certainty::Confirmed), _) => totals.confirmed += 1,
                (Some(Certainty::Presumptive), _) => totals.presumptive += 1,
                (None, Finding::None { verdict, .. }) => {
                    *totals.unnamed.entry(verdict.clone()).or_default() += 1;
                }
                (None, _) => {}
            }
        }
        totals.seizures = seizures.len();
        totals
    }
}
