//! GC-MS runs of a batch: their peaks, each a result of its own.

use super::brief::{Brief, InjectionBrief, PeakBrief};
use super::injection::{Injection, beside};
use super::samples::samples;
use super::store::{Queued, Stored, packed};
use super::work::{Panel, left_out, stored};
use crate::chromatogram::{Chromatogram, Settings};
use crate::decide::VerdictLevel;
use crate::read::{Input, Reading};
use crate::report::{Outcome, Parameters, SourceView};
use crate::spectrum::{Spectrum, Technique, Warning, WarningKind};
use rayon::prelude::*;
use serde::Serialize;

/// Kind of the outcome of a run in which no peak could be judged.
const NO_PEAK: &str = "no-peak";
/// Kind of the failure of a peak that is nobody's fault: too few ions.
const NOT_SEARCHABLE: &str = "not-searchable";
/// What is said of a peak of which an ion reaches the ceiling of the run.
const SATURATED: &str = "Ions of this peak reach the highest abundance of the run, which occurs again and again: the detector or the data system ends there, so its spectrum and area are too low in those ions.";

/// A run taken apart; empty for files without one.
#[derive(Default)]
pub(super) struct Taken {
    /// The run; `None` where there is none.
    injection: Option<InjectionBrief>,
    /// Where it comes from and what it is, in words.
    source: Option<(SourceView, String)>,
    /// Its peaks and their spectra.
    peaks: Vec<(PeakBrief, Spectrum)>,
    /// What is odd about the run.
    warnings: Vec<Warning>,
}

/// A result with the peak that it is of.
#[derive(Serialize)]
struct OfPeak<'a> {
    #[serde(flatten)]
    outcome: &'a Outcome,
    peak: &'a PeakBrief,
}

impl Panel<'_> {
    /// Takes a file apart where it is a GC-MS run: its peaks, and the spectra beside them.
    pub(super) fn take_apart(
        &self,
        input: &Input,
        reading: Reading,
    ) -> (Taken, Vec<Result<Spectrum, Outcome>>) {
        let injection = Injection::of(&reading);
        if !injection.is_whole() {
            return (Taken::default(), samples(input, reading, &[]));
        }
        let mut source = SourceView::of_file(input.name.as_str(), 0, Some(input.sha256.clone()));
        source.format = injection.first().map(|scan| scan.provenance.format.clone());
        let technique = Technique::EiMs.id();
        let mut items = Vec::new();
        let mut taken = Taken::default();
        if self.wants(technique) {
            match injection.chromatogram(&Settings::default()) {
                Ok(found) => taken = Taken::of(&injection, &found, source),
                Err(error) => items.push(Err(Outcome::failed(source, "run", error.to_string()))),
            }
        } else {
            items.push(Err(left_out(source, technique)));
        }
        let beside = beside(reading);
        if !beside.spectra.is_empty() {
            items.extend(samples(input, beside, &[]));
        }
        (taken, items)
    }

    /// The results for the peaks of a run: one for each that is judged, or one for the run where there is none.
    pub(super) fn look_at_peaks(&self, taken: Taken, file: &Queued) -> Vec<Stored> {
        let (Some(mut injection), Some((source, run))) = (taken.injection, taken.source) else {
            return Vec::new();
        };
        let looked: Vec<Stored> = taken
            .peaks
            .par_iter()
            .map(|(peak, spectrum)| self.look_at_spectrum(spectrum, file, Some(peak)))
            .collect();
        let mut rows: Vec<Stored> = Vec::with_capacity(looked.len());
        let mut why = None;
        for one in looked {
            match one
                .brief
                .failure()
                .map(|(kind, message)| (kind.to_owned(), message.to_owned()))
            {
                Some((kind, message)) if kind == NOT_SEARCHABLE => {
                    injection.not_searched += 1;
                    why.get_or_insert(message);
                }
                // What a peak is refused for without its own doing the others are, too.
                Some((kind, _)) => {
                    let told = |row: &Stored| row.brief.failure().is_some_and(|(k, _)| k == kind);
                    if !rows.iter().any(told) {
                        rows.push(one);
                    }
                }
                None => rows.push(one),
            }
        }
        if rows.is_empty() {
            let message = nothing(&injection, &run, why.as_deref());
            let outcome = Outcome::failed(source, NO_PEAK, message.clone());
            let mut one = stored(&outcome, None);
            one.brief = Brief {
                // Nothing is wrong with the file: it was looked at, and says nothing.
                level: Some(VerdictLevel::Inconclusive),
                error: None,
                reasons: vec![message],
                technique: Some(Technique::EiMs.id().to_owned()),
                warnings: taken
                    .warnings
                    .iter()
                    .map(|w| (w.kind.id().to_owned(), w.message.clone()))
                    .collect(),
                ..one.brief
            };
            rows.push(one);
        }
        for row in rows.iter_mut().filter(|row| row.brief.failure().is_none()) {
            row.brief.injection = Some(injection.clone());
        }
        rows
    }
}

impl Taken {
    fn of(injection: &Injection<'_>, found: &Chromatogram, source: SourceView) -> Self {
        let warnings = injection.warnings();
        let peaks = found.peaks.iter().enumerate();
        let peaks: Vec<(PeakBrief, Spectrum)> = peaks
            .filter_map(|(index, peak)| {
                let mut spectrum = injection.spectrum(index + 1, peak)?;
                // What concerns the run concerns each of its peaks.
                spectrum.warnings.extend(warnings.iter().cloned());
                if peak.saturated {
                    let warning = Warning::new(WarningKind::Ordinate, SATURATED);
                    spectrum.warnings.push(warning);
                }
                Some((PeakBrief::of(index + 1, peak), spectrum))
            })
            .collect();
        Self {
            injection: Some(InjectionBrief {
                scans: found.total.len(),
                peaks: found.peaks.len(),
                background: found.peaks.len() - peaks.len(),
                not_searched: 0,
                too_small: found.too_small,
            }),
            source: Some((source, injection.described().unwrap_or_default())),
            peaks,
            warnings,
        }
    }
}

/// What is said of a run without a peak that could be judged.
fn nothing(injection: &InjectionBrief, run: &str, why: Option<&str>) -> String {
    let what = match (injection.peaks, injection.left()) {
        (0, None) => "in which no peak stands out".to_owned(),
        (0, Some(left)) => format!("in which no peak stands out but {left}"),
        (_, left) => format!(
            "in which no peak can be judged: {}",
            left.unwrap_or_default()
        ),
    };
    let why = why.map_or_else(String::new, |why| format!(" {why}"));
    format!("This is {run} {what}.{why}")
}

/// Adds the smallest peak that is told, by the names of the options of `identify`.
pub(super) fn set_smallest(parameters: &mut Parameters) {
    let smallest = Settings::default();
    parameters.set("min-area", smallest.min_area_percent);
    parameters.set("min-snr", smallest.min_signal_to_noise);
}

/// What the result for a peak is stored as.
pub(super) fn stored_peak(outcome: &Outcome, spectrum: &Spectrum, peak: &PeakBrief) -> Stored {
    let mut brief = Brief::of(outcome, Some(spectrum));
    // A peak's name says nothing of the sample that it is of.
    brief.title = None;
    brief.peak = Some(peak.clone());
    // As of every result: this cannot fail.
    let outcome = packed(&OfPeak { outcome, peak }).unwrap_or_default();
    Stored {
        brief,
        outcome,
        ..Stored::default()
    }
}
