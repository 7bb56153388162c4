//! GC-MS runs of a batch: their peaks, each a result of its own.

use super::brief::{Brief, InjectionBrief, PeakBrief, class_hypothesis};
use super::explained::{PeakOutcome, explain};
use super::injection::{Injection, beside};
use super::method::Method;
use super::samples::samples;
use super::store::{Queued, Stored};
use super::work::{Looked, Panel, left_out, stored};
use crate::chromatogram::{Chromatogram, Peak};
use crate::decide::VerdictLevel;
use crate::read::{Input, Reading};
use crate::report::run::{Sought, Standard};
use crate::report::{Outcome, SourceView};
use crate::spectrum::{Spectrum, Technique, Warning, WarningKind};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

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
    /// All that were found, also those that are not of the sample.
    found: Vec<Peak>,
    /// What is odd about the run.
    warnings: Vec<Warning>,
}

/// A result with the peak that it is of.
#[derive(Serialize)]
pub(super) struct OfPeak<'a> {
    #[serde(flatten)]
    pub outcome: &'a Outcome,
    pub peak: &'a PeakBrief,
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
            // The blank itself is looked at as any other run: whether it is clean is worth knowing.
            let found = match self.method.is_blank(&input.sha256) {
                true => injection.chromatogram(&self.method.settings),
                false => self.method.chromatogram(&injection),
            };
            match found {
                Ok(found) => taken = Taken::of(&injection, found, source, &self.method),
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

    /// Adds hypotheses about the largest peaks that nothing names, where they are asked for.
    fn tell_hypotheses(&self, peaks: &[&(PeakBrief, Spectrum)], looked: &mut [Looked]) {
        let Some((_, identifier)) = self.identifier(Technique::EiMs.id()) else {
            return;
        };
        let of_sample = looked.iter_mut().zip(peaks);
        let of_sample = of_sample.filter(|(_, (peak, _))| peak.in_blank != Some(true));
        let of_sample = of_sample.map(|(one, (peak, spectrum))| PeakOutcome {
            area: peak.area,
            spectrum,
            outcome: &mut one.outcome,
        });
        if explain(identifier, of_sample.collect()).is_none() {
            return;
        }
        for one in looked {
            if let Outcome::Ranked(result) = &one.outcome {
                one.stored.brief.class_hypothesis = class_hypothesis(result);
            }
        }
    }

    /// The results for the peaks of a run: one for each that is judged, or one for the run where there is none.
    pub(super) fn look_at_peaks(&self, taken: Taken, file: &Queued) -> Vec<Stored> {
        let (Some(mut injection), Some((source, run))) = (taken.injection, taken.source) else {
            return Vec::new();
        };
        let looked: Vec<Looked> = taken
            .peaks
            .par_iter()
            .map(|(peak, spectrum)| self.look_at_spectrum(spectrum, file, Some(peak)))
            .collect();
        let of_sample = |((peak, _), looked): &(&(PeakBrief, Spectrum), Looked)| {
            let found = taken.found.get(peak.number - 1);
            let background = found.is_some_and(|found| found.background.is_some());
            !(background && looked.outcome.is_like_nothing())
        };
        let all = taken.peaks.iter().zip(looked);
        let (peaks, mut looked): (Vec<_>, Vec<_>) = all.filter(of_sample).unzip();
        injection.background = taken.peaks.len() - peaks.len();
        self.tell_hypotheses(&peaks, &mut looked);
        if let Some(standard) = &self.method.standard {
            injection.no_standard = tell_ratios(standard, &taken.found, &mut looked);
        }
        let looked: Vec<Stored> = looked.into_par_iter().map(Looked::packed).collect();
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
    fn of(
        injection: &Injection<'_>,
        found: Chromatogram,
        source: SourceView,
        method: &Method,
    ) -> Self {
        let mut warnings = injection.warnings();
        warnings.extend(method.warnings(&found));
        let unread = injection.unread();
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
                let retention_index = method.index(peak.retention_s);
                Some((PeakBrief::of(index + 1, peak, retention_index), spectrum))
            })
            .collect();
        Self {
            injection: Some(InjectionBrief {
                scans: found.total.len(),
                peaks: found.peaks.len(),
                background: 0,
                not_searched: 0,
                too_small: found.too_small,
                no_standard: None,
                unread,
            }),
            source: Some((source, injection.described().unwrap_or_default())),
            peaks,
            found: found.peaks,
            warnings,
        }
    }
}

/// Gives the peaks of a run their areas over that of the internal standard; what is said of each where it is not
/// found.
fn tell_ratios(standard: &Standard, found: &[Peak], looked: &mut [Looked]) -> Option<String> {
    let number = |one: &Looked| one.stored.brief.peak.as_ref().map(|peak| peak.number);
    let outcomes: BTreeMap<usize, &Outcome> = looked
        .iter()
        .filter_map(|one| Some((number(one)?, &one.outcome)))
        .collect();
    let sought = (1..).zip(found);
    let sought = sought.map(|(number, peak)| {
        let outcome = outcomes.get(&number).copied();
        Sought::of(number, peak, outcome)
    });
    if let Some((_, area)) = standard.find(sought).filter(|(_, area)| *area > 0.0) {
        let peaks = looked
            .iter_mut()
            .filter_map(|l| l.stored.brief.peak.as_mut());
        peaks.for_each(|peak| peak.ratio_to_internal_standard = Some(peak.area / area));
        return None;
    }
    let warning = standard.missing();
    for one in looked {
        if let Outcome::Ranked(result) = &mut one.outcome {
            result.warnings.push(warning.clone());
        }
        let told = (warning.kind.id().to_owned(), warning.message.clone());
        one.stored.brief.warnings.push(told);
    }
    Some(warning.message)
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
