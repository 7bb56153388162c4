//! Groups of unknowns, as they are told.

use super::first::Seen;
use super::ledger::Ledger;
use crate::cases::CaseSample;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A group of unknowns that are alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnknownGroup {
    /// Its key and number, from 1 in the order of the first days.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Samples, those without a day among them.
    pub samples: usize,
    /// Seizures.
    pub seizures: usize,
    /// First sample with a day.
    pub first: Option<Seen>,
    /// Last sample with a day.
    pub last: Option<Seen>,
    /// Places.
    pub places: Vec<String>,
    /// Runs.
    pub runs: Vec<String>,
    /// Techniques of its spectra.
    pub techniques: Vec<String>,
    /// All its samples, by day.
    pub members: Vec<Seen>,
}

/// All groups, by their numbers.
pub(super) fn unknown_groups(ledger: &Ledger, samples: &[CaseSample]) -> Vec<UnknownGroup> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for record in &ledger.records {
        if let Some(unknown) = record.of.unknown {
            members.entry(unknown).or_default().push(record.sample);
        }
    }
    let seizure: BTreeMap<usize, usize> = ledger
        .records
        .iter()
        .map(|r| (r.sample, r.seizure))
        .collect();
    let mut groups: Vec<(usize, UnknownGroup)> = Vec::new();
    for (subject, mut of_group) in members {
        of_group.sort_by_key(|at| {
            let sample = &samples[*at];
            (
                sample.date.is_none(),
                sample.date,
                &sample.label,
                &sample.origin,
            )
        });
        let told = || of_group.iter().map(|at| &samples[*at]);
        let dated = || told().filter(|sample| sample.date.is_some());
        let distinct = |texts: &mut dyn Iterator<Item = String>| -> Vec<String> {
            texts.collect::<BTreeSet<_>>().into_iter().collect()
        };
        let seizures: BTreeSet<_> = of_group.iter().map(|at| seizure.get(at)).collect();
        let subject = ledger.subject(subject);
        let techniques = told().flat_map(|sample| &sample.spectra);
        groups.push((
            subject.rank,
            UnknownGroup {
                key: subject.key.clone(),
                name: subject.name.clone(),
                samples: of_group.len(),
                seizures: seizures.len(),
                first: dated().next().map(Seen::of),
                last: dated().next_back().map(Seen::of),
                places: distinct(&mut told().filter_map(|s| s.fields.place.clone())),
                runs: distinct(&mut told().map(|s| s.origin.display().to_string())),
                techniques: distinct(
                    &mut techniques
                        .filter_map(|s| s.technique)
                        .map(|t| t.id().to_owned()),
                ),
                members: told().map(Seen::of).collect(),
            },
        ));
    }
    groups.sort_by_key(|(rank, _)| *rank);
    groups.into_iter().map(|(_, group)| group).collect()
}
