//! The run of one injection, taken apart into peaks, each a spectrum to be identified: the same for `identify`
//! and for a batch.

use super::explained::{PeakOutcome, explain};
use super::identifier::{Depth, Identifier};
use crate::chromatogram::{Chromatogram, ChromatogramError, Peak, Settings};
use crate::read::Reading;
use crate::report::Outcome;
use crate::report::run::Explained;
use crate::spectrum::{Run, Spectrum, Technique, Warning, WarningKind, is_scan};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Purity from which a peak has no neighbour that it was parted from.
const UNPARTED: f64 = 0.95;
/// Seconds within which a peak is that of an earlier result.
const SAME_S: f64 = 0.05;

/// The scans of one injection.
pub struct Injection<'a> {
    scans: Vec<&'a Spectrum>,
    reading: &'a Reading,
}

impl<'a> Injection<'a> {
    /// The scans of what was read.
    pub fn of(reading: &'a Reading) -> Self {
        let all = reading.spectra.iter().flatten();
        Self {
            scans: all.filter(|s| is_scan(s)).collect(),
            reading,
        }
    }

    /// Whether these are the scans of a run whose peaks can be identified: of electron ionisation, as the
    /// references are.
    pub fn is_whole(&self) -> bool {
        Run::of(self.scans.iter().copied()).is_some()
            && self.scans.iter().all(|s| s.technique == Technique::EiMs)
    }

    /// The first scan.
    pub fn first(&self) -> Option<&'a Spectrum> {
        self.scans.first().copied()
    }

    /// What the run is, in words; `None` where it is none.
    pub fn described(&self) -> Option<String> {
        Run::of(self.scans.iter().copied()).map(|run| run.to_string())
    }

    /// Its peaks.
    ///
    /// # Errors
    /// As [`Chromatogram::of`].
    pub fn chromatogram(&self, settings: &Settings) -> Result<Chromatogram, ChromatogramError> {
        Chromatogram::of(&self.scans, settings)
    }

    /// The spectrum of the peak of this number, counted from 1; `None` for a run without scans.
    pub fn spectrum(&self, number: usize, peak: &Peak) -> Option<Spectrum> {
        let scan = self.first()?;
        let name = format!("peak {number} at {:.2} min", peak.retention_s / 60.0);
        let mut spectrum = peak.spectrum(name.clone(), scan);
        spectrum.provenance.id = Some(name);
        Some(spectrum)
    }

    /// The spectra of its peaks, as a batch has them.
    ///
    /// # Errors
    /// As [`Chromatogram::of`].
    pub fn spectra(&self) -> Result<PeakSpectra, ChromatogramError> {
        let found = self.chromatogram(&Settings::default())?;
        let peaks = found.peaks.iter().enumerate();
        let spectra = peaks.filter_map(|(index, peak)| {
            let number = index + 1;
            Some((number, self.spectrum(number, peak)?))
        });
        Ok(PeakSpectra(spectra.collect()))
    }

    /// What is found for each peak, in their order, and of how many it is told what they may be where the library
    /// lacks it.
    pub fn identify(
        &self,
        found: &Chromatogram,
        identifier: &Identifier<'_>,
    ) -> (Vec<Option<Outcome>>, Option<Explained>) {
        let peaks = found.peaks.par_iter().enumerate();
        let outcome = |(index, peak): (usize, &Peak)| {
            let spectrum = self.spectrum(index + 1, peak)?;
            let depth = depth(peak.in_blank, peak.purity);
            let outcome = identifier.identify_with(&spectrum, None, depth).0;
            Some((spectrum, outcome))
        };
        let mut looked: Vec<Option<(Spectrum, Outcome)>> = peaks.map(outcome).collect();
        let of_sample = looked.iter_mut().zip(&found.peaks);
        let of_sample = of_sample.filter(|(_, peak)| peak.in_blank != Some(true));
        let of_sample = of_sample.filter_map(|(looked, peak)| {
            let (spectrum, outcome) = looked.as_mut()?;
            if peak.background.is_some() && outcome.is_like_nothing() {
                return None;
            }
            Some(PeakOutcome {
                area: peak.area,
                spectrum,
                outcome,
            })
        });
        let explained = explain(identifier, of_sample.collect());
        let outcomes = looked.into_iter().map(|looked| Some(looked?.1));
        (outcomes.collect(), explained)
    }

    /// What reading found odd.
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = self.reading.warnings.clone();
        // What is odd about the first scan is so of all.
        let first = self.first().into_iter();
        warnings.extend(first.flat_map(|scan| scan.warnings.iter().cloned()));
        warnings.extend(
            self.unread()
                .map(|said| Warning::new(WarningKind::Skipped, said)),
        );
        warnings
    }

    /// What of the file could not be read, in words; `None` where all was. Where that is its end, substances that
    /// come later are missing.
    pub fn unread(&self) -> Option<String> {
        let all = &self.reading.spectra;
        let errors = || all.iter().filter_map(|item| item.as_ref().err());
        // Some programs write no end mark: what is cut off has a last scan of fewer points than it states, too.
        let last = self
            .scans
            .last()
            .into_iter()
            .flat_map(|scan| &scan.warnings);
        let short = last
            .into_iter()
            .any(|warning| warning.kind == WarningKind::Count);
        let mut warnings = self.reading.warnings.iter();
        let cut = warnings.find(|warning| short && warning.kind == WarningKind::CutOff);
        let why = match (errors().next(), cut) {
            (Some(error), _) => error.to_string(),
            (None, cut) => cut?.message.clone(),
        };
        let why = why.trim_end_matches('.');
        if cut.is_some() || all.last().is_some_and(Result::is_err) {
            let until = match self.scans.last().and_then(|scan| scan.retention) {
                Some(seconds) => format!("after {:.2} min", seconds / 60.0),
                None => "behind its last scan".to_owned(),
            };
            return Some(format!(
                "The run could not be read to its end: nothing {until} is known, so that substances which come later are missing ({why}). Export it again."
            ));
        }
        let count = errors().count();
        Some(format!(
            "{count} scans could not be read and were left out ({why})."
        ))
    }
}

/// How far a peak is looked into: what the blank has, too, is not taken apart, nor what a neighbour was parted from
/// already: the ions that both have are not certain there, and were taken for those of a third substance.
pub(super) fn depth(in_blank: Option<bool>, purity: f64) -> Depth {
    match in_blank != Some(true) && purity >= UNPARTED {
        true => Depth::Peak,
        false => Depth::Judged,
    }
}

/// The spectra of the peaks of a run by number, to find again that of an earlier result.
pub struct PeakSpectra(BTreeMap<usize, Spectrum>);

impl PeakSpectra {
    /// The spectrum of the peak of this number and retention time (min); `None` where there is no such peak, as
    /// where peaks are found in another way now.
    pub fn get(&self, number: usize, retention_min: f64) -> Option<&Spectrum> {
        let spectrum = self.0.get(&number)?;
        let seconds = spectrum.retention? - 60.0 * retention_min;
        (seconds.abs() < SAME_S).then_some(spectrum)
    }
}

/// The spectra beside the scans of a run, such as those of selected ions.
pub fn beside(mut reading: Reading) -> Reading {
    let other = |s: &Spectrum| !is_scan(s) && s.companion.is_none();
    reading
        .spectra
        .retain(|item| item.as_ref().is_ok_and(other));
    reading
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_peaks_of_the_sample_are_taken_apart() {
        assert_eq!(depth(None, 1.0), Depth::Peak);
        assert_eq!(depth(Some(false), 0.95), Depth::Peak);
        assert_eq!(depth(Some(true), 1.0), Depth::Judged);
        assert_eq!(depth(Some(false), 0.94), Depth::Judged);
    }
}
