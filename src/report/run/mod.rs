//! The result of identifying the peaks of a chromatographic run: the machine-readable contract
//! `specid.run/1` (JSON Schema in `src/report/run.schema.json`).

pub mod csv;
mod draw;
mod labels;
pub mod plot;
mod repeated;
mod standard;
pub mod svg;
pub mod text;

pub use repeated::Repeated;
pub use standard::{Sought, Standard, StandardView};

use super::emerging::EmergingView;
use super::identification::{
    Candidate, FailureReason, LibraryView, Outcome, ProgramView, SourceView, VerdictView,
};
use super::mixture::MixtureView;
use super::parameters::Parameters;
use super::recorded::{Amends, Recorded};
use crate::chromatogram::{Background, Chromatogram, Ladder, Peak, Settings};
use crate::decide::{NOTICE, Quality, VerdictLevel, confirm_by};
use crate::library::Library;
use crate::spectrum::{Technique, Warning};
use serde::Serialize;

/// Share of the area of all peaks from which a peak must not be overlooked, per cent.
pub const MAIN_PERCENT: f64 = 5.0;

/// Name and version of the result's form.
pub const SCHEMA: &str = "specid.run/1";

/// The run and how its peaks were found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunView {
    /// Number of scans.
    pub scans: usize,
    /// Retention time of the first scan, s.
    pub first_s: f64,
    /// Retention time of the last scan, s.
    pub last_s: f64,
    /// Noise over the square root of the abundance.
    pub noise_factor: f64,
    /// By how many scans the heaviest ions come later than the lightest; taken out.
    pub skew_scans: f64,
    /// Smallest area told, per cent.
    pub min_area_percent: f64,
    /// Smallest signal-to-noise told.
    pub min_signal_to_noise: f64,
    /// The blank run, as given.
    pub blank: Option<String>,
    /// SHA-256 of its file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blank_sha256: Option<String>,
    /// The ladder of retention indices, as given.
    pub ri_ladder: Option<String>,
    /// SHA-256 of its file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ri_ladder_sha256: Option<String>,
    /// The internal standard and its peak.
    pub internal_standard: Option<StandardView>,
    /// Peaks of which it is told what they may be where the library lacks it; `None` where that was not asked.
    pub hypotheses: Option<Explained>,
}

/// Of how many peaks it is told what they may be where the library lacks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// Those of which it is told: the largest that nothing names.
    pub peaks: usize,
    /// Smaller ones of which it was not asked.
    pub left: usize,
}

/// One peak.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PeakView {
    /// 1 for the first in time.
    pub number: usize,
    /// Retention time of the apex, min.
    pub retention_min: f64,
    /// Where it begins, min.
    pub start_min: f64,
    /// Where it ends, min.
    pub end_min: f64,
    /// The scan at the apex, counted from 1 as in `--scan`.
    pub scan: usize,
    /// Width at half height, s.
    pub width_s: f64,
    /// Summed abundance of its ions at the apex.
    pub height: f64,
    /// Summed abundance of its ions over the peak, abundance x s.
    pub area: f64,
    /// Per cent of the area of all peaks found.
    pub area_percent: f64,
    /// Height over noise.
    pub signal_to_noise: f64,
    /// Share of the signal above the baseline at the apex that is this peak's, 0 to 1.
    pub purity: f64,
    /// Linear retention index; `None` without a ladder and outside it.
    pub retention_index: Option<f64>,
    /// Area over that of the internal standard.
    pub ratio_to_internal_standard: Option<f64>,
    /// What its ions are of where that is not the sample and nothing of the library is like it.
    pub background: Option<Background>,
    /// Whether the blank has it, too; `None` without a blank.
    pub in_blank: Option<bool>,
    /// Whether one of its ions reaches the ceiling of the run.
    pub saturated: bool,
    /// Its ions: m/z, abundance at the apex.
    pub ions: Vec<(u32, f64)>,
    /// What is said of it.
    pub verdict: Option<VerdictView>,
    /// Match of the best candidate, 0 to 999.
    #[serde(rename = "match")]
    pub match_factor: Option<f64>,
    /// Reverse match of the best candidate, 0 to 999.
    pub reverse_match: Option<f64>,
    /// What its spectrum is made of, where several components are named.
    #[serde(flatten)]
    pub mixture: Option<MixtureView>,
    /// What may be said of it where the library lacks its substance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emerging: Option<EmergingView>,
    /// Candidates, best first.
    pub candidates: Vec<Candidate>,
    /// Quality of its spectrum.
    pub quality: Option<Quality>,
    /// Why it could not be searched for.
    pub error: Option<FailureReason>,
}

/// Result for one run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunResult {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Where the run came from.
    pub source: SourceView,
    /// The run.
    pub run: RunView,
    /// Its peaks by time.
    pub peaks: Vec<PeakView>,
    /// What reading and finding peaks found odd.
    pub warnings: Vec<Warning>,
    /// What the result is not, and what would confirm it.
    pub notice: String,
    /// The library that was searched.
    pub library: LibraryView,
    /// The program.
    pub program: ProgramView,
    /// The settings under which the result was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Parameters>,
    /// The earlier result that this one takes the place of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amends: Option<Amends>,
    /// Where the result stands in a record; written after it is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Recorded>,
    /// The chromatogram, for plots.
    #[serde(skip)]
    pub chromatogram: Chromatogram,
}

/// A file that a run was measured against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenFile {
    /// As it was given.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// What is known of a run beside its peaks.
#[derive(Debug, Clone)]
pub struct About<'a> {
    /// The file.
    pub source: SourceView,
    /// How peaks were found.
    pub settings: Settings,
    /// The blank.
    pub blank: Option<GivenFile>,
    /// The ladder.
    pub ladder: Option<(&'a Ladder, GivenFile)>,
    /// The internal standard that was asked for.
    pub standard: Option<&'a Standard>,
    /// What reading found odd.
    pub warnings: Vec<Warning>,
    /// Of how many peaks it is told what they may be.
    pub hypotheses: Option<Explained>,
}

impl RunResult {
    /// Puts peaks and what was found for each (in order; `None` for those that were not searched for) into the
    /// result's form.
    pub fn of(
        about: About<'_>,
        chromatogram: Chromatogram,
        outcomes: Vec<Option<Outcome>>,
        library: &Library,
    ) -> Self {
        let end = |at: Option<&(f64, f64)>| at.map_or(0.0, |p| p.0);
        let mut compared = 0;
        let mut peaks: Vec<PeakView> = Vec::with_capacity(chromatogram.peaks.len());
        for (peak, outcome) in chromatogram.peaks.iter().zip(outcomes) {
            let index = about.ladder.as_ref();
            let index = index.and_then(|(ladder, _)| ladder.index(peak.retention_s));
            let mut view = PeakView::of(peaks.len() + 1, peak, index);
            compared = view.take(outcome).unwrap_or(compared);
            peaks.push(view);
        }
        let mut warnings = about.warnings;
        let (blank, blank_sha256) = about.blank.map(|f| (f.path, f.sha256)).unzip();
        let ladder = about.ladder.map(|(_, f)| (f.path, f.sha256));
        let (ri_ladder, ri_ladder_sha256) = ladder.unzip();
        let standard = about.standard.map(|s| s.apply(&mut peaks, &mut warnings));
        warnings.extend(Repeated::of_peaks(&peaks).warnings());
        let saturated: Vec<String> = peaks
            .iter()
            .filter(|p| p.saturated)
            .map(|p| p.number.to_string())
            .collect();
        if !saturated.is_empty() {
            warnings.push(standard::saturation(&saturated));
        }
        Self {
            schema: SCHEMA,
            source: about.source,
            run: RunView {
                scans: chromatogram.total.len(),
                first_s: end(chromatogram.total.first()),
                last_s: end(chromatogram.total.last()),
                noise_factor: chromatogram.noise_factor,
                skew_scans: chromatogram.skew,
                min_area_percent: about.settings.min_area_percent,
                min_signal_to_noise: about.settings.min_signal_to_noise,
                blank,
                blank_sha256,
                ri_ladder,
                ri_ladder_sha256,
                internal_standard: standard,
                hypotheses: about.hypotheses,
            },
            peaks,
            warnings,
            notice: format!("{NOTICE} {}", confirm_by(Technique::EiMs)),
            library: LibraryView::of(library, compared),
            program: ProgramView::default(),
            parameters: None,
            amends: None,
            recorded: None,
            chromatogram,
        }
    }

    /// Whether a peak is the internal standard, which is no part of the sample.
    pub fn is_standard(&self, peak: &PeakView) -> bool {
        let standard = self.run.internal_standard.as_ref();
        standard.is_some_and(|standard| standard.peak == Some(peak.number))
    }

    /// Whether a peak that is neither the blank's nor the internal standard names substances, their class or components.
    pub fn says_something(&self) -> bool {
        self.peaks.iter().any(|peak| {
            let level = peak.verdict.as_ref().map(|v| v.level);
            let named = matches!(
                level,
                Some(VerdictLevel::Identified | VerdictLevel::ClassOnly)
            );
            let more = peak.mixture.is_some() || peak.gives_class();
            (named || more) && peak.in_blank != Some(true) && !self.is_standard(peak)
        })
    }
}

impl PeakView {
    fn of(number: usize, peak: &Peak, index: Option<f64>) -> Self {
        Self {
            number,
            retention_min: peak.retention_s / 60.0,
            start_min: peak.start_s / 60.0,
            end_min: peak.end_s / 60.0,
            scan: peak.scan + 1,
            width_s: peak.width_s,
            height: peak.height,
            area: peak.area,
            area_percent: peak.area_percent,
            signal_to_noise: peak.signal_to_noise,
            purity: peak.purity,
            retention_index: index,
            ratio_to_internal_standard: None,
            background: peak.background,
            in_blank: peak.in_blank,
            saturated: peak.saturated,
            ions: peak.ions.iter().map(|i| (i.mz, i.abundance)).collect(),
            verdict: None,
            match_factor: None,
            reverse_match: None,
            mixture: None,
            emerging: None,
            candidates: Vec::new(),
            quality: None,
            error: None,
        }
    }

    /// Takes over what was found; the number of references that were compared.
    fn take(&mut self, outcome: Option<Outcome>) -> Option<usize> {
        let outcome = outcome?;
        self.background = self.background.filter(|_| outcome.is_like_nothing());
        match outcome {
            Outcome::Ranked(result) => {
                let best = result.candidates.first();
                let score = |name: &str| best.and_then(|c| c.scores.get(name)?.as_f64());
                self.match_factor = score("match");
                self.reverse_match = score("reverse_match");
                self.verdict = Some(result.verdict);
                self.mixture = result.mixture;
                self.emerging = result.emerging;
                self.candidates = result.candidates;
                self.quality = Some(result.quality);
                Some(result.library.compared)
            }
            Outcome::Failed(failure) => {
                self.error = Some(failure.error);
                None
            }
        }
    }

    /// Its number, time and share of the area.
    fn place(&self) -> String {
        format!(
            "peak {} at {:.2} min, {:.2} % of the area",
            self.number, self.retention_min, self.area_percent
        )
    }

    /// The class that hypotheses give it, with its false-positive rate.
    fn class_in_words(&self) -> Option<String> {
        self.emerging.as_ref()?.class.as_ref()?.words()
    }

    /// Whether hypotheses give it a class.
    fn gives_class(&self) -> bool {
        let emerging = self.emerging.as_ref();
        emerging.is_some_and(EmergingView::gives_class)
    }

    /// The name that the verdict gives, with how many others cannot be told apart.
    fn named(&self) -> Option<String> {
        let verdict = self.verdict.as_ref()?;
        let first = verdict.substances.first()?;
        match verdict.substances.len() {
            1 => Some(first.name.clone()),
            n => Some(format!("{} or {} more", first.name, n - 1)),
        }
    }
}
