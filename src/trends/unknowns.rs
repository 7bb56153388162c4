//! Unknowns of all runs that are alike.
//!
//! The groups of a run are those of that run alone. Here the stored fingerprints of all runs are grouped
//! together, by the rule of [`crate::screen::unknowns`], in the order of the samples' days, so that the order
//! in which the runs are given does not matter.

use super::TrendError;
use super::ledger::is_judged;
use crate::cases::{CaseSample, Finding};
use crate::screen::Fingerprint;
use crate::screen::store::{Store, StoreError};
use crate::screen::unknowns::Groups;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// A spectrum of a run: file, place in it from 1, SHA-256 of the file.
type Spectrum<'a> = (&'a str, usize, Option<&'a str>);

/// Which unknown samples are alike.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grouped {
    /// Number of the group of a sample, from 1, by the sample's place.
    of: BTreeMap<usize, usize>,
}

impl Grouped {
    /// Groups the unknown samples by the fingerprints that their runs keep. A sample counts in the first
    /// group that one of its spectra is in; a group has at least two samples.
    ///
    /// # Errors
    /// [`TrendError`] where a run cannot be read.
    pub fn read(samples: &[CaseSample]) -> Result<Self, TrendError> {
        let mut runs: BTreeMap<&Path, HashMap<Spectrum<'_>, usize>> = BTreeMap::new();
        for (at, sample) in samples.iter().enumerate() {
            let unknown = matches!(sample.finding, Finding::None { .. }) && is_judged(sample);
            for source in sample.spectra.iter().filter(|_| unknown) {
                let place = (
                    source.file.as_str(),
                    source.spectrum,
                    source.sha256.as_deref(),
                );
                runs.entry(&sample.origin).or_default().insert(place, at);
            }
        }
        let mut open = Vec::new();
        let mut prints = Vec::new();
        for (run, by_spectrum) in runs {
            let refused = |source| TrendError::Run {
                path: run.to_owned(),
                source,
            };
            let store = Store::open_existing(run).map_err(refused)?;
            let listed = store.each_brief(|row, brief| -> Result<(), StoreError> {
                let place = (
                    brief.path.as_str(),
                    brief.index + 1,
                    brief.sha256.as_deref(),
                );
                // As in a run's own groups: of a GC-MS run what must not be overlooked.
                if let Some(sample) = by_spectrum.get(&place).filter(|_| brief.is_main()) {
                    prints.push((*sample, open.len(), row.spectrum));
                }
                Ok(())
            });
            listed.map_err(refused)?;
            open.push((run, store));
        }
        // The sort is stable: the spectra of a sample stay in the order of their files.
        prints.sort_by_cached_key(|(sample, ..)| Order::of(&samples[*sample]));
        let mut groups = Groups::default();
        let mut placed = Vec::new();
        for (sample, run, spectrum) in prints {
            let (path, store) = &open[run];
            let bytes = store
                .fingerprint(spectrum)
                .map_err(|source| TrendError::Run {
                    path: path.to_path_buf(),
                    source,
                })?;
            // Poor spectra and those that cannot be prepared keep none.
            let Some(bytes) = bytes else {
                continue;
            };
            let print = Fingerprint::from_bytes(&bytes).ok_or_else(|| TrendError::Fingerprint {
                path: path.to_path_buf(),
                sample: samples[sample].label.clone(),
            })?;
            placed.extend(groups.place(&print).map(|group| (sample, group)));
        }
        Ok(Self::of(placed.into_iter()))
    }

    /// Numbers groups: `placed` says of which samples spectra are in which groups, in any numbers that rise
    /// with the order of their first members.
    pub fn of(placed: impl Iterator<Item = (usize, usize)>) -> Self {
        let mut members: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (sample, group) in placed {
            members.entry(group).or_default().insert(sample);
        }
        let mut of = BTreeMap::new();
        let several = members.into_values().filter(|samples| samples.len() > 1);
        for (number, samples) in several.enumerate() {
            for sample in samples {
                of.entry(sample).or_insert(number + 1);
            }
        }
        Self { of }
    }

    /// The group of a sample.
    pub fn group(&self, sample: usize) -> Option<usize> {
        self.of.get(&sample).copied()
    }
}

/// The order in which unknowns are grouped: by day, those without one last; then by what the sample is
/// called and by its spectra, wherever its run is.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Order<'a> {
    without_day: bool,
    day: Option<jiff::civil::Date>,
    case: Option<&'a str>,
    label: &'a str,
    spectra: Vec<(Option<&'a str>, usize)>,
}

impl<'a> Order<'a> {
    fn of(sample: &'a CaseSample) -> Self {
        let spectra = sample.spectra.iter();
        Self {
            without_day: sample.date.is_none(),
            day: sample.date,
            case: sample.fields.case.as_deref(),
            label: &sample.label,
            spectra: spectra
                .map(|source| (source.sha256.as_deref(), source.spectrum))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_of_two_samples_at_least_and_each_sample_counts_once() {
        // Samples 5 and 2 are alike, 7 is alone; of 9, one spectrum is like 2, another like 4.
        let placed = [(5, 0), (7, 1), (2, 0), (9, 0), (9, 2), (4, 2)];
        let grouped = Grouped::of(placed.into_iter());
        let told: Vec<_> = [2, 4, 5, 7, 9].map(|s| grouped.group(s)).into();
        assert_eq!(told, [Some(1), Some(2), Some(1), None, Some(1)]);
        // Two spectra of one sample are no group.
        let one = Grouped::of([(3, 0), (3, 0)].into_iter());
        assert_eq!(one.group(3), None);
    }
}
